//! The limit `values = ["S", "M"]` or `values = [1, 2, 5]`: the accepted values; its type, check and messages.

use std::fmt;

use crate::check::same;
use crate::suggest::{begins_or_ends_with, is_near};
use crate::{EnumValue, Literal, Message, ParamSpec, Type};

/// The accepted values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Values {
    /// The accepted texts.
    Texts(&'static [&'static str]),
    /// The accepted numbers, all integers.
    Integers(&'static [i128]),
    /// The accepted numbers, each with its digits as written.
    Floats(&'static [(f64, &'static str)]),
}

impl Values {
    pub(super) const fn applies_to(&self, ty: Type) -> bool {
        match self {
            Self::Texts(_) => ty.is_text(),
            Self::Integers(_) => matches!(ty, Type::Integer { .. } | Type::Float | Type::Float32),
            Self::Floats(_) => matches!(ty, Type::Float | Type::Float32),
        }
    }

    pub(super) const fn purpose(&self) -> &'static str {
        match self {
            Self::Texts(_) => "these `values` are texts",
            Self::Integers(_) => "these `values` are numbers",
            Self::Floats(_) => "these `values` are numbers with a fraction",
        }
    }

    /// Returns whether the value is one of them.
    // A double is exact up to 2^53, and no documented number is that large. A documented decimal equals the same decimal in
    // a request, because both are parsed in the same way.
    #[allow(clippy::cast_precision_loss, clippy::float_cmp)]
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match (self, literal) {
            (Self::Texts(texts), Literal::Text(text)) => {
                let (mut texts, text) = (*texts, text.as_bytes());
                while let [first, rest @ ..] = texts {
                    if same(first.as_bytes(), text) {
                        return true;
                    }
                    texts = rest;
                }
                false
            }
            (Self::Integers(integers), Literal::Int(number)) => {
                let mut integers = *integers;
                while let [first, rest @ ..] = integers {
                    if *first == number {
                        return true;
                    }
                    integers = rest;
                }
                false
            }
            (Self::Integers(integers), Literal::Float(number, _)) => {
                let mut integers = *integers;
                while let [first, rest @ ..] = integers {
                    if *first as f64 == number {
                        return true;
                    }
                    integers = rest;
                }
                false
            }
            (Self::Floats(floats), Literal::Int(number)) => contains(floats, number as f64),
            (Self::Floats(floats), Literal::Float(number, _)) => contains(floats, number),
            _ => true,
        }
    }

    pub(super) const fn describe(&self, message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
        let message = match literal {
            _ if param.sensitive => message.text("is not one of the accepted values: "),
            Literal::Int(number) => message.text("is ").number(number).text("; accepted values are "),
            Literal::Float(_, text) => message.text("is ").text(text).text("; accepted values are "),
            Literal::Text(text) => match self {
                Self::Texts(texts) => return KnownTexts::Texts(texts).accepted(message.text("is ").quoted(text), text),
                _ => message.text("is ").quoted(text).text("; accepted values are "),
            },
            _ => message.text("is not accepted; accepted values are "),
        };
        let (mut message, mut at) = (message, 0);
        match self {
            Self::Texts(texts) => KnownTexts::Texts(texts).list(message),
            Self::Integers(integers) => {
                while at < integers.len() {
                    message = if at > 0 { message.text(", ") } else { message }.number(integers[at]);
                    at += 1;
                }
                message
            }
            Self::Floats(floats) => {
                while at < floats.len() {
                    message = if at > 0 { message.text(", ") } else { message }.text(floats[at].1);
                    at += 1;
                }
                message
            }
        }
    }
}

/// `S | M`
impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Texts(texts) => alternatives(texts.iter(), f),
            Self::Integers(numbers) => alternatives(numbers.iter(), f),
            Self::Floats(numbers) => alternatives(numbers.iter().map(|(_, text)| text), f),
        }
    }
}

fn alternatives<T: fmt::Display>(values: impl Iterator<Item = T>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    values.enumerate().try_for_each(|(at, value)| write!(f, "{}{value}", if at > 0 { " | " } else { "" }))
}

#[allow(clippy::float_cmp)]
const fn contains(floats: &[(f64, &str)], number: f64) -> bool {
    let mut floats = floats;
    while let [(first, _), rest @ ..] = floats {
        if *first == number {
            return true;
        }
        floats = rest;
    }
    false
}

/// Texts that a message lists.
#[derive(Clone, Copy)]
pub(crate) enum KnownTexts<'a> {
    Texts(&'a [&'a str]),
    Values(&'a [EnumValue]),
}

impl<'a> KnownTexts<'a> {
    const fn get(self, at: usize) -> Option<&'a str> {
        match self {
            Self::Texts(texts) if at < texts.len() => Some(texts[at]),
            Self::Values(values) if at < values.len() => Some(values[at].name),
            _ => None,
        }
    }

    /// Appends all texts to `message`.
    pub(crate) const fn list(self, message: Message) -> Message {
        let (mut message, mut at) = (message, 0);
        while let Some(text) = self.get(at) {
            message = if at > 0 { message.text(", ") } else { message }.text(text);
            at += 1;
        }
        message
    }

    /// Returns the shortest text that begins or ends with `text`, such as `POSTPAID_BY_HOUR` for `POSTPAID`, or else the most similar
    /// text.
    const fn suggestion(self, text: &str) -> Option<&'a str> {
        let (mut longer, mut nearest, mut least, mut at): (Option<&str>, _, _, _) = (None, None, usize::MAX, 0);
        while let Some(known) = self.get(at) {
            let is_shorter = match longer {
                Some(longer) => known.len() < longer.len(),
                None => true,
            };
            if is_shorter && begins_or_ends_with(known, text) {
                longer = Some(known);
            }
            if let Some(distance) = is_near(text, known)
                && distance < least
            {
                (nearest, least) = (Some(known), distance);
            }
            at += 1;
        }
        if longer.is_some() { longer } else { nearest }
    }

    /// "; did you mean "S"? Accepted values are S, M"
    pub(crate) const fn accepted(self, message: Message, text: &str) -> Message {
        match self.suggestion(text) {
            Some(nearest) => self.list(message.text("; did you mean ").quoted(nearest).text("? Accepted values are ")),
            None => self.list(message.text("; accepted values are ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, known: &[&str], suggested: Option<&str>) {
        let message = KnownTexts::Texts(known).accepted(Message::new(), text).to_string();
        let found = message.split_once("did you mean \"").and_then(|(_, rest)| rest.split_once('"'));
        assert_eq!(found.map(|(found, _)| found), suggested, "{text}: {message}");
    }

    #[test]
    fn a_value_that_begins_or_ends_with_the_text_is_suggested_before_a_similar_one() {
        let charges = ["PREPAID", "POSTPAID_BY_HOUR", "CDHPAID", "SPOTPAID"];
        check("POSTPAID", &charges, Some("POSTPAID_BY_HOUR"));
        check("postpaid", &charges, Some("POSTPAID_BY_HOUR"));
        check("BY_HOUR", &charges, Some("POSTPAID_BY_HOUR"));
        check("Default", &["SystemDefault", "Defaults", "Fault"], Some("Defaults"));
        check("STOPPED", &["USER_STOPPED", "STOPPED_BY_ADMINISTRATOR"], Some("USER_STOPPED"));
        check("CLOUD", &["CLOUD_PREMIUM", "CLOUD_BSSD", "CLOUDS"], Some("CLOUDS"));
        let long = "x".repeat(70);
        check("SSD", &[&long, &format!("SSD{long}")], Some(&format!("SSD{long}")));
    }

    #[test]
    fn otherwise_the_most_similar_value_is_suggested() {
        let charges = ["PREPAID", "POSTPAID_BY_HOUR", "CDHPAID", "SPOTPAID"];
        check("PREPAD", &charges, Some("PREPAID"));
        check("SPOTPIAD", &charges, Some("SPOTPAID"));
        check("HOURLY", &charges, None);
        // One or two letters begin many values.
        check("P", &charges, None);
        check("PO", &charges, None);
        check("", &charges, None);
    }
}
