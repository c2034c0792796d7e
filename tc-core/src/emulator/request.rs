//! A request as it arrived, and what it says of itself before anything is believed.

use bytes::Bytes;

/// A whole request.
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) path: String,
    /// The raw query, empty where there is none.
    pub(super) query: String,
    /// In the order of arrival, names in lower case.
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// The whole body, or nothing where it is larger than the gateway accepts.
    pub(super) body: Bytes,
    /// How many bytes the body had.
    pub(super) size: usize,
}

impl Arrived {
    /// The value of the header of this name (given in lower case), blanks around it gone.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        std::str::from_utf8(value).ok().map(|value| value.trim_matches([' ', '\t']))
    }

    /// The Content-Type without its parameters, in lower case; empty where there is none.
    pub(super) fn media_type(&self) -> String {
        let whole = self.header("content-type").unwrap_or_default();
        whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The first label of the host, where it is one of the cloud's.
    pub(super) fn service_of_host(&self) -> Option<&str> {
        let host = self.header("host")?;
        let name = host.split(':').next().unwrap_or_default();
        let (service, rest) = name.split_once('.')?;
        (rest == "tencentcloudapi.com" || rest.ends_with(".tencentcloudapi.com")).then_some(service)
    }
}

/// What a request says it is.
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
    /// What the headers of TC3 say. Service and SecretId are said by the signature.
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
