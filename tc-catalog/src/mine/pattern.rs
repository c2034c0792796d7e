//! Patterns compiled once.

/// The regular expression of a literal, compiled when it is first used.
macro_rules! pattern {
    ($($literal:expr),+ $(,)?) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new(concat!($($literal),+)).expect("the pattern is well formed"));
        &*PATTERN
    }};
}

pub(super) use pattern;
