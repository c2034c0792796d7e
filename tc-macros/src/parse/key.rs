//! Tables of keys. Each row has the name of a key and the function that reads its value, so that a key is in one place
//! only.

use super::Entry;
use crate::diagnostics::Diagnostics;

/// A key of the arguments `T`.
pub(crate) struct Key<T> {
    pub(crate) name: &'static str,
    /// Reads the value of the entry and stores it in the arguments.
    pub(crate) set: fn(&mut T, &Entry, &mut Diagnostics),
}

/// Stores the value of `entry` in `args`. Returns false if no key has its name.
pub(crate) fn set<T>(keys: &[Key<T>], args: &mut T, entry: &Entry, errors: &mut Diagnostics) -> bool {
    let key = keys.iter().find(|key| entry.is(key.name));
    if let Some(key) = key {
        (key.set)(args, entry, errors);
    }
    key.is_some()
}

/// A row of a table: the key `name` stores in the field what `read` returns. It can be given once.
macro_rules! key {
    ($name:literal, $field:ident, $read:expr) => {
        $crate::parse::Key {
            name: $name,
            set: |args, entry, errors| {
                let read: fn(&$crate::parse::Entry, &mut $crate::diagnostics::Diagnostics) -> _ = $read;
                let value = read(entry, errors);
                $crate::parse::set_once(&mut args.$field, entry, value, errors);
            },
        }
    };
}
pub(crate) use key;
