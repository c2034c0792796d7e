//! Discards standard output, because one client prints the status of every call.

use std::fs::File;

use rustix::stdio::dup2_stdout;

/// Runs `work` with standard output discarded.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> std::io::Result<T> {
    let kept = rustix::io::dup(rustix::stdio::stdout())?;
    dup2_stdout(File::options().write(true).open("/dev/null")?)?;
    let out = work();
    dup2_stdout(kept)?;
    Ok(out)
}
