//! Panics in the user's code: handlers, observers and directories.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ErrorResponse;
use crate::text::shown;

/// The error code of a panic. It is not retryable: a second attempt could succeed and hide the failed assertion of a test.
const CODE: &str = "FailedOperation.Panic";

/// The most characters of a panic's text in an error response: the values of an `assert_eq!` may be long.
const LONGEST: usize = 4000;

/// Calls the user's code. `what` names this code in the error response.
///
/// # Errors
/// The code panicked. The message contains the text of the panic.
pub(super) fn caught<T>(what: &str, call: impl FnOnce() -> T) -> Result<T, ErrorResponse> {
    // The emulator's own state stays valid: its mutexes are locked with `lock`, also after a panic.
    catch_unwind(AssertUnwindSafe(call))
        .map_err(|panic| ErrorResponse::new(CODE, format!("{what} panicked: {}", text(&*panic))))
}

fn text(panic: &(dyn Any + Send)) -> String {
    let text = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text.as_str(),
        _ => "the value of the panic is not a text",
    };
    shown(text, LONGEST)
}
