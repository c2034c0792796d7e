//! A URL taken apart: scheme, host with port, path.

use http::uri::{Authority, Scheme};

use super::EndpointError;

/// Scheme, host and path of a URL.
pub(super) struct Url<'a> {
    pub(super) scheme: Scheme,
    /// In lower case, with the port where that is not the scheme's own.
    pub(super) host: String,
    /// Without the slash at its end: empty, or `/prefix`.
    pub(super) path: &'a str,
}

/// Takes `url` apart.
///
/// # Errors
/// A URL of another scheme than http and https, without a host, or with a query, a fragment or a user.
pub(super) fn parse(url: &str) -> Result<Url<'_>, EndpointError> {
    let refuse = |why| refuse(url, why);
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => Scheme::HTTP,
        "https" => Scheme::HTTPS,
        _ => return Err(refuse("its scheme is neither http nor https")),
    };
    if rest.contains('@') {
        return Err(refuse("it names a user, and no request carries one"));
    }
    if rest.contains(['?', '#']) {
        return Err(refuse("it has a query or a fragment; give scheme, host and port alone"));
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = path.strip_suffix('/').unwrap_or(path);
    let authority: Authority =
        host.to_ascii_lowercase().parse().map_err(|_| refuse("it holds no host that can be read"))?;
    let host = authority.host();
    if host.is_empty() {
        return Err(refuse("it has no host"));
    }
    let port = match authority.as_str().strip_prefix(host).and_then(|rest| rest.strip_prefix(':')) {
        None => None,
        Some(port) => Some(
            port.parse::<u16>()
                .ok()
                .filter(|port| *port > 0)
                .ok_or_else(|| refuse("its port is no number between 1 and 65535"))?,
        ),
    };
    // HTTP libraries leave the scheme's own port out of `Host`, and what is signed must be what is sent.
    let default = if scheme == Scheme::HTTP { 80 } else { 443 };
    let host = match port.filter(|port| *port != default) {
        None => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    };
    Ok(Url { scheme, host, path })
}

/// An error that shows the URL; what stands before an `@` may be a password.
pub(super) fn refuse(url: &str, why: &'static str) -> EndpointError {
    let shown = url.rsplit_once('@').map_or(url, |(_, host)| host);
    EndpointError::Url { shown: shown.to_owned(), why }
}
