//! What to do about an error code.

use tc_spec::ErrorClass;

/// What an error code asks of the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explorer) struct Advice {
    /// A word.
    pub(in crate::explorer) class: &'static str,
    /// A sentence.
    pub(in crate::explorer) text: &'static str,
}

/// The advice for a code, whose class the documentation or the spelling of the code tells.
pub(in crate::explorer) fn of(code: &str, class: Option<ErrorClass>) -> Advice {
    let (class, text) = match class.or_else(|| ErrorClass::of(code)) {
        Some(ErrorClass::Throttle) => {
            ("throttled", "Wait and send again: the server did nothing. The client does so by itself.")
        }
        Some(ErrorClass::Retry) => (
            "server failure",
            "Send again later. The client does so by itself if the action may be sent twice. If it stays, give the RequestId to the support.",
        ),
        Some(ErrorClass::Auth) => (
            "credential",
            "Check the key, the signature, the clock of the machine and the permissions of the account. Sending the same again does not help.",
        ),
        Some(ErrorClass::Caller) => ("request", "Change the request: the message names the parameter."),
        Some(ErrorClass::Quota) => ("quota", "A quota is used up: free something, or ask for a higher quota."),
        Some(ErrorClass::State) => (
            "state",
            "The resource is absent, busy or sold out: look at its state, wait for it, or choose another one or another zone.",
        ),
        None => by_name(code),
    };
    Advice { class, text }
}

/// Codes that the common rules do not know, by their first word.
fn by_name(code: &str) -> (&'static str, &'static str) {
    let first = code.split('.').next().unwrap_or_default();
    if first.ends_with("NotFound") || first.ends_with("NotExist") {
        ("state", "Check the name or the id, and the region: what the request names does not exist there.")
    } else if first.starts_with("Invalid") || first.starts_with("Missing") || first.starts_with("Unsupported") {
        ("request", "Change the request: the message names the parameter.")
    } else if first == "OperationDenied" {
        (
            "state",
            "The state of the resource or the rules of the account forbid it: read the message, and look at the resource.",
        )
    } else if first == "DryRunOperation" {
        ("success", "A dry run that would have succeeded: send it without the parameter DryRun.")
    } else {
        (
            "failed",
            "Read the message: the word after the dot names the cause. Whether sending again helps depends on it.",
        )
    }
}
