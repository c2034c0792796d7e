//! Times as the cloud writes them, read without a general parser: it was a third of what an answer full of times cost.

use std::fmt;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// A time on its way in.
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
        usual(text).map_or_else(|| text.parse().map_err(E::custom), Ok).map(Time)
    }
}

/// The two forms the cloud uses: `2018-10-01T10:00:00Z` and `2018-10-01T18:00:00+08:00`. None of any other text.
fn usual(text: &str) -> Option<DateTime<Utc>> {
    let (at, zone) = text.as_bytes().split_first_chunk::<19>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', i1, i2, b':', s1, s2] = *at else {
        return None;
    };
    let ahead = match *zone {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (two(h1, h2)?, two(m1, m2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i64::from(hours * 3600 + minutes * 60);
            if sign == b'+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), two(m1, m2)?, two(d1, d2)?)?;
    let local = date.and_hms_opt(two(h1, h2)?, two(i1, i2)?, two(s1, s2)?)?;
    local.and_utc().checked_sub_signed(TimeDelta::seconds(ahead))
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_usual: bool) {
        let theirs = text.parse::<DateTime<Utc>>().ok();
        let json = serde_json::Value::from(text);
        assert_eq!(serde_json::from_value::<Time>(json).ok().map(|time| time.0), theirs, "{text}");
        assert_eq!(usual(text), theirs.filter(|_| is_usual), "{text}");
    }

    #[test]
    fn every_time_is_read_as_the_general_parser_reads_it() {
        for text in [
            "2018-10-01T10:00:00Z",
            "2018-10-01T10:00:00+08:00",
            "2018-10-01T10:00:00-23:59",
            "0000-01-01T00:00:00+08:00",
            "9999-12-31T23:59:59-08:00",
            "2020-02-29T23:59:59Z",
        ] {
            check(text, true);
        }
        for text in [
            "",
            "2018-10-01",
            "2018-10-01 10:00:00Z",
            "2018-10-01T10:00:00",
            "2018-10-01T10:00:00z",
            "2018-10-01T10:00:00.5Z",
            "2018-10-01T10:00:60Z",
            "2018-10-01T24:00:00Z",
            "2019-02-29T10:00:00Z",
            "2018-13-01T10:00:00Z",
            "2018-10-01T10:00:00+24:00",
            "2018-10-01T10:00:00+08:60",
            "2018-10-01T10:00:00+0800",
            "2018-1a-01T10:00:00Z",
            "+018-10-01T10:00:00Z",
            "2018-10-01T10:00:00Zé",
            "2018-10-01T10:00:000Z",
        ] {
            check(text, false);
        }
    }
}
