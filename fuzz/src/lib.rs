//! The targets of `tests/fuzz`, for libFuzzer. Each takes any bytes and panics if it finds a bug.

#[path = "../../tests/fuzz/decode.rs"]
#[allow(clippy::pedantic, reason = "checked in tests/fuzz")]
mod decode;
#[path = "../../tests/fuzz/emulator.rs"]
mod emulator;
#[path = "../../tests/src/form.rs"]
mod form;
#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "libFuzzer does not return, so nothing removes the files")]
mod targets;

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident = $target:path;)*) => {$(
        $(#[$doc])*
        pub fn $name(input: &[u8]) {
            let _ = $target(input);
        }
    )*};
}

targets! {
    /// Responses of two actions. A value that is written and read again must be the same.
    answers = targets::answers;
    /// Responses of a model with a member of each kind, compared with plain serde.
    differential = decode::differential;
    /// Bodies up to 1 MB of a model that contains itself.
    large = decode::large;
    /// Server-sent events, cut at any byte.
    events = targets::events;
    /// Bodies compressed with gzip, within their limits.
    bodies = targets::bodies;
    /// Credentials files, and files of tccli.
    profiles = targets::profiles;
    /// The responses of the metadata service.
    metadata = targets::metadata;
    /// Endpoints, regions and gateways.
    endpoints = targets::endpoints;
    /// Requests to the emulator, signed and unsigned.
    emulator = emulator::target;
}
