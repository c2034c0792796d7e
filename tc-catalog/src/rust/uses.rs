//! `use` and `mod` lines in the order and form that rustfmt gives them (style edition 2024).

use std::cmp::Ordering;

/// The maximum length of a line. As in rustfmt, a list on one line with its keyword is two characters shorter, and the
/// lines of a list on several lines are one character shorter.
const WIDTH: usize = 100;

/// `use super::{Filter, Instance};`, on as many lines as rustfmt needs; nothing without names.
pub(super) fn use_line(keyword: &str, path: &str, names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_by(|one, other| by_version(one, other));
    names.dedup();
    let one_line = match names.as_slice() {
        [] => return String::new(),
        [name] => format!("{keyword} {path}::{name};\n"),
        names => format!("{keyword} {path}::{{{}}};\n", names.join(", ")),
    };
    // The line's end does not count.
    if one_line.len() - 1 <= WIDTH - 2 || names.len() == 1 {
        return one_line;
    }
    let mut text = format!("{keyword} {path}::{{\n");
    let all: usize = names.iter().map(|name| name.len() + 2).sum();
    let width = if 3 + all <= WIDTH { WIDTH } else { WIDTH - 1 };
    let mut line = String::from("   ");
    for name in names {
        if line.len() + 1 + name.len() + 1 > width {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(name);
        line.push(',');
    }
    text + &line + "\n};\n"
}

/// The order that rustfmt gives to `use` lines and the names in them: as by bytes, but `_` comes first, and numbers count
/// as numbers (`V9` before `V10`). `mod` lines are ordered by their bytes alone.
pub(super) fn by_version(one: &str, other: &str) -> Ordering {
    let (mut one_rest, mut other_rest) = (one, other);
    loop {
        let (first, second) = match (next_chunk(&mut one_rest), next_chunk(&mut other_rest)) {
            (None, None) => return one.cmp(other),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(first), Some(second)) => (first, second),
        };
        let order = match (first, second) {
            ("_", "_") => Ordering::Equal,
            ("_", _) => Ordering::Less,
            (_, "_") => Ordering::Greater,
            (first, second) if is_number(first) && is_number(second) => {
                let (short, long) = (first.trim_start_matches('0'), second.trim_start_matches('0'));
                short.len().cmp(&long.len()).then_with(|| short.cmp(long)).then(second.len().cmp(&first.len()))
            }
            (first, second) => first.cmp(second),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The next `_`, number, or run of other characters.
fn next_chunk<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let first = rest.chars().next()?;
    let end = if first == '_' {
        Some(1)
    } else if first.is_ascii_digit() {
        rest.find(|letter: char| !letter.is_ascii_digit())
    } else {
        rest.find(|letter: char| letter.is_ascii_digit() || letter == '_')
    };
    let (chunk, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after;
    Some(chunk)
}

fn is_number(chunk: &str) -> bool {
    chunk.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_ordered_as_numbers() {
        let mut names = ["V10", "V9", "VA", "V", "V_a", "V09", "Va", "v_a", "v2_a"];
        names.sort_by(|one, other| by_version(one, other));
        assert_eq!(names, ["V", "V_a", "V09", "V9", "V10", "VA", "Va", "v_a", "v2_a"]);
    }

    #[test]
    fn long_lists_are_filled_to_the_width() {
        assert_eq!(use_line("use", "super", &[]), "");
        assert_eq!(use_line("use", "super", &["B"]), "use super::B;\n");
        assert_eq!(use_line("use", "super", &["B", "A", "A"]), "use super::{A, B};\n");
        let names: Vec<String> = (10..34).map(|number| format!("Name{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text = use_line("use", "super", &names);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0], lines[3]), (4, "use super::{", "};"));
        assert_eq!(lines[1].len(), 99, "{text}");
    }
}
