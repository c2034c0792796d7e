//! Regular expressions that are compiled once.

/// The regular expression of a literal, compiled when it is first used. Words and digits in it are of ASCII.
macro_rules! pattern {
    ($($literal:expr),+ $(,)?) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new(&$crate::mine::pattern::ascii(concat!($($literal),+))).expect("the pattern is well formed")
        });
        &*PATTERN
    }};
}

pub(super) use pattern;

/// Restricts the classes of a pattern to ASCII, so that a Chinese character next to a letter is not part of a word.
pub(super) fn ascii(pattern: &str) -> String {
    let mut ascii = String::with_capacity(pattern.len() + 64);
    let mut marks = pattern.chars();
    while let Some(mark) = marks.next() {
        if mark != '\\' {
            ascii.push(mark);
            continue;
        }
        match marks.next() {
            Some('b') => ascii.push_str(r"(?-u:\b)"),
            Some('w') => ascii.push_str("[0-9A-Za-z_]"),
            Some('W') => ascii.push_str("[^0-9A-Za-z_]"),
            Some('d') => ascii.push_str("[0-9]"),
            Some('D') => ascii.push_str("[^0-9]"),
            Some(other) => ascii.extend(['\\', other]),
            None => ascii.push('\\'),
        }
    }
    ascii
}
