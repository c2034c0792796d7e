//! Tables of keys: each row has a key's name and what it sets, so that no key is known in one place and forgotten in
//! another.

use super::Entry;
use crate::diagnostics::Diagnostics;

/// A key of the arguments `T`.
pub(crate) struct Key<T> {
    pub(crate) name: &'static str,
    /// Reads the value of the entry into the arguments.
    pub(crate) set: fn(&mut T, &Entry, &mut Diagnostics),
}

/// Sets what `entry` says; false where no key has its name.
pub(crate) fn set<T>(keys: &[Key<T>], args: &mut T, entry: &Entry, errors: &mut Diagnostics) -> bool {
    let key = keys.iter().find(|key| entry.is(key.name));
    if let Some(key) = key {
        (key.set)(args, entry, errors);
    }
    key.is_some()
}
