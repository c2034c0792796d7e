//! Why no request could be made of a call.

use std::error::Error;
use std::fmt;

use crate::credential::CredentialError;
use crate::endpoint::EndpointError;
use crate::payload::PayloadError;
use crate::region::RegionError;

/// Why no request could be made of a call. Nothing was sent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RequestError {
    /// A value has no form on the wire.
    Payload(PayloadError),
    /// The endpoint gives no host.
    Endpoint(EndpointError),
    /// The region is none.
    Region(RegionError),
    /// The credential cannot be one.
    Credential(CredentialError),
    /// The action needs a signature, and there is no credential.
    NoCredential,
    /// A name or value that no header can hold.
    Header {
        /// What it is: `the version`.
        what: &'static str,
    },
    /// Signature v1 has a parameter of this name for itself.
    NameTaken {
        /// The name.
        name: String,
    },
    /// The action's parameters travel by POST with TC3 only.
    OnlyPost,
    /// The form of the parameters and the method do not go together.
    Form {
        /// What the method and signature need.
        needed: &'static str,
    },
    /// Larger than the cloud takes.
    TooLarge {
        /// What is: `the query of a GET`.
        what: &'static str,
        /// Its size in bytes.
        size: usize,
        /// The greatest size in bytes.
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
            Self::NoCredential => f.write_str("the action must be signed, and there is no credential"),
            Self::Header { what } => write!(f, "{what} holds a character that no header can carry"),
            Self::NameTaken { name } => {
                write!(f, "signature v1 has a parameter `{name}` of its own: sign this call with TC3")
            }
            Self::OnlyPost => f.write_str("an action with a binary body travels by POST with TC3 only"),
            Self::Form { needed } => write!(f, "the parameters are in another form than {needed}"),
            Self::TooLarge { what, size, limit } => {
                write!(f, "{what} is {size} bytes long; the cloud takes {limit} at most")?;
                match *limit {
                    super::content::MAX_GET => f.write_str(": use POST"),
                    super::content::MAX_V1 => f.write_str(" with signature v1: use TC3"),
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
