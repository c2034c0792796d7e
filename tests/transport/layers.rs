//! Services of tower around a transport: requests, responses and errors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tc_core::transport::{
    Body, BoxFuture, Replay, ServiceTransport, TransportError, TransportErrorKind, TransportService,
};
use tc_core::{AnyAction, Client, Credential, RetryPolicy};
use tower_service::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Counts requests, and fails where it is configured to.
#[derive(Clone)]
struct Layer<S> {
    inner: S,
    calls: Arc<AtomicUsize>,
    fails: Option<&'static str>,
}

impl<S> Service<http::Request<Body>> for Layer<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = TransportError>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        if self.fails == Some("not ready") {
            return Poll::Ready(Err("full".into()));
        }
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if self.fails == Some("called") {
            return Box::pin(async { Err("broken".into()) });
        }
        let sent = self.inner.call(request);
        Box::pin(async { Ok(sent.await?) })
    }
}

fn client(replay: &Replay, fails: Option<&'static str>) -> (Client, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let layer = Layer { inner: TransportService::new(replay.clone()), calls: Arc::clone(&calls), fails };
    let builder = Client::builder().credential(Credential::new("AKIDEXAMPLE", "secret")).retry(RetryPolicy::none());
    (builder.transport(ServiceTransport::new(layer)).build().unwrap(), calls)
}

fn call() -> AnyAction {
    AnyAction::new("cvm", "2017-03-12", "DescribeZones").params(serde_json::json!({"Name": "x"}))
}

#[tokio::test]
async fn a_call_passes_the_layers_unchanged() {
    let replay = Replay::new([r#"{"Response":{"TotalCount":3,"RequestId":"r-1"}}"#]);
    let (client, calls) = client(&replay, None);
    assert_eq!(client.send(&call()).await.unwrap()["TotalCount"], 3);
    assert_eq!((calls.load(Ordering::SeqCst), &replay.requests()[0].body()[..]), (1, &br#"{"Name":"x"}"#[..]));
}

#[tokio::test]
async fn errors_of_the_transport_are_returned_unchanged() {
    let replay = Replay::default();
    replay.push(TransportError::new(TransportErrorKind::Dns, "no such host").unsent());
    let error = client(&replay, None).0.send(&call()).await.unwrap_err();
    let tc_core::ErrorKind::Transport(transport) = error.kind() else { panic!("{error:?}") };
    assert_eq!((transport.kind(), error.is_unsent()), (TransportErrorKind::Dns, true));
}

#[tokio::test]
async fn an_error_of_a_layer_is_unsent_only_if_the_layer_was_not_ready() {
    for (fails, text, unsent) in [("not ready", "full", true), ("called", "broken", false)] {
        let error = client(&Replay::default(), Some(fails)).0.send(&call()).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.is_unsent(), unsent, "{error}");
    }
}
