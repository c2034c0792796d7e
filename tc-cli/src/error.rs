//! What goes wrong in the command line, and the exit code for it.

use std::fmt;

/// The kind of a failure. It decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line cannot be read: a missing, ambiguous or mistyped argument, an unknown service or action.
    Arguments,
    /// Options that the action does not have, or a text that is not the JSON that it should be.
    Options,
    /// Parameters break documented limits; nothing was sent.
    Limits,
    /// A file cannot be read or written, or a profile or setting cannot be used.
    Configuration,
    /// There is no credential, or the cloud refuses it.
    Credential,
    /// The cloud could not be reached, or did not answer in time.
    Network,
    /// The cloud answered that there are too many calls.
    Throttled,
    /// The cloud answered with any other error.
    Api,
    /// The answer could not be read, or a query cannot be evaluated on it.
    Response,
    /// The result of `--until` did not arrive in time.
    Timeout,
    /// Anything else.
    Other,
}

impl Kind {
    /// All kinds, in the order in which the documentation lists them.
    pub const ALL: [Self; 11] = [
        Self::Other,
        Self::Arguments,
        Self::Options,
        Self::Limits,
        Self::Configuration,
        Self::Credential,
        Self::Network,
        Self::Throttled,
        Self::Api,
        Self::Response,
        Self::Timeout,
    ];

    /// The exit code: tccli's 252 and 255, or, if `fine`, one for each kind.
    pub const fn exit_code(self, fine: bool) -> u8 {
        match (self, fine) {
            (Self::Arguments | Self::Limits, false) => 252,
            (_, false) => 255,
            (Self::Other, true) => 1,
            (Self::Arguments, true) => 2,
            (Self::Options, true) => 3,
            (Self::Limits, true) => 4,
            (Self::Configuration, true) => 5,
            (Self::Credential, true) => 6,
            (Self::Network, true) => 7,
            (Self::Throttled, true) => 8,
            (Self::Api, true) => 9,
            (Self::Response, true) => 10,
            (Self::Timeout, true) => 11,
        }
    }
}

/// A failure: the message for standard error, and the kind that decides the exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: Kind,
    message: String,
}

impl Error {
    /// A failure of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The same failure with another line at the end of its message.
    #[must_use]
    pub(crate) fn with_line(mut self, line: &str) -> Self {
        self.message.push('\n');
        self.message.push_str(line);
        self
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// The message, on one or several lines.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Short for a failure of arguments.
pub(crate) fn arguments(message: impl Into<String>) -> Error {
    Error::new(Kind::Arguments, message)
}

/// Short for a failure of files and settings.
pub(crate) fn configuration(message: impl Into<String>) -> Error {
    Error::new(Kind::Configuration, message)
}
