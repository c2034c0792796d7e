//! The socket, the routes, and the end after an idle time.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::Markup;
use serde_json::json;
use tokio::net::TcpListener;

use super::access::Access;
use super::idle::Idle;
use super::input::{Refused, json_response, object, query, text};
use super::{
    assets, check, code, destination, form, guard, history, page, paste, reference, search, send, signature, target,
};

/// The largest body that is read: a request of 10 MB with its bytes as base64.
const BODY: usize = 16 << 20;

/// What every route uses.
pub(super) type Shared = Arc<Server>;

/// The state of the server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) port: u16,
    pub(super) access: Access,
    pub(super) idle: Arc<Idle>,
    pub(super) writes: send::Writes,
    pub(super) titles: Vec<crate::docs::Title>,
}

/// A running Explorer.
#[derive(Debug)]
pub struct Explorer {
    url: String,
    serving: tokio::task::JoinHandle<io::Result<()>>,
}

impl Explorer {
    /// Starts the server on 127.0.0.1, at this port or, if the port is 0, at a free one. The server ends after the time `idle`
    /// without a request.
    ///
    /// # Errors
    /// The port is not free, or the operating system has no random numbers.
    pub async fn start(port: u16, idle: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let (access, token) = Access::new(port).map_err(io::Error::other)?;
        let idle = Idle::new(idle);
        let titles = tokio::task::spawn_blocking(crate::docs::titles).await.unwrap_or_default();
        let server = Server { port, access, idle: Arc::clone(&idle), writes: send::Writes::default(), titles };
        let routes = routes(Arc::new(server));
        let serving = tokio::spawn(async move {
            axum::serve(listener, routes).with_graceful_shutdown(async move { idle.ended().await }).await
        });
        Ok(Self { url: format!("http://127.0.0.1:{port}/?token={token}"), serving })
    }

    /// The URL to open, with the token that works once.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until the server has ended.
    ///
    /// # Errors
    /// The socket failed.
    pub async fn ended(self) -> io::Result<()> {
        self.serving.await.unwrap_or_else(|error| Err(io::Error::other(error)))
    }
}

fn routes(shared: Shared) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/start", get(start))
        .route("/assets/{name}", get(asset))
        .route("/search", get(search))
        .route("/action", get(action))
        .route("/part", get(part))
        .route("/reference", get(about))
        .route("/form", post(filled))
        .route("/check", post(checked))
        .route("/code", post(written))
        .route("/steps", post(signed))
        .route("/compare", post(compared))
        .route("/paste", post(pasted))
        .route("/send", post(sent))
        .route("/identity", get(identity))
        .route("/history", get(history_read).post(history_changed))
        .fallback(async || Refused::new(StatusCode::NOT_FOUND, "there is no such page"))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&shared), guard::guard))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(shared)
}

/// The page; or, with a token, the exchange for the cookie and the way to the page.
async fn index(State(shared): State<Shared>, uri: Uri) -> Response {
    let Some(given) = uri.query() else { return html(page::page(&shared)) };
    match shared.access.exchange(text(&query(Some(given)), "token")) {
        Some(cookie) => {
            (StatusCode::SEE_OTHER, [(LOCATION, "/start".to_owned()), (SET_COOKIE, cookie)]).into_response()
        }
        None => (StatusCode::FORBIDDEN, html(page::closed())).into_response(),
    }
}

/// A page that opens `/` itself, so that the browser sends the cookie. It does not send a `SameSite=Strict` cookie with a request that
/// comes from a link in a file or on another site, nor with the request after a redirect of such a request.
async fn start() -> Response {
    html(page::start())
}

async fn asset(Path(name): Path<String>) -> Response {
    match assets::find(&name) {
        Some(asset) => ([(CONTENT_TYPE, asset.media_type)], asset.text).into_response(),
        None => Refused::new(StatusCode::NOT_FOUND, "there is no such file").into_response(),
    }
}

async fn search(State(shared): State<Shared>, RawQuery(given): RawQuery) -> Result<Response, Refused> {
    Ok(html(search::list(&query(given.as_deref()), &shared.titles)?))
}

async fn action(RawQuery(given): RawQuery) -> Result<Response, Refused> {
    Ok(html(form::action(&target::target(&query(given.as_deref()))?)))
}

async fn part(RawQuery(given): RawQuery) -> Result<Response, Refused> {
    let query = query(given.as_deref());
    Ok(html(form::part(&target::target(&query)?, text(&query, "path"))?))
}

async fn about(RawQuery(given): RawQuery) -> Result<Response, Refused> {
    Ok(html(reference::page(&target::target(&query(given.as_deref()))?)?))
}

async fn filled(body: Bytes) -> Result<Response, Refused> {
    let input = object(&body)?;
    Ok(html(form::filled(&target::target(&input)?, &target::params(&input)?)))
}

async fn checked(body: Bytes) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &check::check(&object(&body)?)?))
}

async fn written(body: Bytes) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &code::code(&object(&body)?)?))
}

async fn signed(body: Bytes) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &signature::steps(&object(&body)?)?))
}

async fn compared(body: Bytes) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &signature::compared(&object(&body)?)?))
}

async fn pasted(body: Bytes) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &paste::read(&object(&body)?)?))
}

async fn sent(State(shared): State<Shared>, body: Bytes) -> Result<Response, Refused> {
    send::send(&shared, object(&body)?)
}

async fn identity(RawQuery(given): RawQuery) -> Result<Response, Refused> {
    Ok(json_response(StatusCode::OK, &destination::identity(text(&query(given.as_deref()), "profile"))?))
}

async fn history_read() -> Response {
    json_response(StatusCode::OK, &history::read())
}

async fn history_changed(body: Bytes) -> Result<Response, Refused> {
    history::write(&object(&body)?)?;
    Ok(json_response(StatusCode::OK, &json!({})))
}

/// A response of HTML.
pub(super) fn html(markup: Markup) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
}
