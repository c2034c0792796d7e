//! The recorded requests, for tests to inspect.

use std::fmt;

use bytes::Bytes;
use serde_json::Value;

use super::{ErrorResponse, Fault};

/// A received request, and the result of its checks.
///
/// `Debug` does not show header values, parameters or bodies, because they may contain secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The number of the connection, counted from 0.
    pub connection: u64,
    /// The method as sent: `POST` or `GET`.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// The headers in the order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body. Empty if a fault applied before it was read, or if a check failed.
    pub body: Bytes,
    /// The service; empty if the request does not contain it.
    pub service: String,
    /// The requested version.
    pub version: String,
    /// The requested action.
    pub action: String,
    /// The requested region; empty if the request has no region.
    pub region: String,
    /// The SecretId of the signature; empty if the request is not signed.
    pub secret_id: String,
    /// The parameters as JSON, numbers and booleans in their documented types. `null` if they were not read, or if a check failed
    /// for a request of more than 64 KB.
    pub params: Value,
    /// Parameters that arrived in another type than documented and were accepted: `Limit: the text "20" as an integer`.
    pub coercions: Vec<String>,
    /// The canonical request that the emulator computed (for signature v1 the string to sign), to compare with that of a client.
    /// `None` if a check failed and the text is longer than 64 KB.
    pub canonical: Option<String>,
    /// The error response, if a check failed.
    pub error: Option<ErrorResponse>,
    /// The injected fault, if any.
    pub fault: Option<Fault>,
    /// The RequestId of the response; empty if there was no response.
    pub request_id: String,
    /// The approximate size in memory of a request that failed a check; 0 for others.
    pub(super) weight: usize,
}

impl Received {
    /// The value of a header; the name is compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether all checks passed.
    pub fn accepted(&self) -> bool {
        self.error.is_none()
    }
}

/// The received requests in order. For those that failed a check, memory is limited: anybody can send them.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) requests: Vec<Received>,
    /// The approximate size of those that failed a check.
    failed_size: usize,
}

impl Record {
    /// The largest parameters and canonical request that are kept for a request that failed a check.
    const LARGE: usize = 64 * 1024;
    /// The largest size of all failed requests; above it, the older half is dropped.
    const FAILED: usize = 64 * 1024 * 1024;
    /// The approximate number of bytes in memory for one byte of JSON.
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
            self.failed_size += request.weight;
        }
        self.requests.push(request);
        if self.failed_size > Self::FAILED {
            self.halve();
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Drops the older half of the failed requests, but never the newest.
    fn halve(&mut self) {
        let all = self.requests.iter().filter(|request| request.error.is_some()).count();
        let mut seen = 0;
        self.requests.retain(|request| {
            seen += usize::from(request.error.is_some());
            request.error.is_none() || seen > all / 2
        });
        self.failed_size = self.requests.iter().map(|request| request.weight).sum();
    }

    fn weight(request: &Received) -> usize {
        let headers: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 64).sum();
        let params = if request.params.is_null() { 0 } else { request.target.len() + request.body.len() };
        let canonical = request.canonical.as_ref().map_or(0, String::len);
        let Received { service, version, action, region, secret_id, .. } = request;
        let names: usize = [service, version, action, region, secret_id].into_iter().map(String::len).sum();
        let error = request.error.as_ref().map_or(0, |error| error.code().len() + error.message().len());
        size_of::<Received>() + headers + request.target.len() + names + error + canonical + params * Self::JSON
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
