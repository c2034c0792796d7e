//! The security rules: which requests are answered, and the headers of every response.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::input::Refused;
use super::page;
use super::server::{self, Shared};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Headers of every response.
const HEADERS: [(HeaderName, &str); 8] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Checks a request before its route sees it.
pub(super) async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let allowed = check(&shared, request.method(), request.uri(), request.headers());
    let mut response = match allowed {
        Ok(()) => {
            let _active = shared.idle.enter();
            next.run(request).await
        }
        // A person opened the page.
        Err(refused) if refused.status() == StatusCode::UNAUTHORIZED && request.uri().path() == "/" => {
            (StatusCode::UNAUTHORIZED, server::html(page::no_session())).into_response()
        }
        Err(refused) => refused.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn check(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
    let host = host(shared.port, uri, headers)?;
    // The exchange of the token and the step after it are the only routes without the cookie.
    let is_entry = method == Method::GET && (uri.path() == "/start" || (uri.path() == "/" && uri.query().is_some()));
    if is_entry {
        return Ok(());
    }
    if !shared.access.is_open_to(headers) {
        return Err(Refused::new(
            StatusCode::UNAUTHORIZED,
            "this browser has no session: open the URL that tcapi explorer printed",
        ));
    }
    if method == Method::GET || method == Method::HEAD {
        return read(uri, headers);
    }
    if method != Method::POST {
        return Err(Refused::new(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are accepted"));
    }
    change(host, headers)
}

/// A request that only reads. Where the browser says from where it comes, this must be the page itself.
fn read(uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
    match one(headers, &SEC_FETCH_SITE)? {
        None | Some("same-origin") => Ok(()),
        // A link, a bookmark, or an address that was typed.
        Some(_) if uri.path() == "/" => Ok(()),
        Some(_) => Err(Refused::foreign("Sec-Fetch-Site")),
    }
}

/// A request that sends or changes something.
fn change(host: &str, headers: &HeaderMap) -> Result<(), Refused> {
    let content_type = one(headers, &CONTENT_TYPE)?.unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json"));
    }
    let (origin, site) = (one(headers, &ORIGIN)?, one(headers, &SEC_FETCH_SITE)?);
    if origin.is_none() && site.is_none() {
        return Err(Refused::foreign("a request without Origin and Sec-Fetch-Site"));
    }
    if origin.is_some_and(|origin| origin.strip_prefix("http://") != Some(host)) {
        return Err(Refused::foreign("Origin"));
    }
    if site.is_some_and(|site| site != "same-origin") {
        return Err(Refused::foreign("Sec-Fetch-Site"));
    }
    Ok(())
}

/// The `Host` of a request, which must name this server: a foreign name means that somebody's domain points here.
fn host<'a>(port: u16, uri: &'a Uri, headers: &'a HeaderMap) -> Result<&'a str, Refused> {
    let foreign = || {
        Refused::new(
            StatusCode::MISDIRECTED_REQUEST,
            "Host must be 127.0.0.1 or localhost with the port of this server",
        )
    };
    let host = one(headers, &HOST)?.ok_or_else(foreign)?;
    let is_ours = |host: &str| {
        let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
        matches!(name, "127.0.0.1" | "localhost") && given == port.to_string()
    };
    match uri.authority() {
        Some(authority) if !is_ours(authority.as_str()) => Err(foreign()),
        _ if is_ours(host) => Ok(host),
        _ => Err(foreign()),
    }
}

/// The value of a header that may occur once.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refused> {
    let mut values = headers.get_all(name).into_iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) if value.to_str().is_ok() => Ok(value.to_str().ok()),
        _ => Err(Refused::new(StatusCode::BAD_REQUEST, format!("header {name}: one text is expected"))),
    }
}
