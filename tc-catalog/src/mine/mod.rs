//! Mines limits: reads them from the official descriptions.
mod bound;
mod cases;
mod default;
mod doubt;
mod items;
mod length;
mod number;
mod pattern;
mod range;
mod split;
mod text;
mod unit;
mod values;

#[cfg(test)]
mod tests;

use crate::{Number, Scalar};
use split::sentences;
use unit::Units;

/// The language of a site's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese: the Chinese site.
    Cn,
    /// English: the international site.
    En,
}

/// One member of a request, with its description.
#[derive(Debug, Clone, Copy)]
pub struct MinedInput<'a> {
    /// The language of `document`.
    pub lang: Lang,
    /// The folder of the service: `cvm`.
    pub service: &'a str,
    /// The object that has the member: `DescribeInstancesRequest`, `Filter`.
    pub action_or_object: &'a str,
    /// The name of the member: `Limit`.
    pub name: &'a str,
    /// The declared type: `string`, `int`, `float`, `bool`, `list`, `object` or `binary`.
    pub type_: &'a str,
    /// The declared type of the value, or of each item of a list: `int64`, `datetime`, `Filter`.
    pub member_type: &'a str,
    /// Whether the member is declared required.
    pub required: bool,
    /// The description, as published: it may contain HTML.
    pub document: &'a str,
}

/// The limits that a description states clearly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mined {
    /// The accepted numbers, both ends included; of a list, of each of its items.
    pub range: Option<(Option<Number>, Option<Number>)>,
    /// The accepted numbers of items of a list.
    pub items: Option<(Option<u64>, Option<u64>)>,
    /// The accepted numbers of characters; of a list, of each of its items.
    pub length: Option<(Option<u64>, Option<u64>)>,
    /// The value that the server uses if the member is absent.
    pub default: Option<Scalar>,
    /// The complete list of accepted values, in the order of the description; of a list, of each of its items.
    pub values: Option<Vec<Scalar>>,
}

/// The kind of one value of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Bool,
    Other,
}

/// The member that a description is about, prepared for the rules.
#[derive(Debug)]
struct Subject<'a> {
    name: &'a str,
    kind: Kind,
    is_int: bool,
    is_list: bool,
    mentions_default: bool,
    /// Whether it is the name of a filter. The accepted names depend on the action that has the filter.
    is_filter_name: bool,
    units: Units,
    listed: Vec<(Scalar, String)>,
}

impl<'a> Subject<'a> {
    fn new(member: &MinedInput<'a>, text: &str) -> Self {
        let is_list = member.type_ == "list";
        let scalar = if is_list { member.member_type } else { member.type_ };
        let kind = match scalar {
            "int" | "int64" | "uint64" | "float" | "double" | "integer" => Kind::Number,
            "string" if member.member_type == "string" => Kind::Text,
            "bool" | "boolean" => Kind::Bool,
            _ => Kind::Other,
        };
        let lower = text.to_ascii_lowercase();
        Self {
            name: member.name,
            kind,
            is_int: kind == Kind::Number && !matches!(member.member_type, "float" | "double"),
            is_list,
            mentions_default: lower.contains("default") || text.contains("默认") || text.contains("缺省"),
            is_filter_name: member.action_or_object.contains("Filter")
                && matches!(member.name, "Name" | "Key" | "Field" | "FilterName" | "FilterKey"),
            units: if kind == Kind::Number { Units::of(text) } else { Units::default() },
            listed: Vec::new(),
        }
    }

    fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    fn name_contains(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.name.contains(word))
    }

    fn lists_value(&self, word: &str) -> bool {
        self.listed.iter().any(|(value, _)| value.to_string() == word)
    }
}

/// Reads the limits of one member from its description.
pub fn mine(member: &MinedInput<'_>) -> Mined {
    let mut mined = Mined::default();
    let text = text::normalize(member.document);
    let mut subject = Subject::new(member, &text);
    let sentences = sentences(&text, member.name);
    if subject.is_list {
        mined.items = items::find(&subject, &sentences);
    }
    let mut marked = None;
    if matches!(subject.kind, Kind::Number | Kind::Text)
        && let Some(list) = values::find(&subject, &text)
    {
        subject.listed.clone_from(&list.items);
        marked = default::marked(&list.items);
        // A table may list more values than the text.
        if !member.document.contains("<table") && values::is_closed(&subject, &text, &list) {
            mined.values = Some(list.items.into_iter().map(|(value, _)| value).collect());
        }
    }
    match subject.kind {
        Kind::Number => {
            mined.range = range::find(&subject, &text, &sentences);
            // If the text also states a range, the list may have only the special values of that range.
            if let Some(values) = &mined.values {
                let covers = |range| subject.is_int && covers(values, range);
                if range::announced(&sentences).is_some_and(|range| !covers(range)) {
                    mined.values = None;
                } else if mined
                    .range
                    .is_some_and(|range| !matches!(range, (Some(low), Some(high)) if covers((low, high))))
                {
                    mined.range = None;
                }
            }
        }
        Kind::Text => mined.length = length::find(&subject, &text, &sentences),
        Kind::Bool => marked = default::marked_bool(&text),
        Kind::Other => {}
    }
    // Code in a text has its own defaults.
    if !(subject.is_list || subject.kind == Kind::Text && text.contains("\"\"\"")) {
        marked = marked.or_else(|| default::marked_word(&subject, &text, &sentences));
        mined.default = match (default::find(&subject, &sentences), marked) {
            (Some(stated), Some(marked)) if stated != marked => None,
            (stated, marked) => stated.or(marked),
        };
    }
    if doubt::takes_excess(&text) {
        (mined.range, mined.items, mined.length) = (None, None, None);
    }
    drop_contradicted(mined)
}

/// Whether values are all the whole numbers of a range.
fn covers(values: &[Scalar], (low, high): (Number, Number)) -> bool {
    let (Some(low), Some(high)) = (low.as_int(), high.as_int()) else { return false };
    let inside = values.iter().all(|value| {
        matches!(value, Scalar::Number(number) if number.as_int().is_some_and(|number| (low..=high).contains(&number)))
    });
    inside && i128::try_from(values.len()).is_ok_and(|count| count == high - low + 1)
}

/// Drops limits that the default contradicts, because the server cannot check them so.
fn drop_contradicted(mut mined: Mined) -> Mined {
    let Some(default) = &mined.default else { return mined };
    if mined.values.as_ref().is_some_and(|values| !values.contains(default)) {
        mined.values = None;
    }
    if let (Scalar::Number(number), Some((low, high))) = (default, mined.range)
        && (low.is_some_and(|low| *number < low) || high.is_some_and(|high| *number > high))
    {
        mined.range = None;
    }
    if let (Scalar::Text(text), Some((low, high))) = (default, mined.length) {
        let characters = text.chars().count() as u64;
        if low.is_some_and(|low| characters < low) || high.is_some_and(|high| characters > high) {
            mined.length = None;
        }
    }
    mined
}
