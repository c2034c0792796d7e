//! Units. A number in another unit than that of the member is not a limit of the member.

use super::pattern::pattern;

/// The units of time and of size that a description mentions.
#[derive(Debug, Default)]
pub(super) struct Units {
    times: Vec<&'static str>,
    sizes: Vec<&'static str>,
}

impl Units {
    /// The unit that a text declares ("in seconds"); without one, those it mentions after numbers.
    ///
    /// Parentheses after a number with a unit contain the same in another unit: `86400 s (1 day)`.
    pub(super) fn of(text: &str) -> Self {
        let declares = pattern!(
            r"(?:单位(?:为|是|[:：])?|以(?:为单位)?|(?i:units?)\s?(?:is\b|:)?|(?i:\bin)(?: (?:unit|units) of)?)\s*\(?\s*(毫秒|秒|分钟|小时|天|日|周|个月|月|年|ms\b|s\b|h\b|(?i:milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b|(?i:bytes?|[kmgtp]i?b(?:ps)?|[kmg]bit/s|bps)\b|字节)"
        );
        let mut units = Self::default();
        for found in declares.captures_iter(text) {
            units.add(&found[1]);
        }
        // "the number of seconds".
        for found in pattern!("(毫秒|秒|分钟|小时)数").captures_iter(text) {
            units.add(&found[1]);
        }
        // "Duration (milliseconds)", not the "(s)" of "item(s)".
        let alone = pattern!(
            r"[^A-Za-z\d]\(\s*(毫秒|秒|分钟|小时|天|字节|ms|s|(?i:milliseconds?|seconds?|minutes?|hours?|days?|bytes?|[kmgt]b))\s*\)"
        );
        for found in alone.captures_iter(text) {
            units.add(&found[1]);
        }
        if !units.times.is_empty() || !units.sizes.is_empty() {
            return units;
        }
        let plain =
            pattern!(r"(\d ?(?:[A-Za-z]+|毫秒|秒|分钟|小时|天|日|周|个月|月|年)) ?\([^()]*\)").replace_all(text, "$1");
        let mentions = pattern!(
            r"\d\s?(毫秒|秒|分钟|小时|天|日|周|个月|月|年|ms\b|s\b|h\b|(?i:milliseconds?|seconds?|minutes?|hours?|hrs?|days?|weeks?|months?|years?)\b|(?i:bytes?|bits?|[kmgtp]i?b(?:ps)?|[kmg]bit/s|bps)\b|字节|[KMGT]\b)"
        );
        for found in mentions.captures_iter(&plain) {
            units.add(&found[1]);
        }
        units
    }

    fn add(&mut self, unit: &str) {
        match family(unit) {
            Some(Family::Time(unit)) if !self.times.contains(&unit) => self.times.push(unit),
            Some(Family::Size(unit)) if !self.sizes.contains(&unit) => self.sizes.push(unit),
            _ => {}
        }
    }

    /// Whether a number in this unit may be a value of the member: it has no unit, a counter, or the member's unit.
    pub(super) fn fits(&self, unit: &str) -> bool {
        match family(unit) {
            None => !matches!(unit, "字符" | "个字符" | "字" | "character" | "characters" | "chars"),
            Some(Family::Time(unit)) => self.times.iter().all(|other| *other == unit),
            Some(Family::Size(unit)) => self.sizes.iter().all(|other| *other == unit),
        }
    }
}

enum Family {
    Time(&'static str),
    Size(&'static str),
}

fn family(unit: &str) -> Option<Family> {
    let lower = unit.to_ascii_lowercase();
    Some(match lower.as_str() {
        "毫秒" | "ms" | "millisecond" | "milliseconds" => Family::Time("ms"),
        "秒" | "s" | "second" | "seconds" => Family::Time("s"),
        "分钟" | "minute" | "minutes" | "min" | "mins" => Family::Time("min"),
        "小时" | "h" | "hr" | "hrs" | "hour" | "hours" => Family::Time("h"),
        "天" | "日" | "d" | "day" | "days" => Family::Time("d"),
        "周" | "week" | "weeks" => Family::Time("w"),
        "月" | "个月" | "month" | "months" => Family::Time("mon"),
        "年" | "year" | "years" => Family::Time("y"),
        "字节" | "byte" | "bytes" | "b" => Family::Size("B"),
        "kb" | "kib" | "k" => Family::Size("KB"),
        "mb" | "mib" | "m" => Family::Size("MB"),
        "gb" | "gib" | "g" => Family::Size("GB"),
        "tb" | "tib" | "t" => Family::Size("TB"),
        "pb" | "pib" => Family::Size("PB"),
        "bps" | "bit" | "bits" => Family::Size("bps"),
        "kbps" | "kbit/s" => Family::Size("kbps"),
        "mbps" | "mbit/s" => Family::Size("Mbps"),
        "gbps" | "gbit/s" => Family::Size("Gbps"),
        _ => return None,
    })
}
