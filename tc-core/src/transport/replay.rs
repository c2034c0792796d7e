//! A transport for tests: it returns prepared responses and records the requests.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that returns prepared responses, one per request in their order, and records the requests.
///
/// Clones share both: a test keeps one clone and gives another to the client.
///
/// ```
/// use bytes::Bytes;
/// use tc_core::transport::{Replay, Transport};
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let replay = Replay::new([r#"{"Response":{"RequestId":"r-1"}}"#]);
/// let request = http::Request::post("http://cloud.example/").body(Bytes::from("{}")).unwrap();
/// assert_eq!(replay.send(request).await.unwrap().status(), 200);
/// assert_eq!(replay.requests()[0].body(), "{}");
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Replay(Arc<Mutex<Recording>>);

#[derive(Default)]
struct Recording {
    responses: VecDeque<ReplayStep>,
    requests: Vec<http::Request<Bytes>>,
}

/// What a [`Replay`] does with one request.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReplayStep {
    /// A response.
    Response(http::Response<Body>),
    /// The transport fails.
    Failure(TransportError),
    /// No response ever arrives.
    Silence,
}

impl Replay {
    /// Creates a transport with these responses. A text is the body of a response with status 200.
    pub fn new<A: Into<ReplayStep>>(responses: impl IntoIterator<Item = A>) -> Self {
        let responses = responses.into_iter().map(Into::into).collect();
        Self(Arc::new(Mutex::new(Recording { responses, requests: Vec::new() })))
    }

    /// Adds a response.
    pub fn push(&self, response: impl Into<ReplayStep>) {
        self.recording().responses.push_back(response.into());
    }

    /// Returns the requests so far, unchanged, with their `Authorization`.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.recording().requests.clone()
    }

    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows no request, since requests contain tokens and bodies.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recording = self.recording();
        write!(f, "Replay({} requests, {} responses left)", recording.requests.len(), recording.responses.len())
    }
}

impl Transport for Replay {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut recording = self.recording();
        recording.requests.push(request);
        let step = recording.responses.pop_front();
        drop(recording);
        Box::pin(async move {
            match step {
                Some(ReplayStep::Response(response)) => Ok(response),
                Some(ReplayStep::Failure(error)) => Err(error),
                Some(ReplayStep::Silence) => std::future::pending().await,
                None => {
                    Err(TransportError::new(TransportErrorKind::Request, "the replay has no response left").unsent())
                }
            }
        })
    }
}

impl From<&'static str> for ReplayStep {
    fn from(body: &'static str) -> Self {
        Self::Response(http::Response::new(body.into()))
    }
}

impl From<String> for ReplayStep {
    fn from(body: String) -> Self {
        Self::Response(http::Response::new(body.into()))
    }
}

impl<B: Into<Body>> From<http::Response<B>> for ReplayStep {
    fn from(response: http::Response<B>) -> Self {
        Self::Response(response.map(Into::into))
    }
}

impl From<TransportError> for ReplayStep {
    fn from(error: TransportError) -> Self {
        Self::Failure(error)
    }
}
