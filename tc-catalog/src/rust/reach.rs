//! Which objects the named actions contain.

use std::collections::BTreeMap;

use crate::{Action, Object, Type};

/// The objects that the requests and responses of `actions` contain, each with the positions in `actions` of those that
/// contain it. Requests and responses themselves are among them only if they are members of another object.
pub(super) fn models<'a>(actions: &[Action<'a>]) -> Vec<(Object<'a>, Vec<usize>)> {
    let mut found: BTreeMap<usize, (Object<'a>, Vec<usize>)> = BTreeMap::new();
    for (at, action) in actions.iter().enumerate() {
        let mut waiting = vec![action.request(), action.response()];
        while let Some(object) = waiting.pop() {
            for member in object.members() {
                let Type::Object(nested) = member.ty() else { continue };
                let (_, used_by) = found.entry(nested.position()).or_insert((nested, Vec::new()));
                if used_by.last() != Some(&at) {
                    used_by.push(at);
                    waiting.push(nested);
                }
            }
        }
    }
    found.into_values().collect()
}
