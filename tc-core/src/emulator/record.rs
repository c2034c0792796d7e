//! What arrived: the emulator's memory of every request, for tests to look at.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use super::{Fault, Refusal};

/// A request as it arrived, and what the emulator made of it.
///
/// Its `Debug` shows no header's value, no parameter and no body, since they may hold secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// Which connection it came over, counted from 0.
    pub connection: u64,
    /// `POST` or `GET`, as sent.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// The headers in the order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty where a fault struck before it was read.
    pub body: Bytes,
    /// The service, as far as it was said.
    pub service: String,
    /// The version asked for.
    pub version: String,
    /// The action asked for.
    pub action: String,
    /// The region asked for, empty where none was.
    pub region: String,
    /// The SecretId of the signature, empty where there was none.
    pub secret_id: String,
    /// The parameters as JSON, numbers and booleans in the types of the documentation; `null` where they were not read.
    pub params: Value,
    /// Where a parameter came in another type than documented and was taken all the same: `Limit: the text "20" as an integer`.
    pub coercions: Vec<String>,
    /// The canonical request the emulator computed (with signature v1 its string to sign), to hold against one's own.
    pub canonical: Option<String>,
    /// Why it was refused, if it was.
    pub refusal: Option<Refusal>,
    /// The fault injected, if one was.
    pub fault: Option<Fault>,
    /// The RequestId of the answer, empty where none was given.
    pub request_id: String,
}

impl Received {
    /// The value of the header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether it was accepted: signed, known, within the limits.
    pub fn accepted(&self) -> bool {
        self.refusal.is_none()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Received")
            .field("connection", &self.connection)
            .field("method", &self.method)
            .field("service", &self.service)
            .field("version", &self.version)
            .field("action", &self.action)
            .field("region", &self.region)
            .field("headers", &names)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("coercions", &self.coercions.len())
            .field("refusal", &self.refusal)
            .field("fault", &self.fault)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
