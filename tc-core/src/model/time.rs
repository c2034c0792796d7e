//! Reads times in RFC 3339.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A time that is read from a text.
pub(super) struct Time(pub(super) DateTime<Utc>);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TimeVisitor)
    }
}

struct TimeVisitor;

impl Visitor<'_> for TimeVisitor {
    type Value = Time;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time such as 2018-10-01T10:00:00Z")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Time, E> {
        match parse(text) {
            Ok(time) => Ok(Time(time)),
            Err(error) => Err(E::custom(error)),
        }
    }
}

/// Reads a time in RFC 3339. Years beyond 0 to 9999 have a sign: `+10000-01-01T00:00:00Z`.
pub(crate) fn parse(text: &str) -> chrono::ParseResult<DateTime<Utc>> {
    // `parse()` uses chrono's general parser, which is slow: a fifth of the decoding time of a response full of times.
    DateTime::parse_from_rfc3339(text)
        .map(Into::into)
        .or_else(|error| if is_far(text) { text.parse() } else { Err(error) })
}

/// Whether the year has a sign and is beyond 0 to 9999.
fn is_far(text: &str) -> bool {
    let digits = |year: &str| year.bytes().take_while(u8::is_ascii_digit).count();
    match text.strip_prefix('+') {
        Some(year) => digits(year) > 4,
        None => text.strip_prefix('-').is_some_and(|year| digits(year) >= 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read: Option<Time> = serde_json::from_value(text.into()).ok();
        assert_eq!(read.map(|time| time.0), expected.map(|text| text.parse().expect("a time")), "{text}");
    }

    #[test]
    fn only_times_in_rfc_3339_are_read() {
        for text in [
            "2018-10-01T10:00:00Z",
            "2018-10-01T10:00:00+08:00",
            "2018-10-01T10:00:00-23:59",
            "2018-10-01T10:00:00.5Z",
            "2018-10-01T10:00:60Z",
            "2018-10-01t10:00:00z",
            "2018-10-01 10:00:00Z",
            "0000-01-01T00:00:00+08:00",
            "9999-12-31T23:59:59-08:00",
            "2020-02-29T23:59:59Z",
        ] {
            check(text, Some(text));
        }
        for text in [
            "",
            "2018-10-01",
            "2018-10-01T10:00:00",
            "2018-10-01T24:00:00Z",
            "2019-02-29T10:00:00Z",
            "2018-13-01T10:00:00Z",
            "2018-10-01T10:00:00+24:00",
            "2018-10-01T10:00:00+08:60",
            "2018-1a-01T10:00:00Z",
            "+018-10-01T10:00:00Z",
            "2018-10-01T10:00:00Zé",
            "2018-10-01T10:00:000Z",
        ] {
            check(text, None);
        }
    }
}
