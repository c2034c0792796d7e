//! The text of an HTTP request, or a URL.

use std::fmt;

use crate::explorer::input::Refused;

/// A request.
#[derive(Default)]
pub(super) struct Http {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    /// Names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Http {
    /// A request to a URL; the host is its first header.
    pub(super) fn to(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, target) = rest.split_at(end);
        let target = match target.strip_prefix('?') {
            Some(query) => format!("/?{query}"),
            None if target.is_empty() => "/".to_owned(),
            None => target.to_owned(),
        };
        Self {
            method: "GET".to_owned(),
            target,
            headers: vec![("host".to_owned(), host.to_owned())],
            body: String::new(),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The service: of the scope of the signature, or the first label of the host.
    pub(super) fn service(&self) -> Option<String> {
        let scope = self.header("authorization").and_then(|text| text.split_once("Credential=")?.1.split('/').nth(2));
        let host = self.header("host").filter(|host| host.contains("tencentcloudapi.com"));
        let label = host.and_then(|host| host.split('.').next());
        scope.or(label).map(str::to_owned)
    }

    /// The pairs of the query and of a body that is a form.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        let body = if self.body.trim_start().starts_with(['{', '[']) { "" } else { self.body.trim() };
        let pairs = [query, body].into_iter().flat_map(|text| form_urlencoded::parse(text.as_bytes()));
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .filter(|(name, _)| !name.is_empty())
            .collect()
    }
}

/// The request as text.
impl fmt::Display for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {} HTTP/1.1", self.method, self.target)?;
        self.headers.iter().try_for_each(|(name, value)| writeln!(f, "{name}: {value}"))?;
        write!(f, "\n{}", self.body)
    }
}

/// Reads the text of an HTTP request, or a URL.
///
/// # Errors
/// The text is neither.
pub(super) fn read(text: &str) -> Result<Http, Refused> {
    if text.starts_with("https://") || text.starts_with("http://") {
        let url = text.split_whitespace().next().unwrap_or_default();
        return Ok(Http::to(url));
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut words = first.split_whitespace();
    let (Some(method @ ("GET" | "POST")), Some(target)) = (words.next(), words.next()) else {
        return Err(Refused::bad(
            "the text is not a request: JSON, a curl command, an HTTP request (POST / HTTP/1.1 …), a URL, or a command line of tcapi is expected",
        ));
    };
    let mut http = Http { method: method.to_owned(), target: target.to_owned(), ..Http::default() };
    if target.contains("://") {
        let whole = Http::to(target);
        (http.target, http.headers) = (whole.target, whole.headers);
    }
    let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else {
            return Err(Refused::bad(format!("`{}` is not a header", line.chars().take(40).collect::<String>())));
        };
        http.headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
    }
    body.clone_into(&mut http.body);
    Ok(http)
}
