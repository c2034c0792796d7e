//! Options that have no effect on a call, or that exclude each other.

use crate::args::Options;
use crate::error::{Error, arguments};

/// Pairs of options that cannot be given together.
const EXCLUSIVE: [[&str; 2]; 6] = [
    ["all", "until"],
    ["all", "waiter"],
    ["until", "waiter"],
    ["dry-run", "curl"],
    ["dry-run", "generate-cli-skeleton"],
    ["curl", "generate-cli-skeleton"],
];

/// Checks the options that tccli does not have: one without an effect would be a mistake that nobody sees.
///
/// # Errors
/// An option belongs to `tcapi sign`, needs another option, or cannot be given together with another.
pub(super) fn check(options: &Options) -> Result<(), Error> {
    for name in ["at", "compare"] {
        if options.has(name) {
            return Err(arguments(format!(
                "argument --{name}: has no effect on a call; it is an option of `tcapi sign`"
            )));
        }
    }
    for name in ["interval", "wait-timeout"] {
        if options.has(name) && !options.has("until") {
            return Err(arguments(format!("argument --{name}: has no effect without --until")));
        }
    }
    match EXCLUSIVE.iter().find(|pair| pair.iter().all(|name| options.has(name))) {
        None => Ok(()),
        Some([one, other]) => Err(arguments(format!("argument --{other}: not allowed with argument --{one}"))),
    }
}
