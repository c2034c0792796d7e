//! Grammar of the names that go over the wire.

/// `PersonIds` for `person_ids`, `Type` for `r#type`, `Clone` for `clone_`: only first letters are raised.
pub(crate) fn wire(field: &str) -> String {
    let field = field.strip_prefix("r#").unwrap_or(field);
    let field = field.strip_suffix('_').unwrap_or(field);
    let mut wire = String::with_capacity(field.len());
    for piece in field.split('_') {
        let mut letters = piece.chars();
        wire.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        wire.push_str(letters.as_str());
    }
    wire
}

/// Whether `name` can be the first label of a host.
pub(crate) fn is_service(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether `version` is a date: `2019-06-12`.
pub(crate) fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |text: &str, len: usize| {
        let digits = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse::<u32>().ok() } else { None }
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether `name` can be the name of an action.
pub(crate) fn is_action(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether `name` can be the name of a parameter: it becomes part of a path such as `Filters.0.Name`.
pub(crate) fn is_param(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Whether `code` can be an error code: `FailedOperation.ImageDecodeFailed`.
pub(crate) fn is_code(code: &str) -> bool {
    code.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)))
}

/// Methods that every model has, ours and those of the std traits: a setter of the same name would hide or break them.
pub(crate) fn is_taken(field: &str) -> bool {
    const TAKEN: [&str; 20] = [
        "new",
        "validate",
        "clone",
        "clone_from",
        "clone_into",
        "default",
        "eq",
        "ne",
        "cmp",
        "partial_cmp",
        "hash",
        "fmt",
        "to_owned",
        "to_string",
        "into",
        "try_into",
        "borrow",
        "borrow_mut",
        "type_id",
        "serialize",
    ];
    TAKEN.contains(&field)
}
