//! A received request, and the names in it before they are verified.

use bytes::Bytes;

/// A complete request.
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) path: String,
    /// The raw query; empty if the request has no query.
    pub(super) query: String,
    /// The headers in the order of arrival, names in lower case.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// The whole body; empty if it is larger than the gateway accepts.
    pub(super) body: Bytes,
    /// The number of bytes of the body.
    pub(super) size: usize,
}

impl Arrived {
    /// The value of a header (name in lower case), without spaces around it.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        std::str::from_utf8(value).ok().map(|value| value.trim_matches([' ', '\t']))
    }

    /// The Content-Type without its parameters, in lower case; empty if the header is missing.
    pub(super) fn media_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The service in the host name, if it is a host name of the cloud.
    pub(super) fn service_of_host(&self) -> Option<&str> {
        let host = self.header("host")?;
        let name = host.split(':').next().unwrap_or_default();
        let (service, rest) = name.split_once('.')?;
        (rest == "tencentcloudapi.com" || rest.ends_with(".tencentcloudapi.com")).then_some(service)
    }
}

/// The identity and the action that a request claims.
#[derive(Debug, Clone, Default)]
pub(super) struct Claims {
    pub(super) service: String,
    pub(super) version: String,
    pub(super) action: String,
    pub(super) region: String,
    pub(super) secret_id: String,
    pub(super) timestamp: String,
    pub(super) token: String,
}

impl Claims {
    /// Reads the headers of TC3. Service and SecretId are part of the `Authorization` header.
    pub(super) fn of_headers(arrived: &Arrived) -> Self {
        let header = |name| arrived.header(name).unwrap_or_default().to_owned();
        Self {
            version: header("x-tc-version"),
            action: header("x-tc-action"),
            region: header("x-tc-region"),
            timestamp: header("x-tc-timestamp"),
            token: header("x-tc-token"),
            ..Self::default()
        }
    }
}
