//! Reads credential files with the rules of Python's `configparser`.
//!
//! The format has sections, `key = value` or `key: value`, keys in any case, comments, values that continue in indented lines, and a
//! section `[DEFAULT]` whose values apply to every section. Only mistakes in the requested section are errors, because other
//! programs have their sections in the same files.

/// The section whose values apply to every section.
const DEFAULT: &str = "DEFAULT";

/// The values of one section, and those of `[DEFAULT]`.
#[derive(Debug, Default)]
pub(super) struct Section<'a> {
    own: Vec<Entry<'a>>,
    default: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
    line: usize,
    /// The first line that continues the value.
    continues: Option<usize>,
}

/// Returns the section of this name, or `None` if it does not exist.
///
/// # Errors
/// In this section or in `[DEFAULT]`: a line that is neither a key with a value nor the start of a section, or a duplicate key. Also
/// if the section occurs twice. The error contains the number of the line but not its text, which may be a secret.
pub(super) fn section<'a>(text: &'a str, name: &str) -> Result<Option<Section<'a>>, String> {
    let mut found = Section::default();
    // The first line of the requested section. `[DEFAULT]` may occur more than once, as in Python.
    let mut begins = None;
    let mut place = Place::Other;
    // The indentation of the last entry: lines with more indentation continue its value.
    let mut indent = None;
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let column = line.len() - line.trim_start().len();
        if indent.is_some_and(|indent| column > indent) {
            if let Some(entry) = found.at(place).and_then(|entries| entries.last_mut()) {
                entry.continues.get_or_insert(number);
                if entry.value.is_empty() {
                    (entry.value, entry.continues) = (without_comment(content), None);
                }
            }
            continue;
        }
        if let Some(title) = title(content) {
            indent = None;
            place = Place::of(title, name);
            if place == Place::Own
                && let Some(first) = begins.replace(number)
            {
                return Err(format!("has the section `[{name}]` twice, in lines {first} and {number}"));
            }
            continue;
        }
        indent = Some(column);
        let Some(entries) = found.at(place) else { continue };
        if content.starts_with('[') {
            return Err(format!("has a `[` that does not start a section in line {number}: write `[name]`"));
        }
        let Some((key, value)) = content.split_once(['=', ':']) else {
            return Err(format!("has neither `key = value` nor `[section]` in line {number}"));
        };
        let key = key.trim();
        if key.is_empty() {
            return Err(format!("has a value without a key in line {number}"));
        }
        if let Some(first) = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)) {
            return Err(format!("has the key `{key}` twice, in lines {} and {number}", first.line));
        }
        entries.push(Entry { key, value: without_comment(value.trim()), line: number, continues: None });
    }
    Ok(begins.map(|_| found).filter(|_| name != DEFAULT))
}

/// Whether the text has values or other content, but no section.
pub(super) fn has_only_values(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';'])).peekable();
    lines.peek().is_some() && lines.all(|line| title(line).is_none())
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Own,
    Default,
    Other,
}

impl Place {
    fn of(title: &str, name: &str) -> Self {
        match title {
            DEFAULT => Self::Default,
            title if title == name => Self::Own,
            _ => Self::Other,
        }
    }
}

impl<'a> Section<'a> {
    /// Returns the keys of the section itself.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.own.iter().map(|entry| entry.key)
    }

    fn at(&mut self, place: Place) -> Option<&mut Vec<Entry<'a>>> {
        match place {
            Place::Own => Some(&mut self.own),
            Place::Default => Some(&mut self.default),
            Place::Other => None,
        }
    }

    /// Returns the value of a key; `None` if it is not set or empty.
    ///
    /// # Errors
    /// If the value continues in another line. Values of credentials are never that long, so the line is a key that is indented by
    /// mistake.
    pub(super) fn value(&self, key: &str) -> Result<Option<&'a str>, String> {
        let named = |entries: &[Entry<'a>]| entries.iter().position(|entry| entry.key.eq_ignore_ascii_case(key));
        let entry = match (named(&self.own), named(&self.default)) {
            (Some(at), _) => &self.own[at],
            (None, Some(at)) => &self.default[at],
            (None, None) => return Ok(None),
        };
        match entry.continues {
            Some(line) => Err(format!(
                "line {line} is indented, so it continues the value of `{key}`; remove the spaces at the start of this line"
            )),
            None => Ok(Some(entry.value).filter(|value| !value.is_empty())),
        }
    }
}

/// The name of the section that a line starts.
fn title(line: &str) -> Option<&str> {
    let (title, _) = line.strip_prefix('[')?.rsplit_once(']')?;
    Some(title.trim()).filter(|title| !title.is_empty())
}

/// A comment starts with `#` or `;` after a space; keys and tokens contain no spaces.
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
        let section = section(text, "default").expect("the text can be read").unwrap_or_default();
        assert_eq!(section.value(key), Ok(expected));
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        let found = section(text, "default").map(|section| section.unwrap_or_default().value("a").map(drop));
        assert_eq!(found.unwrap_or_else(Err), Err(expected.to_owned()));
    }

    #[test]
    fn values_are_found_in_their_section_only() {
        let text = "\r\n# one\r\n[other]\r\na = 1\r\n[ default ] # two\r\nA=2\r\n; three\r\n[last]\r\na = 3";
        check(text, "a", Some("2"));
        check(text, "b", None);
        check("a = 1", "a", None);
        check("[Default]\na = 1", "a", None);
    }

    #[test]
    fn a_value_may_contain_syntax_characters() {
        check("[default]\na = x=y#z;[w]:", "a", Some("x=y#z;[w]:"));
        check("[default]\na: x=y", "a", Some("x=y"));
        check("[default]\na\t :x", "a", Some("x"));
        check("[default]\na = xyz  ; read by Node only", "a", Some("xyz"));
        check("[default]\na = xyz\t# a tab", "a", Some("xyz"));
        check("[default]\na = # nothing", "a", None);
        check("[default]\na =", "a", None);
        check("[default]\na = \"x\"", "a", Some("\"x\""));
    }

    #[test]
    fn the_default_section_applies_to_every_section_but_is_not_a_profile() {
        check("[DEFAULT]\na = 1\nb = 2\n[default]\na = 3", "a", Some("3"));
        check("[default]\na = 3\n[DEFAULT]\na = 1\n[DEFAULT]\nb = 2", "b", Some("2"));
        check("[DEFAULT]\na = 1\n[other]\n", "a", None);
        assert!(section("[DEFAULT]\na = 1", "DEFAULT").is_ok_and(|found| found.is_none()));
    }

    #[test]
    fn an_indented_line_continues_with_the_value_before_it() {
        check("[default]\nb = 1\n  more\n\n  # comment\n  a = 0\na = 2", "a", Some("2"));
        check("[default]\n  b = 1\n  a = 2", "a", Some("2"));
        check("[default]\n  b = 1\na = 2", "a", Some("2"));
        check("[default]\na =\n    2", "a", Some("2"));
        check("[default]\n\n    a = 2\n[other]\n    a = 3\n        more", "a", Some("2"));
        check_error(
            "[default]\na = 1\n  b = 2",
            "line 3 is indented, so it continues the value of `a`; remove the spaces at the start of this line",
        );
    }

    #[test]
    fn duplicates_are_an_error_in_the_requested_section() {
        check_error("[default]\na = 1\n\nA: 2", "has the key `A` twice, in lines 2 and 4");
        check_error("[default]\na = 1\n[b]\n[default]\n", "has the section `[default]` twice, in lines 1 and 4");
        check("[b]\nx = 1\nx = 2\n[b]\n[default]\na = 3", "a", Some("3"));
    }

    #[test]
    fn an_invalid_line_is_named_by_its_number_and_not_shown() {
        check_error("[default]\nTOPSECRET", "has neither `key = value` nor `[section]` in line 2");
        check_error("[default]\n= TOPSECRET", "has a value without a key in line 2");
        for line in ["[TOPSECRET", "[]"] {
            check_error(
                &format!("[default]\n{line}\n"),
                "has a `[` that does not start a section in line 2: write `[name]`",
            );
        }
    }

    #[test]
    fn a_mistake_in_another_section_is_ignored() {
        for foreign in ["TOPSECRET", "= x", "[b", "[]", "a = 1\na = 2", "a = 1\n  [default]"] {
            check(&format!("{foreign}\n[other]\n{foreign}\n[default]\na = 3\n[last]\n{foreign}\n"), "a", Some("3"));
        }
    }
}
