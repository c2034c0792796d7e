//! The errors of decoding a body.

use std::fmt;

use super::ApiError;

/// Why a body is not the response of the action.
#[derive(Debug)]
#[non_exhaustive]
pub enum DecodeError {
    /// The body is an error response.
    Api(ApiError),
    /// The body could not be decoded.
    Body(BodyError),
}

/// The error of decoding a body: the problem, the HTTP status, the id of the request, and the beginning of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyError {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) problem: BodyProblem,
    pub(crate) excerpt: Option<String>,
}

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyProblem {
    /// The body is empty, or has white space only.
    Empty,
    /// The body is not JSON, or ends early.
    NotJson {
        /// The error of the JSON parser.
        reason: String,
    },
    /// The body is a stream of events, although its `Content-Type` is another one:
    /// [`Client::events`](crate::Client::events) reads it.
    EventStream,
    /// The body is JSON without an object named `Response`.
    NoResponse,
    /// The response has members, but none that the action documents.
    NoKnownMember {
        /// The name of the first member.
        member: String,
    },
    /// A required member cannot be read as its documented type.
    Mismatch {
        /// The path of the member: `PersonSet.0.FaceInfoSet`.
        path: String,
        /// The documented type: "a list".
        expected: &'static str,
        /// The value in the response, as JSON; only its kind if the member is sensitive.
        found: String,
    },
    /// The HTTP status is not a success, and the body has no error.
    Status,
    /// The response has a member `Error` without a code.
    ErrorWithoutCode {
        /// The member, as JSON.
        error: String,
    },
    /// The JSON has more than 127 levels.
    TooDeep,
    /// The decoded value needs more memory than a body of this length allows: 32 times its length and 4 MiB.
    Memory,
    /// The response differs from its struct, and the client accepts no differences: see
    /// [`strict_answers`](crate::ClientBuilder::strict_answers).
    Differs {
        /// One sentence for each difference: members that are [missing](crate::Response::missing) or
        /// [not read](crate::Response::unread), [hints](crate::Response::hints), and [coercions](crate::Response::coercions).
        differences: Vec<String>,
    },
}

impl BodyError {
    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns what is wrong with the body.
    pub fn problem(&self) -> &BodyProblem {
        &self.problem
    }

    /// Returns the beginning of the body; `None` if the response type has a sensitive member or the body is untyped JSON.
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// Whether another attempt may return a complete body.
    pub(crate) fn is_retryable(&self) -> bool {
        match self.status {
            429 | 500.. => true,
            // The body of a redirect does not matter, and another attempt is redirected too.
            300.. => false,
            _ => matches!(self.problem, BodyProblem::Empty | BodyProblem::NotJson { .. }),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            BodyProblem::Empty | BodyProblem::NotJson { .. } if (300..400).contains(&self.status) => {
                f.write_str("the server redirected the request, and redirects are not followed: check the endpoint")?;
            }
            BodyProblem::Empty => f.write_str("the body of the response is empty")?,
            BodyProblem::NotJson { reason } => write!(f, "the body of the response is not JSON ({reason})")?,
            BodyProblem::EventStream => f.write_str(
                "the body of the response is a stream of events: call client.events(..) instead of client.send(..)",
            )?,
            BodyProblem::NoResponse => f.write_str("the body of the response is JSON without an object `Response`")?,
            BodyProblem::NoKnownMember { member } => {
                write!(f, "the response has the member `{member}`, and none of the documented members of this action")?;
            }
            BodyProblem::Mismatch { path, expected, found } => {
                write!(f, "`{path}` of the response is documented as {expected}, but is {found}")?;
            }
            BodyProblem::Status => f.write_str("the server returned an HTTP error")?,
            BodyProblem::ErrorWithoutCode { error } => {
                write!(f, "the server returned an error without a code: `Error` is {error}")?;
            }
            BodyProblem::TooDeep => f.write_str("the JSON of the response has more than 127 levels")?,
            BodyProblem::Memory => {
                f.write_str("the response would need more memory than 32 times its length")?;
            }
            BodyProblem::Differs { differences } => {
                const SHOWN: usize = 10;
                f.write_str("the response differs from its struct, and the client is set to strict_answers: ")?;
                for (index, difference) in differences.iter().take(SHOWN).enumerate() {
                    write!(f, "{}{difference}", if index == 0 { "" } else { "; " })?;
                }
                if differences.len() > SHOWN {
                    write!(f, "; and {} more", differences.len() - SHOWN)?;
                }
            }
        }
        write!(f, "; HTTP status {}", self.status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        match &self.excerpt {
            Some(excerpt) => write!(f, ", body: {excerpt}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for BodyError {}
