//! The parts of a URL: scheme, host with port, path.

use http::uri::{Authority, Scheme};

use super::EndpointError;

/// The scheme, host and path of a URL.
pub(super) struct Url<'a> {
    pub(super) scheme: Scheme,
    /// In lower case, with the port if it is not the default of the scheme.
    pub(super) host: String,
    /// Without a final slash: empty, or `/prefix`.
    pub(super) path: &'a str,
}

/// Splits `url` into its parts.
///
/// # Errors
/// The scheme is not http or https, the host is missing, or there is a query, a fragment or a user.
pub(super) fn parse(url: &str) -> Result<Url<'_>, EndpointError> {
    let refuse = |why| refuse(url, why);
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => Scheme::HTTP,
        "https" => Scheme::HTTPS,
        _ => return Err(refuse("its scheme is neither http nor https")),
    };
    if rest.contains('@') {
        return Err(refuse("it contains a user, which is not supported"));
    }
    if rest.contains(['?', '#']) {
        return Err(refuse("it has a query or a fragment; write only scheme, host and port"));
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = path.strip_suffix('/').unwrap_or(path);
    let authority: Authority = host.to_ascii_lowercase().parse().map_err(|_| refuse("its host is invalid"))?;
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
                .ok_or_else(|| refuse("its port is not a number from 1 to 65535"))?,
        ),
    };
    // HTTP libraries leave the default port out of `Host`, and the signed host must be the one that is sent.
    let default = if scheme == Scheme::HTTP { 80 } else { 443 };
    let host = match port.filter(|port| *port != default) {
        None => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    };
    Ok(Url { scheme, host, path })
}

/// The error for `url`. Leaves out the text before an `@`, which may be a password.
pub(super) fn refuse(url: &str, why: &'static str) -> EndpointError {
    let shown = url.rsplit_once('@').map_or(url, |(_, host)| host);
    EndpointError::Url { shown: shown.to_owned(), why }
}
