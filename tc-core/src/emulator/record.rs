//! What arrived: the emulator's memory of every request, for tests to look at.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use super::{ErrorResponse, Fault};

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
    /// The body; empty where a fault struck before it was read, and where the request was refused.
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
    /// The parameters as JSON, numbers and booleans in the types of the documentation; `null` where they were not read, and
    /// where a request of more than 64 KB was refused.
    pub params: Value,
    /// Where a parameter came in another type than documented and was taken all the same: `Limit: the text "20" as an integer`.
    pub coercions: Vec<String>,
    /// The canonical request that the emulator computed (with signature v1 its string to sign), to compare with your own;
    /// none where a request was refused and this is longer than 64 KB.
    pub canonical: Option<String>,
    /// Why it was refused, if it was.
    pub error: Option<ErrorResponse>,
    /// The fault injected, if one was.
    pub fault: Option<Fault>,
    /// The RequestId of the answer, empty where none was given.
    pub request_id: String,
    /// About how many bytes of memory a refused request takes; 0 for others.
    pub(super) weight: usize,
}

impl Received {
    /// The value of the header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether it was accepted: signed, known, within the limits.
    pub fn accepted(&self) -> bool {
        self.error.is_none()
    }
}

/// Every request that arrived, in order. Of refused ones, which anybody can send, only so much is kept.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) requests: Vec<Received>,
    /// About how many bytes the refused ones among them take.
    refused: usize,
}

impl Record {
    /// The most bytes of a refused request's parameters and canonical request that are kept.
    const LARGE: usize = 64 * 1024;
    /// The most bytes of refused requests together; then the older half of them goes.
    const REFUSED: usize = 64 * 1024 * 1024;
    /// About how many bytes of memory one byte of JSON becomes.
    const JSON: usize = 16;

    pub(super) fn push(&mut self, mut request: Received) {
        if request.error.is_some() {
            if request.target.len() + request.body.len() > Self::LARGE {
                request.params = Value::Null;
                request.coercions = Vec::new();
            }
            request.canonical = request.canonical.filter(|text| text.len() <= Self::LARGE);
            request.weight = Self::weight(&request);
            request.body = Bytes::new();
            self.refused += request.weight;
        }
        self.requests.push(request);
        if self.refused > Self::REFUSED {
            self.halve();
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Drops the older half of the refused requests, the newest one never.
    fn halve(&mut self) {
        let all = self.requests.iter().filter(|request| request.error.is_some()).count();
        let mut seen = 0;
        self.requests.retain(|request| {
            seen += usize::from(request.error.is_some());
            request.error.is_none() || seen > all / 2
        });
        self.refused = self.requests.iter().map(|request| request.weight).sum();
    }

    fn weight(request: &Received) -> usize {
        let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 64).sum();
        let params = if request.params.is_null() { 0 } else { request.target.len() + request.body.len() };
        let canonical = request.canonical.as_ref().map_or(0, String::len);
        size_of::<Received>() + headers + request.target.len() + canonical + params * Self::JSON
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
            .field("error", &self.error)
            .field("fault", &self.fault)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
