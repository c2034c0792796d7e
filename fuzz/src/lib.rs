//! The targets of `tests/fuzz`, for libFuzzer. Each takes any bytes and panics where it finds a mistake.

#[path = "../../tests/fuzz/decode.rs"]
#[allow(clippy::pedantic, reason = "checked where it belongs")]
mod decode;
#[path = "../../tests/fuzz/emulator.rs"]
mod emulator;
#[path = "../../tests/src/form.rs"]
mod form;
#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "the runner of tests/fuzz tidies up, libFuzzer never ends")]
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
    /// Answers of two actions; a value, written and read again, is itself.
    answers = targets::answers;
    /// Answers of a model with a member of each kind, beside plain serde.
    differential = decode::differential;
    /// Bodies up to 1 MB of a model that contains itself.
    large = decode::large;
    /// Server-sent events, cut anywhere.
    events = targets::events;
    /// Bodies in gzip, within their limits.
    bodies = targets::bodies;
    /// Credentials files, and those of tccli.
    profiles = targets::profiles;
    /// The answers of the metadata service.
    metadata = targets::metadata;
    /// Endpoints, regions, gateways.
    endpoints = targets::endpoints;
    /// Requests to the emulator, signed and not.
    emulator = emulator::target;
}
