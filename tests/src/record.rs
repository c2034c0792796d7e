//! Text that is kept in a file and compared: messages, expansions, tables. `TC_RECORD=1` writes all of it anew.

use std::path::Path;

/// Whether this run writes what others compare with.
pub fn recording() -> bool {
    std::env::var_os("TC_RECORD").is_some_and(|value| value != "0")
}

/// Compares `text` with the file at `path`, or writes it there when [`recording`].
///
/// # Panics
/// Where they differ; the panic shows the first line that does.
#[track_caller]
pub fn recorded(path: impl AsRef<Path>, text: &str) {
    if let Err(difference) = compare(path.as_ref(), text) {
        panic!("{difference}");
    }
}

/// As [`recorded`], with the difference as a value.
///
/// # Errors
/// What the file says and what was seen, from the first line that differs.
///
/// # Panics
/// Where the file cannot be written.
pub fn compare(path: &Path, text: &str) -> Result<(), String> {
    if recording() {
        std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return Ok(());
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if kept == text {
        return Ok(());
    }
    let same = kept.lines().zip(text.lines()).take_while(|(kept, seen)| kept == seen).count();
    let rest = |text: &str| text.lines().skip(same).take(12).flat_map(|line| ["    ", line, "\n"]).collect::<String>();
    Err(format!(
        "{} differs from line {}. It says\n{}and what was seen is\n{}TC_RECORD=1 writes it anew.",
        path.display(),
        same + 1,
        rest(&kept),
        rest(text)
    ))
}
