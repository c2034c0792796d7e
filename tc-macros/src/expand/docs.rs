//! The sentences rustdoc shows: "1 to 100 items."

use crate::model::{Count, Default, Field, Range};

/// What the facts say of a field beyond its documentation.
pub(crate) fn field(field: &Field) -> String {
    let mut words = vec![format!("On the wire: `{}`.", field.wire)];
    if field.required && field.shape.is_list() {
        words.push("Required.".to_owned());
    }
    words.extend(limits(field));
    if let Some((_, default)) = &field.default {
        words.push(format!("Default: {}.", default_text(default)));
    }
    words.join(" ")
}

/// The limits of a field, a sentence each.
pub(crate) fn limits(field: &Field) -> Vec<String> {
    let mut words = Vec::new();
    if let Some((_, range)) = &field.limits.range {
        words.push(numbers(range));
    }
    if let Some((_, items)) = field.limits.items {
        words.push(counts(items, "item"));
    }
    let each = if field.shape.is_list() { " each" } else { "" };
    if let Some((_, length)) = field.limits.length {
        words.push(counts(length, "character").replace('.', &format!("{each}.")));
    }
    if let Some((_, charset)) = &field.limits.charset {
        words.push(format!("Characters: `{}`.", charset.text));
    }
    words
}

fn numbers(range: &Range) -> String {
    let (min, max) = match range {
        Range::Int { min, max } => (min.map(|min| min.to_string()), max.map(|max| max.to_string())),
        Range::Float { min, max } => {
            (min.as_ref().map(|min| min.text.clone()), max.as_ref().map(|max| max.text.clone()))
        }
    };
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}."),
        (Some(min), None) => format!("At least {min}."),
        (None, Some(max)) => format!("At most {max}."),
        (None, None) => String::new(),
    }
}

fn counts(count: Count, noun: &str) -> String {
    let plural = |count: usize| if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") };
    match count {
        Count { min, max: Some(max) } if min == max => format!("Exactly {}.", plural(max)),
        Count { min: 0, max: Some(max) } => format!("At most {}.", plural(max)),
        Count { min, max: Some(max) } => format!("{min} to {}.", plural(max)),
        Count { min, max: None } => format!("At least {}.", plural(min)),
    }
}

/// A default as one would write it.
pub(crate) fn default_text(default: &Default) -> String {
    match default {
        Default::Int(int) => format!("`{int}`"),
        Default::Float(float) => format!("`{}`", float.text),
        Default::Bool(value) => format!("`{value}`"),
        Default::Text(text) => format!("`\"{text}\"`"),
        Default::Variant(syn::Expr::Path(path)) => {
            path.path.segments.last().map_or_else(String::new, |last| format!("`{}`", last.ident))
        }
        Default::Variant(_) => String::new(),
    }
}
