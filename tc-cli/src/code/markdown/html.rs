//! Tags and entities of HTML in a text.

/// A tag of HTML.
#[derive(Clone, Copy)]
pub(super) struct Tag<'t> {
    pub(super) name: &'t str,
    pub(super) closes: bool,
    pub(super) attributes: &'t str,
}

/// Tags that texts contain. Anything else in angle brackets is text: `<InstanceId>`.
const TAGS: [&str; 46] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "dx-alert",
];

/// The tag at the beginning of the text, and what follows it.
pub(super) fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    let (inner, after) = inner.split_once('>')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(inner.len());
    let (word, attributes) = inner.split_at(end);
    let name = TAGS.into_iter().find(|name| name.eq_ignore_ascii_case(word))?;
    let begins_attributes = attributes.is_empty() || attributes.starts_with([' ', '\t', '\n', '\r', '/']);
    begins_attributes.then_some((Tag { name, closes, attributes }, after))
}

/// The value of an attribute; `None` if it is absent or empty.
pub(super) fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let value = attributes.split_once(&format!("{name}="))?.1;
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        return value[1..].split_once(quote).map(|(value, _)| value).filter(|value| !value.is_empty());
    }
    value.split_whitespace().next().map(|value| value.trim_end_matches('/'))
}

/// The character of the entity at the beginning of the text, and what follows it.
pub(super) fn entity(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    let letter = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "mdash" => '\u{2014}',
        "middot" => '\u{b7}',
        "hellip" => '\u{2026}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter, after))
}
