//! The path of a member, such as `Filters.0.Values`, while the members are visited.

/// Adds a name to a path. Returns the length before, to which the caller truncates the path afterwards.
pub(crate) fn push_name(path: &mut String, name: &str) -> usize {
    let len = path.len();
    if len > 0 {
        path.push('.');
    }
    path.push_str(name);
    len
}
