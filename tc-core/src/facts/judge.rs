//! The limits, once: `const fn`s that the compiler runs over literals and `validate()` over everything else.

use super::{Charset, Count, EnumSpec, Given, Line, ModelSpec, ParamSpec, Range, Type};

/// What a value breaks, with the value.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Broken<'a> {
    /// A value of another type.
    Type(Given<'a>),
    /// A whole number outside the range.
    Int(i128),
    /// A number with a fraction outside the range, as written.
    Float(&'a str),
    /// Too few or too many items.
    Items(usize),
    /// Too few or too many characters.
    Length(usize),
    /// A text with this character, which is not accepted.
    Charset(&'a str, char),
    /// A text that is not one of the documented values.
    Value(&'a str),
    /// A list where one value is wanted.
    List,
    /// One value where a list is wanted.
    Scalar(Given<'a>),
}

/// Holds one value, or one item of a list, against the limits of `param`.
///
/// The number of items of a list is [`judge_count`]'s.
pub const fn judge<'a>(param: &ParamSpec, given: Given<'a>) -> Option<Broken<'a>> {
    match (param.ty, given) {
        (_, Given::Unknown) | (Type::Json, _) | (Type::Boolean, Given::Bool(_)) => None,
        (Type::Integer { min, max }, Given::Int(number)) => {
            let (least, most) = ends(param, min, max);
            if number < least || number > most { Some(Broken::Int(number)) } else { None }
        }
        // No double is exact beyond 2^53, and no documented range comes near it.
        #[allow(clippy::cast_precision_loss)]
        (Type::Float, Given::Int(number)) => match param.range {
            Some(range) if !within(range, number as f64) => Some(Broken::Int(number)),
            _ => None,
        },
        (Type::Float, Given::Float(number, text)) => match param.range {
            Some(range) if !within(range, number) => Some(Broken::Float(text)),
            _ => None,
        },
        (Type::String, Given::Text(text)) => judge_text(param, text),
        (Type::Enum(spec), Given::Text(text)) => {
            if is_value(spec, text) {
                judge_text(param, text)
            } else {
                Some(Broken::Value(text))
            }
        }
        (_, Given::List(_)) => Some(Broken::List),
        (_, other) => Some(Broken::Type(other)),
    }
}

/// Holds the text of an enum's deliberate `Undocumented` value, or any other text, against length and charset.
pub(crate) const fn judge_text<'a>(param: &ParamSpec, text: &'a str) -> Option<Broken<'a>> {
    if let Some(length) = param.length {
        let count = characters(text);
        if !counts(length, count) {
            return Some(Broken::Length(count));
        }
    }
    if let Some(charset) = param.charset
        && let Some(character) = foreign(charset, text)
    {
        return Some(Broken::Charset(text, character));
    }
    None
}

/// Holds the number of items of a list against the limits of `param`.
pub const fn judge_count(param: &ParamSpec, items: usize) -> Option<Broken<'static>> {
    match param.items {
        Some(limit) if !counts(limit, items) => Some(Broken::Items(items)),
        _ => None,
    }
}

const fn counts(limit: Count, count: usize) -> bool {
    count >= limit.min
        && match limit.max {
            Some(max) => count <= max,
            None => true,
        }
}

/// The ends of what a whole number may be: the documented range within that of the Rust type.
const fn ends(param: &ParamSpec, least: i128, most: i128) -> (i128, i128) {
    match param.range {
        Some(Range::Int { min, max }) => (
            match min {
                Some(min) if min > least => min,
                _ => least,
            },
            match max {
                Some(max) if max < most => max,
                _ => most,
            },
        ),
        _ => (least, most),
    }
}

#[allow(clippy::cast_precision_loss)]
const fn within(range: Range, number: f64) -> bool {
    let (min, max) = match range {
        Range::Int { min, max } => (
            match min {
                Some(min) => Some(min as f64),
                None => None,
            },
            match max {
                Some(max) => Some(max as f64),
                None => None,
            },
        ),
        Range::Float { min, max } => (
            match min {
                Some((min, _)) => Some(min),
                None => None,
            },
            match max {
                Some((max, _)) => Some(max),
                None => None,
            },
        ),
    };
    // Written so that NaN is outside.
    (match min {
        Some(min) => number >= min,
        None => true,
    }) && (match max {
        Some(max) => number <= max,
        None => true,
    })
}

const fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if bytes[at] & 0xC0 != 0x80 {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The first character of `text` that is not in `charset`.
const fn foreign(charset: Charset, text: &str) -> Option<char> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let (character, width) = decode(bytes, at);
        if !charset.contains(character) {
            return Some(character);
        }
        at += width;
    }
    None
}

/// The character at `at`, and its width. `str::chars` is no `const fn`.
const fn decode(bytes: &[u8], at: usize) -> (char, usize) {
    let first = bytes[at] as u32;
    let (mut code, width) = match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => (first & 0x1F, 2),
        0xE0..0xF0 => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    let mut next = 1;
    while next < width {
        code = code << 6 | (bytes[at + next] as u32 & 0x3F);
        next += 1;
    }
    match char::from_u32(code) {
        Some(character) => (character, width),
        None => (char::REPLACEMENT_CHARACTER, width),
    }
}

const fn is_value(spec: &EnumSpec, text: &str) -> bool {
    let mut at = 0;
    while at < spec.values.len() {
        if same(spec.values[at].name, text) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

impl Broken<'_> {
    /// `line`, followed by the value and what is accepted instead: "is 101; at most 100 is accepted".
    pub const fn describe(self, line: Line, param: &ParamSpec) -> Line {
        match self {
            Self::Type(given) => {
                let line = noun(line.text("is "), param.ty);
                actual(line.text(", not "), param, given)
            }
            Self::Int(number) => {
                let line = match param.sensitive {
                    true => line.text("is out of range; "),
                    false => line.text("is ").number(number).text("; "),
                };
                accepted_numbers(line, param)
            }
            Self::Float(text) => {
                let line = match param.sensitive {
                    true => line.text("is out of range; "),
                    false => line.text("is ").text(text).text("; "),
                };
                accepted_numbers(line, param)
            }
            Self::Items(count) => {
                let line = plural(line.text("has "), count, "item").text("; ");
                accepted_counts(line, param.items)
            }
            Self::Length(count) => {
                let line = plural(line.text("has "), count, "character").text("; ");
                accepted_counts(line, param.length)
            }
            Self::Charset(text, character) => {
                let mut utf8 = [0; 4];
                let character: &str = character.encode_utf8(&mut utf8);
                let line = match param.sensitive {
                    true => line.text("contains a character that is not accepted; accepted are "),
                    false => line.text("is ").quoted(text).text("; `").text(character).text("` is not accepted, only "),
                };
                match param.charset {
                    Some(charset) => line.text(charset.text),
                    None => line,
                }
            }
            Self::Value(text) => {
                let line = match param.sensitive {
                    true => line.text("is not one of the documented values: "),
                    false => line.text("is ").quoted(text).text("; accepted are "),
                };
                match param.ty {
                    Type::Enum(spec) => values(line, spec),
                    _ => line,
                }
            }
            Self::List => noun(line.text("takes one value, "), param.ty).text(", not a list"),
            Self::Scalar(given) => actual(line.text("is a list; write `[…]` around ").text(""), param, given),
        }
    }
}

const fn noun(line: Line, ty: Type) -> Line {
    line.text(match ty {
        Type::String => "text",
        Type::Integer { .. } => "an integer",
        Type::Float => "a number",
        Type::Boolean => "a boolean",
        Type::Time => "a time",
        Type::Binary => "bytes",
        Type::Enum(_) => "text out of a list of values",
        Type::Model(_) => "a struct",
        Type::Json => "JSON",
    })
}

const fn actual(line: Line, param: &ParamSpec, given: Given<'_>) -> Line {
    match given {
        Given::Int(_) | Given::Float(..) | Given::Bool(_) | Given::Text(_) if param.sensitive => {
            line.text("the value given")
        }
        Given::Int(number) => line.text("the integer ").number(number),
        Given::Float(_, text) => line.text("the number ").text(text),
        Given::Bool(true) => line.text("the boolean true"),
        Given::Bool(false) => line.text("the boolean false"),
        Given::Text(text) => line.text("the text ").quoted(text),
        Given::List(_) => line.text("a list"),
        Given::Unknown => line.text("this value"),
    }
}

const fn plural(line: Line, count: usize, noun: &str) -> Line {
    let line = line.number(count as i128).text(" ").text(noun);
    if count == 1 { line } else { line.text("s") }
}

const fn accepted_counts(line: Line, count: Option<Count>) -> Line {
    match count {
        Some(Count { min: 0, max: Some(max) }) => line.text("at most ").number(max as i128).text(are(max)),
        Some(Count { min, max: None }) => line.text("at least ").number(min as i128).text(are(min)),
        Some(Count { min, max: Some(max) }) if min == max => line.text("exactly ").number(max as i128).text(are(max)),
        Some(Count { min, max: Some(max) }) => {
            line.number(min as i128).text(" to ").number(max as i128).text(" are accepted")
        }
        None => line,
    }
}

const fn are(count: usize) -> &'static str {
    if count == 1 { " is accepted" } else { " are accepted" }
}

const fn accepted_numbers(line: Line, param: &ParamSpec) -> Line {
    match (param.ty, param.range) {
        (Type::Integer { min, max }, _) => {
            let (least, most) = ends(param, min, max);
            // Where only one end is documented, the other is that of the Rust type, and no news.
            match param.range {
                Some(Range::Int { min: None, .. }) if least <= 0 => {
                    // An unsigned type's 0 is still worth saying when the other end is documented.
                    line.text("at most ").number(most).text(" is accepted")
                }
                Some(Range::Int { max: None, .. }) => line.text("at least ").number(least).text(" is accepted"),
                _ => line.number(least).text(" to ").number(most).text(" is accepted"),
            }
        }
        (_, Some(Range::Int { min: Some(min), max: Some(max) })) => {
            line.number(min).text(" to ").number(max).text(" is accepted")
        }
        (_, Some(Range::Int { min: Some(min), max: None })) => line.text("at least ").number(min).text(" is accepted"),
        (_, Some(Range::Int { min: None, max: Some(max) })) => line.text("at most ").number(max).text(" is accepted"),
        (_, Some(Range::Float { min: Some((_, min)), max: Some((_, max)) })) => {
            line.text(min).text(" to ").text(max).text(" is accepted")
        }
        (_, Some(Range::Float { min: Some((_, min)), max: None })) => {
            line.text("at least ").text(min).text(" is accepted")
        }
        (_, Some(Range::Float { min: None, max: Some((_, max)) })) => {
            line.text("at most ").text(max).text(" is accepted")
        }
        _ => line,
    }
}

const fn values(line: Line, spec: &EnumSpec) -> Line {
    let mut line = line;
    let mut at = 0;
    while at < spec.values.len() {
        if at > 0 {
            line = line.text(", ");
        }
        line = line.text(spec.values[at].name);
        at += 1;
    }
    line
}

// ---- What `request!` asks at compile time. Each answer is 0; a refusal is a panic with our message.

/// Holds the literal given for `field` against its limits.
///
/// A list counts its items here; each item is [`accepts_item`]'s. An unknown field is not judged: the assignment
/// that follows says so.
///
/// # Panics
/// At compile time, where the literal is not accepted.
#[track_caller]
pub const fn accepts(model: &ModelSpec, field: &str, given: Given<'_>) -> usize {
    if let Some(param) = find(model, field) {
        let broken = match given {
            Given::List(items) => return accepts_count(model, field, items.len()),
            Given::Unknown => None,
            given if param.is_list() => Some(Broken::Scalar(given)),
            given => judge(param, given),
        };
        if let Some(broken) = broken {
            refuse(model, param, None, broken);
        }
    }
    0
}

/// Holds the number of items of a list literal against the limits of `field`.
///
/// # Panics
/// At compile time, where the number is not accepted or the field is no list.
#[track_caller]
pub const fn accepts_count(model: &ModelSpec, field: &str, items: usize) -> usize {
    if let Some(param) = find(model, field) {
        let broken = match param.ty {
            // Bytes and free JSON are written as lists, too.
            Type::Json | Type::Binary => None,
            _ if !param.is_list() => Some(Broken::List),
            _ => judge_count(param, items),
        };
        if let Some(broken) = broken {
            refuse(model, param, None, broken);
        }
    }
    0
}

/// Holds one literal of a list literal against the limits of `field`.
///
/// # Panics
/// At compile time, where the item is not accepted.
#[track_caller]
pub const fn accepts_item(model: &ModelSpec, field: &str, index: usize, given: Given<'_>) -> usize {
    if let Some(param) = find(model, field)
        && param.is_list()
        && let Some(broken) = judge(param, given)
    {
        refuse(model, param, Some(index), broken);
    }
    0
}

/// Asks whether every required parameter of `model` is among the `given` fields.
///
/// Silent where a field is misspelt: that is one mistake, and the compiler says it.
///
/// # Panics
/// At compile time, where one is missing.
#[track_caller]
pub const fn complete(model: &ModelSpec, given: &[&str]) -> usize {
    let mut at = 0;
    while at < given.len() {
        if find(model, given[at]).is_none() {
            return 0;
        }
        at += 1;
    }
    let mut line = Line::new();
    let mut missing = 0;
    let mut at = 0;
    while at < model.params.len() {
        let param = &model.params[at];
        if param.required && !among(given, param.field) {
            line = if missing > 0 { line.text(", `") } else { line.text("`") };
            line = line.text(param.field).text("`");
            missing += 1;
        }
        at += 1;
    }
    if missing > 0 {
        let head = Line::new().text(model.name).text(" needs ").text(line.as_str());
        let tail = if missing == 1 { ", which is required and missing" } else { ", which are required and missing" };
        panic!("{}", head.text(tail).as_str());
    }
    0
}

#[track_caller]
const fn refuse(model: &ModelSpec, param: &ParamSpec, index: Option<usize>, broken: Broken<'_>) -> ! {
    let line = Line::new().text("`").text(param.name);
    let line = match index {
        Some(index) => line.text(".").number(index as i128),
        None => line,
    };
    let line = line.text("` of ").text(model.name).text(" ");
    panic!("{}", broken.describe(line, param).as_str())
}

const fn find<'a>(model: &'a ModelSpec, field: &str) -> Option<&'a ParamSpec> {
    let mut at = 0;
    while at < model.params.len() {
        if same(model.params[at].field, field) {
            return Some(&model.params[at]);
        }
        at += 1;
    }
    None
}

const fn among(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same(names[at], name) {
            return true;
        }
        at += 1;
    }
    false
}
