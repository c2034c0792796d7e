//! A signed request as text: what a client or a proxy logs.

use std::fmt;

/// A request with its `Authorization` header.
///
/// ```
/// use tc_cli::sign::SignedRequest;
/// let request: SignedRequest = "POST / HTTP/1.1\n\
///     Host: cvm.tencentcloudapi.com\n\
///     Content-Type: application/json\n\
///     X-TC-Timestamp: 1551113065\n\
///     Authorization: TC3-HMAC-SHA256 Credential=AKID/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=00\n\
///     \n\
///     {}".parse().unwrap();
/// assert_eq!((request.service.as_str(), request.body.as_str()), ("cvm", "{}"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// `POST` or `GET`.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query as it was sent, empty if the request has none.
    pub query: String,
    /// Headers in the order given, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The SecretId of the `Authorization`.
    pub secret_id: String,
    /// The date of its scope.
    pub date: String,
    /// The service of its scope.
    pub service: String,
    /// Its signed headers, in the order given.
    pub signed_headers: Vec<String>,
    /// Its signature.
    pub signature: String,
}

/// Shows neither headers nor body.
impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, service, date, .. } = self;
        write!(f, "SignedRequest({method}, {service}, {date})")
    }
}

/// The error of parsing a [`SignedRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseRequestError(String);

impl fmt::Display for ParseRequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseRequestError {}

fn refused<T>(message: impl Into<String>) -> Result<T, ParseRequestError> {
    Err(ParseRequestError(message.into()))
}

impl std::str::FromStr for SignedRequest {
    type Err = ParseRequestError;

    /// Reads the text of an HTTP request: a line with method and path, headers, an empty line, the body.
    ///
    /// # Errors
    /// The text is not a request, or has no `Authorization` of TC3-HMAC-SHA256.
    fn from_str(text: &str) -> Result<Self, ParseRequestError> {
        let mut rest = text.trim_start();
        let mut line = || {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            line.strip_suffix('\r').unwrap_or(line).to_owned()
        };
        let first = line();
        let mut words = first.split_whitespace();
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return refused("the first line must be that of an HTTP request: POST / HTTP/1.1");
        };
        if !matches!(method, "GET" | "POST") {
            return refused(format!("the method `{method}` is neither GET nor POST"));
        }
        let target = target.find("://").map_or(target, |at| {
            let after = &target[at + 3..];
            after.find('/').map_or("/", |slash| &after[slash..])
        });
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            let line = line();
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else {
                return refused(format!("`{}` is not a header", line.chars().take(40).collect::<String>()));
            };
            headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
        // An editor ends a file with a line feed that was not sent.
        let body = rest.strip_suffix("\r\n").or_else(|| rest.strip_suffix('\n')).unwrap_or(rest).to_owned();
        let find = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let Some(authorization) = find("authorization") else { return refused("there is no header `Authorization`") };
        let Some(fields) = authorization.strip_prefix("TC3-HMAC-SHA256") else {
            return refused("the Authorization does not begin with TC3-HMAC-SHA256");
        };
        let field = |name: &str| {
            let found = fields.split(',').find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='));
            found.map_or_else(
                || refused(format!("the Authorization has no {name}=")),
                |value| Ok(value.trim().to_owned()),
            )
        };
        let credential = field("Credential")?;
        let pieces: Vec<&str> = credential.split('/').collect();
        let &[secret_id, date, service, _] = pieces.as_slice() else {
            return refused("the Credential must have the form SecretId/date/service/tc3_request");
        };
        Ok(Self {
            method: method.to_owned(),
            path: if path.is_empty() { "/".to_owned() } else { path.to_owned() },
            query: query.to_owned(),
            body,
            secret_id: secret_id.to_owned(),
            date: date.to_owned(),
            service: service.to_owned(),
            signed_headers: field("SignedHeaders")?.split(';').map(str::to_lowercase).collect(),
            signature: field("Signature")?,
            headers,
        })
    }
}

impl SignedRequest {
    /// The value of a header; its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
