//! Detects defaults that differ from case to case, or that are those of something else.

use super::Subject;
use super::pattern::pattern;

/// Whether a text has several defaults, one for each case, or the default of one case.
pub(super) fn differ(text: &str) -> bool {
    // "A defaults to x; B defaults to y", "A, 默认 x".
    let of_a_name = pattern!(
        r"(?:^|[\n;,。:、)]) ?(?:若不填)?\s?([A-Za-z][A-Za-z0-9.+/ -]{1,60}?),? ?(?:默认(?:值|为|是|:|\s)*|\bdefaults to )[A-Za-z0-9]"
    );
    let in_a_line = pattern!(r"\n([A-Z][A-Za-z0-9]+)[.,][^\n:]{0,60}? Default value: ");
    let is_name = |name: &str| {
        !pattern!(r"(?i)\bdefault|^(?:it|this|and|or|which|optional|asc|desc|true|false)$").is_match(name.trim())
    };
    [of_a_name, in_a_line]
        .iter()
        .any(|form| form.captures_iter(text).filter(|found| is_name(&found[1])).count() >= 2)
        || pattern!(
            r"(?i)\bvalues for different [a-z ]+ are as follows|\bdefault value of [a-z ]+ is as follows|新建的[^,。;\n]{0,6}默认|默认与[^,。;\n]{1,20}一致"
        )
        .is_match(text)
        // "UNSPECIFIED (defaults to TRUE)" explains another value.
        || pattern!(r"\b[A-Z_]{5,} ?\((?:默认为|defaults to|default is) ?[A-Z_]+\)").is_match(text)
}

/// Whether a number has a unit that the name of the member excludes: "1 MB" of `MaxBytes`.
pub(super) fn has_other_unit(subject: &Subject<'_>, unit: &str) -> bool {
    subject.name.contains("Bytes") && pattern!("(?i)^[kmgt]i?b?$").is_match(unit)
}
