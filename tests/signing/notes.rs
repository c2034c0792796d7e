//! The notes of a vector: how the signed request of a client differs from the one that it sent.

use super::vector::{Reading, Vector};

/// Checks that `vector` differs from the sent request exactly as its notes say. The error describes the difference.
pub(crate) fn differs_as_noted(vector: &Vector) -> Result<(), String> {
    if vector.computed(&Reading::default()).is_ok_and(|seen| seen == vector.expected()) {
        return Err(format!("verifies, in spite of its notes {:?}", vector.notes));
    }
    let mut reading = Reading::default();
    for note in &vector.notes {
        let quoted: Vec<&str> = note.split('\'').skip(1).step_by(2).collect();
        match (note.as_str(), quoted.as_slice()) {
            ("DOES NOT VERIFY from the wire", _) => {}
            // The Python client signs `a_b` as `a.b`, as the API before 3.0 required, but sends `a_b`.
            (note, _) if note.starts_with("logged string to sign differs from the wire") => {
                reading.dots_for_underscores = true;
            }
            // The Node client signs the host without its port, and uses the first label of the host as the service.
            (note, [signed, sent]) if note.starts_with("signed host") => {
                if vector.header("Host") != Some(*sent) {
                    return Err(format!("was sent to another host than its note says: {note}"));
                }
                reading.host = Some((*signed).to_owned());
            }
            (note, [scope, service]) if note.starts_with("credential scope names service") => {
                if vector.service != *service {
                    return Err(format!("is of another service than its note says: {note}"));
                }
                reading.service = Some((*scope).to_owned());
            }
            (note, _) => return Err(format!("has a note that this test cannot read: {note}")),
        }
    }
    let seen = vector.computed(&reading)?;
    if seen == vector.expected() { Ok(()) } else { Err(format!("differs otherwise than its notes say: {seen:#?}")) }
}
