//! A transport for tests: answers prepared beforehand, requests kept for looking at.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Plays prepared answers, one a request in their order, and keeps the requests.
///
/// Clones share both, so that a test keeps one and gives the other to the client.
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
pub struct Replay(Arc<Mutex<Tape>>);

#[derive(Default)]
struct Tape {
    answers: VecDeque<ReplayStep>,
    requests: Vec<http::Request<Bytes>>,
}

/// What a [`Replay`] answers to one request.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReplayStep {
    /// A response.
    Response(http::Response<Body>),
    /// None: the transport fails.
    Failure(TransportError),
    /// Silence: the answer never comes.
    Silence,
}

impl Replay {
    /// These answers; a text is the body of a 200.
    pub fn new<A: Into<ReplayStep>>(answers: impl IntoIterator<Item = A>) -> Self {
        let answers = answers.into_iter().map(Into::into).collect();
        Self(Arc::new(Mutex::new(Tape { answers, requests: Vec::new() })))
    }

    /// One answer more.
    pub fn push(&self, answer: impl Into<ReplayStep>) {
        self.tape().answers.push_back(answer.into());
    }

    /// The requests so far, with all that was sent: their `Authorization` too.
    pub fn requests(&self) -> Vec<http::Request<Bytes>> {
        self.tape().requests.clone()
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows no request: they hold tokens and bodies.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tape = self.tape();
        write!(f, "Replay({} requests, {} answers left)", tape.requests.len(), tape.answers.len())
    }
}

impl Transport for Replay {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut tape = self.tape();
        tape.requests.push(request);
        let answer = tape.answers.pop_front();
        drop(tape);
        Box::pin(async move {
            match answer {
                Some(ReplayStep::Response(response)) => Ok(response),
                Some(ReplayStep::Failure(error)) => Err(error),
                Some(ReplayStep::Silence) => std::future::pending().await,
                None => Err(TransportError::new(TransportErrorKind::Request, "the replay has no answer left").unsent()),
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
