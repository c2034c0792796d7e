//! The cost of decoding a response, compared with hand-written structs.

use std::hint::black_box;

use tc_apis::mps::DescribePersonSamplesResponse;
use tc_benches::measure::measure;
use tc_benches::samples::{PlainEnvelope, answer};
use tc_benches::{Case, Options, Table};
use tc_core::Response;

fn main() -> std::io::Result<()> {
    let options = Options::from_args();
    let mut table = Table::new("decoding", "decoding a DescribePersonSamples response into a struct");
    for (name, persons) in [("1 KB", 2), ("45 KB", 100)] {
        let body = answer(persons);
        let ours = Response::<DescribePersonSamplesResponse>::decode(200, &body).expect("an answer");
        let theirs: PlainEnvelope = serde_json::from_slice(&body).expect("an answer");
        assert_eq!(ours.person_set.len(), theirs.response.person_set.len());
        assert_eq!(ours.request_id(), theirs.response.request_id);

        let run = measure(
            options,
            vec![
                Case::new(format!("ours, {name} ({} bytes)", body.len()), || {
                    Response::<DescribePersonSamplesResponse>::decode(200, black_box(&body))
                }),
                Case::new(format!("serde_json::from_slice, hand-written structs, {name}"), || {
                    serde_json::from_slice::<PlainEnvelope>(black_box(&body))
                }),
            ],
        );
        table.cases(&run);
        table.ratio(&run, &format!("ours / hand-written, {name}"), 0, &[1], Some(1.05));
    }
    table.keep(options)
}
