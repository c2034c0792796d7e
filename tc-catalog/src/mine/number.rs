//! Numbers and intervals at the beginning of a text, with the unit that follows.

use super::pattern::pattern;
use super::text::GROUP;
use crate::Number;

/// A number that was read, the unit written after it and the rest of the text.
#[derive(Debug, Clone)]
pub(super) struct Read<'a> {
    pub(super) value: Number,
    pub(super) unit: &'a str,
    pub(super) rest: &'a str,
}

/// Two ends, both included or not, the unit and the rest of the text.
#[derive(Debug, Clone)]
pub(super) struct Interval<'a> {
    pub(super) low: Number,
    pub(super) high: Number,
    pub(super) open_low: bool,
    pub(super) open_high: bool,
    /// Written in brackets with a comma, as a list of two values would be.
    pub(super) listed: bool,
    pub(super) unit: &'a str,
    pub(super) rest: &'a str,
}

/// Units, longest first. A number directly followed by other letters is not read.
const UNITS: &[&str] = &[
    "milliseconds",
    "hrs",
    "hr",
    "mins",
    "min",
    "millisecond",
    "characters",
    "character",
    "seconds",
    "second",
    "minutes",
    "minute",
    "months",
    "month",
    "hours",
    "hour",
    "years",
    "year",
    "weeks",
    "week",
    "bytes",
    "byte",
    "pixels",
    "pixel",
    "days",
    "day",
    "chars",
    "Mbit/s",
    "Mbps",
    "Gbps",
    "kbps",
    "Kbps",
    "bps",
    "个月",
    "分钟",
    "小时",
    "毫秒",
    "字节",
    "像素",
    "KB",
    "MB",
    "GB",
    "TB",
    "PB",
    "kB",
    "GiB",
    "MiB",
    "TiB",
    "KiB",
    "Byte",
    "ms",
    "px",
    "秒",
    "天",
    "日",
    "月",
    "年",
    "周",
    "分",
    "%",
    "s",
    "h",
    "d",
    "G",
    "M",
    "K",
    "T",
    "g",
    "m",
    "k",
    "fps",
    "Hz",
    "hz",
    "dB",
    "元",
    "B",
    "个字符",
    "字符",
    "字",
];

/// Reads `-?digits[.digits]` and its unit. A number in an expression, in a date or with an unknown suffix is not read.
pub(super) fn number(text: &str) -> Option<Read<'_>> {
    let found = loose(text)?;
    let grouped = found.rest.as_bytes();
    let group = grouped.len() > 3 && grouped[0] == b',' && grouped[1..4].iter().all(u8::is_ascii_digit);
    // This may be one number with a grouping comma, or two numbers.
    (!group || grouped.get(4).is_some_and(u8::is_ascii_digit)).then_some(found)
}

/// Reads a number that may be followed by a comma and another number.
fn loose(text: &str) -> Option<Read<'_>> {
    let text = text.trim_start().trim_start_matches('"');
    let (digits, rest) = digits(text)?;
    let value: Number = digits.parse().ok()?;
    let rest = rest.strip_prefix('"').unwrap_or(rest);
    let (value, rest) = scaled(value, rest)?;
    let (unit, rest) = unit(rest)?;
    Some(Read { value, unit, rest })
}

/// The digits at the beginning, without what groups them, and the rest.
fn digits(text: &str) -> Option<(String, &str)> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut end = text.len() - unsigned.len();
    let bytes = text.as_bytes();
    let whole = end;
    loop {
        if bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        } else if text[end..].starts_with(GROUP) {
            end += GROUP.len_utf8();
        } else {
            break;
        }
    }
    if end == whole {
        return None;
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
    }
    let digits = text[..end].trim_start_matches('+').chars().filter(|mark| *mark != GROUP).collect();
    Some((digits, &text[end..]))
}

/// Applies `万` and `亿`; other words of size are not read.
fn scaled(value: Number, rest: &str) -> Option<(Number, &str)> {
    for (word, factor) in [('万', 10_000), ('亿', 100_000_000)] {
        if let Some(rest) = rest.strip_prefix(word) {
            let (digits, scale) = value.parts();
            return Some((Number::decimal(digits.checked_mul(factor)?, scale)?, rest));
        }
    }
    if let Some(found) = pattern!(r"(?i)^\s?(million|thousand|billion|hundred)\b").captures(rest) {
        let factor = match found[1].to_ascii_lowercase().as_str() {
            "hundred" => 100,
            "thousand" => 1_000,
            "million" => 1_000_000,
            _ => 1_000_000_000,
        };
        let (digits, scale) = value.parts();
        return Some((Number::decimal(digits.checked_mul(factor)?, scale)?, &rest[found[0].len()..]));
    }
    if rest.starts_with(['千', '百', '十', '倍', '折', '多', '几', '^', '*', '/', '×', '_', '.', ':']) {
        let known = rest.starts_with(['.', ':']) && !rest[1..].starts_with(|next: char| next.is_ascii_digit());
        return if known { Some((value, rest)) } else { None };
    }
    Some((value, rest))
}

fn unit(rest: &str) -> Option<(&str, &str)> {
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let after = &rest[blank..];
    for unit in UNITS {
        let Some(left) = after.strip_prefix(unit) else { continue };
        let latin = unit.ends_with(|end: char| end.is_ascii_alphabetic());
        if latin && left.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_') {
            continue;
        }
        if blank > 0 && unit.len() == 1 && latin && left.starts_with([' ', ',']) && *unit != "s" {
            continue;
        }
        return Some((unit, left));
    }
    if blank == 0 && rest.starts_with(|next: char| next.is_ascii_alphanumeric()) {
        return None;
    }
    Some(("", rest))
}

/// Reads `[1, 100]`, `(0, 1]`, `1-100`, `1~100`, `1到100`, `1 to 100` and `0<x<=100`.
pub(super) fn interval(text: &str) -> Option<Interval<'_>> {
    let text = text.trim_start().trim_start_matches('"');
    let found = bracketed(text).or_else(|| plain(text, between)).or_else(|| compared(text));
    found.filter(|found| found.low <= found.high)
}

/// Reads `1 and 100` or `1和100` too: after a word such as "between".
pub(super) fn interval_between(text: &str) -> Option<Interval<'_>> {
    interval(text).or_else(|| {
        plain(text.trim_start(), |rest| ["and ", "和", "与"].into_iter().find_map(|word| rest.strip_prefix(word)))
    })
}

/// Reads an interval in brackets.
pub(super) fn bracketed(text: &str) -> Option<Interval<'_>> {
    let open_low = match text.as_bytes().first()? {
        b'[' => false,
        b'(' => true,
        _ => return None,
    };
    let low = loose(&text[1..])?;
    let rest = low.rest.trim_start();
    let (listed, rest) = match rest.strip_prefix(',') {
        Some(rest) => (true, rest),
        None => (false, between(rest)?),
    };
    let high = number(rest)?;
    let rest = high.rest.trim_start();
    let open_high = match rest.as_bytes().first()? {
        b']' => false,
        b')' => true,
        _ => return None,
    };
    if open_low && open_high && !listed {
        // `(1-100)` is an interval in parentheses.
        let (low, high, unit) = (low.value, high.value, high.unit);
        return Some(Interval { low, high, open_low: false, open_high: false, listed, unit, rest: &rest[1..] });
    }
    let rest = &rest[1..];
    let (unit, rest) = if high.unit.is_empty() { unit(rest)? } else { (high.unit, rest) };
    Some(Interval { low: low.value, high: high.value, open_low, open_high, listed, unit, rest })
}

fn plain(text: &str, between: fn(&str) -> Option<&str>) -> Option<Interval<'_>> {
    let low = number(text)?;
    let high = number(between(low.rest.trim_start())?)?;
    let rest = high.rest.trim_start();
    // A date, a time or a third number: not an interval.
    if rest.starts_with(['-', '~']) && rest[1..].trim_start().starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    if !low.unit.is_empty() && low.unit != high.unit {
        return None;
    }
    Some(Interval {
        low: low.value,
        high: high.value,
        open_low: false,
        open_high: false,
        listed: false,
        unit: high.unit,
        rest: high.rest,
    })
}

/// The text between the two ends of an interval.
fn between(text: &str) -> Option<&str> {
    for word in ["->", "~~", "--", "..", "~", "-", "到", "至", "to "] {
        if let Some(rest) = text.strip_prefix(word) {
            return Some(rest.trim_start());
        }
    }
    None
}

/// `0<x<=100`, in that order of the ends.
fn compared(text: &str) -> Option<Interval<'_>> {
    let low = number(text)?;
    let (open_low, rest) = less(low.rest.trim_start())?;
    let rest = rest.trim_start();
    let name = rest.find(['<', ' '])?;
    if name > 30 || rest[..name].contains(|mark: char| mark.is_ascii_digit()) {
        return None;
    }
    let (open_high, rest) = less(rest[name..].trim_start())?;
    let high = number(rest)?;
    Some(Interval {
        low: low.value,
        high: high.value,
        open_low,
        open_high,
        listed: false,
        unit: high.unit,
        rest: high.rest,
    })
}

fn less(text: &str) -> Option<(bool, &str)> {
    let rest = text.strip_prefix('<')?;
    Some(rest.strip_prefix('=').map_or((true, rest), |rest| (false, rest)))
}
