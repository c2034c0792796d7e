//! One value of a member, borrowed, in the few kinds that the wire knows.

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, Utc};

use super::{Fields, Upload};
use crate::spec::{ParamSpec, Shape};

/// A value on its way out.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// None: left out.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number that needs no sign.
    Uint(u64),
    /// A number with a fraction.
    Float(f64),
    /// A number with a fraction in single precision, whose shortest form is shorter.
    Float32(f32),
    /// Text.
    Text(&'a str),
    /// A value of an enum: its text, and whether the documentation lists it.
    Enum(&'a str, bool),
    /// A time, sent in ISO 8601.
    Time(DateTime<Utc>),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A file with its name and media type.
    Upload(&'a Upload),
    /// A struct.
    Model(&'a dyn Fields),
    /// A list of texts, the most frequent of lists.
    Texts(&'a [String]),
    /// Any other list.
    List(&'a dyn ValueList),
    /// Any JSON.
    Json(&'a serde_json::Value),
}

/// The items of a list.
pub trait ValueList {
    /// How many.
    fn count(&self) -> usize;

    /// The item at `index`.
    fn item(&self, index: usize) -> Value<'_>;
}

impl<'a> Value<'a> {
    /// The number of items, where it is a list.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::Texts(texts) => Some(texts.len()),
            Self::List(items) => Some(items.count()),
            _ => None,
        }
    }

    /// The item at `index`, where it is a list.
    #[must_use]
    pub fn item(&self, index: usize) -> Value<'a> {
        match self {
            Self::Texts(texts) => Value::Text(&texts[index]),
            Self::List(items) => items.item(index),
            _ => Value::Absent,
        }
    }

    /// Its items, none where it is no list.
    pub fn items(self) -> impl Iterator<Item = Value<'a>> {
        (0..self.count().unwrap_or(0)).map(move |index| self.item(index))
    }
}

/// The members of `model` that are sent, each with its spec: an empty list is left out, unless it is required or
/// was said explicitly.
pub(crate) fn members(model: &dyn Fields) -> impl Iterator<Item = (&'static ParamSpec, Value<'_>)> {
    model.model().params.iter().enumerate().filter_map(move |(index, param)| {
        let value = model.member(index);
        match value {
            Value::Absent => None,
            _ if param.shape == Shape::Many && !param.required && value.count() == Some(0) => None,
            _ => Some((param, value)),
        }
    })
}

/// A time as the cloud writes it: `2018-10-01T10:00:00Z`.
///
/// RFC 3339 writes the years 0 to 9999. A time that is beyond them in UTC, and not in every time zone, is written in the
/// zone where it is not: whatever can be read in RFC 3339 is written in it. Times further away get a sign and more digits.
pub(crate) fn iso(time: DateTime<Utc>) -> String {
    const FARTHEST: i32 = (23 * 60 + 59) * 60;
    let zone = match time.year() {
        0..=9999 => return time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        ..0 => FixedOffset::east_opt(FARTHEST),
        10_000.. => FixedOffset::west_opt(FARTHEST),
    };
    // Near the ends of chrono's range there is no other zone.
    let there = zone.filter(|_| (-1..=10_000).contains(&time.year())).map(|zone| time.with_timezone(&zone));
    match there.filter(|time| (0..=9999).contains(&time.year())) {
        Some(time) => time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        None => time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

/// The same for a request; none where RFC 3339 cannot write the time.
pub(crate) fn rfc3339(time: DateTime<Utc>) -> Option<String> {
    Some(iso(time)).filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))
}
