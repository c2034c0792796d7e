//! The borrowed value of a member, in the kinds that can be sent.

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, Utc};

use super::{Fields, Upload};
use crate::spec::{ParamSpec, Shape};

/// The borrowed value of a member.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// No value: the member is not sent.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// An integer without a sign.
    Uint(u64),
    /// A number with a fraction.
    Float(f64),
    /// A number with a fraction in single precision. It is sent as its shortest decimal.
    Float32(f32),
    /// A text.
    Text(&'a str),
    /// A value of an enum: its text, and whether it is documented.
    Enum(&'a str, bool),
    /// A time, sent in ISO 8601.
    Time(DateTime<Utc>),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A file with its name and media type.
    Upload(&'a Upload),
    /// A struct.
    Model(&'a dyn Fields),
    /// A list of texts.
    Texts(&'a [String]),
    /// Any other list.
    List(&'a dyn ValueList),
    /// Any JSON.
    Json(&'a serde_json::Value),
}

/// The items of a list.
pub trait ValueList {
    /// Returns the number of items.
    fn count(&self) -> usize;

    /// Returns the item at `index`.
    fn item(&self, index: usize) -> Value<'_>;
}

impl<'a> Value<'a> {
    /// Returns the number of items, or `None` if the value is not a list.
    pub fn count(&self) -> Option<usize> {
        match self {
            Self::Texts(texts) => Some(texts.len()),
            Self::List(items) => Some(items.count()),
            _ => None,
        }
    }

    /// Returns the item at `index`, or [`Value::Absent`] if the value is not a list.
    #[must_use]
    pub fn item(&self, index: usize) -> Value<'a> {
        match self {
            Self::Texts(texts) => Value::Text(&texts[index]),
            Self::List(items) => items.item(index),
            _ => Value::Absent,
        }
    }

    /// Returns the items. A value that is not a list has no items.
    pub fn items(self) -> impl Iterator<Item = Value<'a>> {
        (0..self.count().unwrap_or(0)).map(move |index| self.item(index))
    }
}

/// Returns the members of `model` that have a value, with their specs.
pub(crate) fn present(model: &dyn Fields) -> impl Iterator<Item = (&'static ParamSpec, Value<'_>)> {
    model.model().params.iter().enumerate().filter_map(move |(index, param)| match model.member(index) {
        Value::Absent => None,
        value => Some((param, value)),
    })
}

/// Returns the members of `model` that are sent, with their specs. An empty list is sent only if it is required or `Some`.
pub(crate) fn members(model: &dyn Fields) -> impl Iterator<Item = (&'static ParamSpec, Value<'_>)> {
    present(model).filter(|(param, value)| param.shape != Shape::Many || param.required || value.count() != Some(0))
}

/// Writes a time in ISO 8601: `2018-10-01T10:00:00Z`.
///
/// RFC 3339 allows the years 0 to 9999. A time that is beyond them in UTC, but not in another time zone, is written in that zone,
/// so that every time that was read in RFC 3339 is written in it. Other times have a sign and more digits in the year.
pub(crate) fn iso(time: DateTime<Utc>) -> String {
    const LARGEST_OFFSET: i32 = (23 * 60 + 59) * 60;
    let zone = match time.year() {
        0..=9999 => return time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        ..0 => FixedOffset::east_opt(LARGEST_OFFSET),
        10_000.. => FixedOffset::west_opt(LARGEST_OFFSET),
    };
    // Near the ends of chrono's range, a time cannot be converted to another zone.
    let there = zone.filter(|_| (-1..=10_000).contains(&time.year())).map(|zone| time.with_timezone(&zone));
    match there.filter(|time| (0..=9999).contains(&time.year())) {
        Some(time) => time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        None => time.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    }
}

/// As [`iso`], for a request. Returns `None` if RFC 3339 cannot express the time.
pub(crate) fn rfc3339(time: DateTime<Utc>) -> Option<String> {
    Some(iso(time)).filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))
}
