//! Which objects of a module contain which.

use super::model::{MemberData, ModuleData};
use crate::types::Type;

/// Notes which objects requests and responses reach, and which members need a `Box`.
///
/// # Errors
/// An object contains itself through required members only, so it cannot have a value.
pub(crate) fn resolve(data: &mut ModuleData) -> Result<(), String> {
    let requests: Vec<usize> = data.actions.iter().map(|action| action.request).collect();
    let responses: Vec<usize> = data.actions.iter().map(|action| action.response).collect();
    for object in reachable(data, requests, |_| true, object_of) {
        data.objects[object].in_request = true;
    }
    for object in reachable(data, responses, |_| true, object_of) {
        data.objects[object].in_response = true;
    }
    for position in 0..data.objects.len() {
        for member in 0..data.objects[position].members.len() {
            let declared = &data.objects[position].members[member];
            let Some(contained) = declared.contained() else { continue };
            if is_always_there(declared)
                && reachable(data, vec![contained], is_always_there, MemberData::contained).contains(&position)
            {
                let (object, member) = (&data.objects[position].name, &declared.name);
                return Err(format!(
                    "object {object} contains itself by required members, first by {member}; no value of it can exist"
                ));
            }
            let boxed = reachable(data, vec![contained], |_| true, MemberData::contained).contains(&position);
            data.objects[position].members[member].boxed = boxed;
        }
    }
    Ok(())
}

/// Whether every value of the object has this member.
fn is_always_there(member: &MemberData) -> bool {
    member.required || (member.output_required && !member.nullable)
}

fn object_of(member: &MemberData) -> Option<usize> {
    match member.ty {
        Type::Object(object) => Some(object),
        _ => None,
    }
}

/// The objects `from`, and those that are reached from them through members for which `by` is true.
fn reachable(
    data: &ModuleData,
    from: Vec<usize>,
    by: fn(&MemberData) -> bool,
    edge: fn(&MemberData) -> Option<usize>,
) -> Vec<usize> {
    let mut seen = vec![false; data.objects.len()];
    let mut pending = from;
    let mut reached = Vec::new();
    while let Some(position) = pending.pop() {
        if std::mem::replace(&mut seen[position], true) {
            continue;
        }
        reached.push(position);
        let members = data.objects[position].members.iter().filter(|member| by(member));
        pending.extend(members.filter_map(edge).filter(|next| !seen[*next]));
    }
    reached
}
