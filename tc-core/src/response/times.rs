//! Reads times that are not written as in RFC 3339, if they are unambiguous.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

/// The offset of times that have no zone, in seconds.
const BEIJING: i32 = 8 * 3600;

/// Reads a time from a text or a number:
///
/// - `2022-01-01 00:00:00`, also with `T` or `/`, a fraction, or without seconds;
/// - with a zone: `Z`, `UTC`, `+08:00`, `+0800`, `+08`, `UTC+8`, and Go's `+0800 CST`; without a zone, the time is in +08:00;
/// - `2022-01-01`, the beginning of that day in +08:00;
/// - seconds since 1970 with nine to eleven digits and an optional fraction (1973 to 5138), or milliseconds with twelve or
///   thirteen digits. Other numbers are ambiguous and are not read: `20220101` may be a date, and `0` means no time.
pub(super) fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    // Some servers write a number with an exponent: 1.5383592E9.
    let decimal =
        text.contains(['e', 'E']).then(|| text.parse::<f64>().ok()).flatten().map(|number| number.to_string());
    let text = decimal.as_deref().unwrap_or(text);
    if let Some(time) = since_1970(text) {
        return Some(time);
    }
    let (date, rest) = text.split_once([' ', 'T', 't']).unwrap_or((text, ""));
    let date = day(date)?;
    let rest = rest.trim_start();
    let is_time = |character: char| character.is_ascii_digit() || matches!(character, ':' | '.');
    let (time, zone) = rest.split_at(rest.find(|character| !is_time(character)).unwrap_or(rest.len()));
    let zone = zone.trim();
    let time = match time {
        "" if zone.is_empty() && rest.is_empty() => NaiveTime::MIN,
        time => time_of_day(time)?,
    };
    offset(zone)?.from_local_datetime(&date.and_time(time)).single()
}

fn since_1970(text: &str) -> Option<DateTime<FixedOffset>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.starts_with('0') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let time = match whole.len() {
        9..=11 => DateTime::from_timestamp(number, nanoseconds(fraction))?,
        12 | 13 => DateTime::from_timestamp_millis(number)?,
        _ => return None,
    };
    Some(time.fixed_offset())
}

fn day(text: &str) -> Option<NaiveDate> {
    let between = if text.contains('/') { '/' } else { '-' };
    let mut parts = text.split(between);
    let year = number(parts.next().filter(|year| year.len() == 4)?)?;
    let (month, day) = (number(parts.next()?)?, number(parts.next()?)?);
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    (parts.next().is_none() && year > 0).then_some(date)
}

fn time_of_day(text: &str) -> Option<NaiveTime> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() || fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds(fraction))
}

fn offset(zone: &str) -> Option<FixedOffset> {
    if zone.is_empty() {
        return FixedOffset::east_opt(BEIJING);
    }
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return FixedOffset::east_opt(0);
    }
    let zone = zone.strip_prefix("UTC").or_else(|| zone.strip_prefix("GMT")).unwrap_or(zone);
    // Go writes the name of the zone after the offset.
    let (offset, name) = zone.split_once(' ').unwrap_or((zone, ""));
    let (sign, digits) = match offset.as_bytes().first()? {
        b'+' => (1, &offset[1..]),
        b'-' => (-1, &offset[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (number(hours).filter(|_| hours.len() <= 2)?, number(minutes)?);
    if !name.bytes().all(|byte| byte.is_ascii_alphabetic()) || hours > 23 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
}

/// Reads a number of at most four digits.
fn number(text: &str) -> Option<u32> {
    let few = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    few.then(|| text.parse().ok()).flatten()
}

/// Reads the first nine digits of a fraction of a second.
fn nanoseconds(fraction: &str) -> u32 {
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.fold(0, |sum, digit| sum * 10 + u32::from(digit.saturating_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unambiguous_times_are_read() {
        for (text, expected) in [
            ("2018-10-01 10:00:00", "2018-10-01T10:00:00+08:00"),
            ("2018-10-01T10:00:00", "2018-10-01T10:00:00+08:00"),
            (" 2018/10/1 9:05 ", "2018-10-01T09:05:00+08:00"),
            ("2018-10-01T10:00:00+0800", "2018-10-01T10:00:00+08:00"),
            ("2018-10-01T10:00:00.25-0330", "2018-10-01T10:00:00.25-03:30"),
            ("2018-10-01 10:00:00 +08", "2018-10-01T10:00:00+08:00"),
            ("2018-10-01 10:00:00 +0800 CST", "2018-10-01T10:00:00+08:00"),
            ("2018-10-01 10:00:00.123456789123 UTC", "2018-10-01T10:00:00.123456789Z"),
            ("2018-10-01 10:00:00Z", "2018-10-01T10:00:00Z"),
            ("2018-10-01 10:00:00.5", "2018-10-01T10:00:00.5+08:00"),
            ("2018-10-01", "2018-10-01T00:00:00+08:00"),
            ("1538359200", "2018-10-01T02:00:00Z"),
            ("1538359200.5", "2018-10-01T02:00:00.5Z"),
            ("1538359200000", "2018-10-01T02:00:00Z"),
            ("100000000", "1973-03-03T09:46:40Z"),
            ("1.5383592E9", "2018-10-01T02:00:00Z"),
            ("1.5383592e+9", "2018-10-01T02:00:00Z"),
            ("1.5383592E12", "2018-10-01T02:00:00Z"),
            ("1.5383592005E9", "2018-10-01T02:00:00.5Z"),
            ("1e9", "2001-09-09T01:46:40Z"),
            ("2018-10-01 10:00:00 UTC+8", "2018-10-01T10:00:00+08:00"),
            ("2018-10-01T10:00:00 GMT-03:30", "2018-10-01T10:00:00-03:30"),
        ] {
            let expected: DateTime<FixedOffset> = expected.parse().expect("a time");
            assert_eq!(read(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "-",
            "N/A",
            "0",
            "17",
            "20181001",
            "20181001100000",
            "-1538359200",
            "1e7",
            "1e99",
            "-1e9",
            "0000-00-00 00:00:00",
            "0000-01-01",
            "2018-02-30",
            "2018-10",
            "2018-10-01 25:00",
            "2018-10-01 10",
            "10/01/2018",
            "01-10-2018",
            "2018-10-01T10:00:00+24:00",
            "2018-10-01 10:00:00 CST",
            "2018-10-01 10:00:00 CST+8",
            "2018-10-01 10:00:00 UTC8",
            "2.0181001E7",
            "2018-10-01Z",
            "2018-10-01 +0800",
            "+2018-10-01",
            "2018-10-01 10:00:00.",
            "2018-10-01 10:00:00 +8é",
            "９",
            "1538359200.",
            "01538359200",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
