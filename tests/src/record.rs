//! Compares texts with recorded files: messages, expansions, tables. `TC_RECORD=1` writes the files again.

use std::path::Path;

/// Whether this run writes the recorded files instead of comparing them.
pub fn recording() -> bool {
    std::env::var_os("TC_RECORD").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Compares `text` with the file at `path`, or writes the file if [`recording`].
///
/// # Panics
/// If they differ. The panic message shows the lines from the first difference on.
#[track_caller]
pub fn recorded(path: impl AsRef<Path>, text: &str) {
    if let Err(difference) = compare(path.as_ref(), text) {
        panic!("{difference}");
    }
}

/// Like [`recorded`], but returns the difference.
///
/// # Errors
/// The text of the file and the new text, from the first line that differs.
///
/// # Panics
/// If the file cannot be written.
pub fn compare(path: &Path, text: &str) -> Result<(), String> {
    if recording() {
        std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return Ok(());
    }
    let recorded = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if recorded == text {
        return Ok(());
    }
    let same = recorded.lines().zip(text.lines()).take_while(|(old, new)| old == new).count();
    let rest = |text: &str| text.lines().skip(same).take(12).flat_map(|line| ["    ", line, "\n"]).collect::<String>();
    Err(format!(
        "{} differs from line {} on. The file has\n{}and the new text has\n{}TC_RECORD=1 writes the file again.",
        path.display(),
        same + 1,
        rest(&recorded),
        rest(text)
    ))
}
