//! The little of INI that credential files use: sections, `key = value`, comments.

/// The values of one section, none where there is no such section. Of a key said twice the last counts.
///
/// A comment begins with `#` or `;` at the start of a line or after a blank: no key or token holds a blank.
pub(super) fn section<'a>(text: &'a str, name: &str) -> Result<Option<Vec<(&'a str, &'a str)>>, String> {
    let mut found: Option<Vec<(&str, &str)>> = None;
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            let Some((title, _)) = rest.split_once(']') else {
                return Err(format!("has a `[` without `]` in line {}", number + 1));
            };
            inside = title.trim() == name;
            if inside {
                found.get_or_insert_default();
            }
            continue;
        }
        // The line may hold a secret, so its number has to do.
        let Some((key, value)) = line.split_once('=') else {
            return Err(format!("has neither `key = value` nor `[section]` in line {}", number + 1));
        };
        if let (true, Some(pairs)) = (inside, &mut found) {
            pairs.push((key.trim(), without_comment(value.trim())));
        }
    }
    Ok(found)
}

/// The last value of a key, whatever its case.
pub(super) fn value<'a>(pairs: &[(&'a str, &'a str)], key: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| *value)
}

fn without_comment(value: &str) -> &str {
    let comment = value
        .match_indices(['#', ';'])
        .find(|(at, _)| value[..*at].chars().next_back().is_none_or(char::is_whitespace));
    comment.map_or(value, |(at, _)| value[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, key: &str, expected: Option<&str>) {
        let pairs = section(text, "default").expect("the text is INI").unwrap_or_default();
        assert_eq!(value(&pairs, key), expected);
    }

    #[test]
    fn values_are_found_in_their_section_only() {
        let text = "\r\n# one\r\n[other]\r\na = 1\r\n[ default ]\r\nA=2\r\n; two\r\n[last]\r\na = 3";
        check(text, "a", Some("2"));
        check(text, "b", None);
        check("a = 1", "a", None);
    }

    #[test]
    fn a_value_may_hold_what_looks_like_syntax() {
        check("[default]\na = x=y#z;[w]", "a", Some("x=y#z;[w]"));
        check("[default]\na = xyz  ; read by Node only", "a", Some("xyz"));
        check("[default]\na = # nothing", "a", Some(""));
        check("[default]\na =", "a", Some(""));
        check("[default]\na = \"x\"", "a", Some("\"x\""));
    }

    #[test]
    fn a_key_or_a_section_said_again_adds_and_overrides() {
        check("[default]\na = 1\na = 2\n[b]\na = 9\n[default]\nc = 3", "a", Some("2"));
        check("[default]\na = 1\n[b]\n[default]\nc = 3", "c", Some("3"));
    }

    #[test]
    fn a_line_that_is_neither_is_told_by_its_number_and_not_shown() {
        let error = section("[default]\nsecret_key: TOPSECRET", "default").unwrap_err();
        assert_eq!(error, "has neither `key = value` nor `[section]` in line 2");
        assert_eq!(section("\n[default", "default").unwrap_err(), "has a `[` without `]` in line 2");
    }
}
