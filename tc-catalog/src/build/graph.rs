//! How the objects of a module contain each other.

use super::model::{MemberFacts, ModuleFacts};
use crate::types::Type;

/// Notes which objects requests and responses reach, and which members need a `Box`.
///
/// # Errors
/// An object contains itself by members that are all required: no value of it can exist.
pub(crate) fn resolve(facts: &mut ModuleFacts) -> Result<(), String> {
    let requests: Vec<usize> = facts.actions.iter().map(|action| action.request).collect();
    let responses: Vec<usize> = facts.actions.iter().map(|action| action.response).collect();
    for object in reachable(facts, requests, |_| true, object_of) {
        facts.objects[object].in_request = true;
    }
    for object in reachable(facts, responses, |_| true, object_of) {
        facts.objects[object].in_response = true;
    }
    for position in 0..facts.objects.len() {
        for member in 0..facts.objects[position].members.len() {
            let declared = &facts.objects[position].members[member];
            let Some(contained) = declared.contained() else { continue };
            if is_always_there(declared)
                && reachable(facts, vec![contained], is_always_there, MemberFacts::contained).contains(&position)
            {
                let (object, member) = (&facts.objects[position].name, &declared.name);
                return Err(format!(
                    "object {object} contains itself by required members, first by {member}; no value of it can exist"
                ));
            }
            let boxed = reachable(facts, vec![contained], |_| true, MemberFacts::contained).contains(&position);
            facts.objects[position].members[member].boxed = boxed;
        }
    }
    Ok(())
}

/// Whether every value of the object has this member.
fn is_always_there(member: &MemberFacts) -> bool {
    member.required || (member.output_required && !member.nullable)
}

fn object_of(member: &MemberFacts) -> Option<usize> {
    match member.ty {
        Type::Object(object) => Some(object),
        _ => None,
    }
}

/// The objects that are reached from `from`, these included, by members for which `by` holds.
fn reachable(
    facts: &ModuleFacts,
    from: Vec<usize>,
    by: fn(&MemberFacts) -> bool,
    edge: fn(&MemberFacts) -> Option<usize>,
) -> Vec<usize> {
    let mut seen = vec![false; facts.objects.len()];
    let mut pending = from;
    let mut reached = Vec::new();
    while let Some(position) = pending.pop() {
        if std::mem::replace(&mut seen[position], true) {
            continue;
        }
        reached.push(position);
        let members = facts.objects[position].members.iter().filter(|member| by(member));
        pending.extend(members.filter_map(edge).filter(|next| !seen[*next]));
    }
    reached
}
