//! The error of a call that cannot be made into a request.

use std::error::Error;
use std::fmt;

use crate::credential::CredentialError;
use crate::endpoint::EndpointError;
use crate::payload::PayloadError;
use crate::region::RegionError;

/// Why a call could not be made into a request. Nothing was sent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RequestError {
    /// A value cannot be represented on the wire.
    Payload(PayloadError),
    /// The host cannot be determined.
    Endpoint(EndpointError),
    /// The name of the region is invalid.
    Region(RegionError),
    /// The credential is invalid.
    Credential(CredentialError),
    /// The action must be signed, but there is no credential.
    NoCredential,
    /// A name or value that an HTTP header cannot hold.
    Header {
        /// Which one: `the version`.
        what: &'static str,
    },
    /// A parameter has a name that signature v1 uses itself.
    NameTaken {
        /// The name.
        name: String,
    },
    /// The action has a binary parameter, which can be sent only by POST with TC3.
    OnlyPost,
    /// A part of the request is larger than the cloud accepts.
    TooLarge {
        /// Which one: `the query of a GET`.
        what: &'static str,
        /// Its size in bytes.
        size: usize,
        /// The maximum size in bytes.
        limit: usize,
    },
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Payload(error) => error.fmt(f),
            Self::Endpoint(error) => error.fmt(f),
            Self::Region(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
            Self::NoCredential => f.write_str("the action must be signed, but the client has no credential"),
            Self::Header { what } => write!(f, "{what} contains a character that an HTTP header cannot hold"),
            Self::NameTaken { name } => {
                write!(f, "signature v1 reserves the parameter name `{name}`: sign this call with TC3")
            }
            Self::OnlyPost => f.write_str("an action with a binary parameter can be sent only by POST with TC3"),
            Self::TooLarge { what, size, limit } => {
                write!(f, "{what} is {size} bytes long; the cloud accepts at most {limit}")?;
                match *limit {
                    super::unsigned::MAX_GET => f.write_str(": use POST"),
                    super::unsigned::MAX_V1 => f.write_str(" with signature v1: use TC3"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl Error for RequestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Payload(error) => Some(error),
            Self::Endpoint(error) => Some(error),
            Self::Region(error) => Some(error),
            Self::Credential(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PayloadError> for RequestError {
    fn from(error: PayloadError) -> Self {
        Self::Payload(error)
    }
}

impl From<EndpointError> for RequestError {
    fn from(error: EndpointError) -> Self {
        Self::Endpoint(error)
    }
}

impl From<RegionError> for RequestError {
    fn from(error: RegionError) -> Self {
        Self::Region(error)
    }
}

impl From<CredentialError> for RequestError {
    fn from(error: CredentialError) -> Self {
        Self::Credential(error)
    }
}
