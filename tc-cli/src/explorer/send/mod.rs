//! Sends a call. The response to the page is a line of JSON for each attempt, each event and the end, written as they happen.

mod confirm;
mod ended;
mod trace;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tc_core::AnyAction;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::destination::{self, Destination};
use super::input::{Refused, json_response};
use super::server::Shared;
use super::{check, history, target};
use crate::actions::Target;
use crate::call;

pub(super) use confirm::Writes;
use trace::Trace;

/// The lines of the response to the page.
#[derive(Debug, Clone)]
struct Lines(UnboundedSender<Bytes>);

impl Lines {
    fn push(&self, value: &Value) {
        // The page may have been closed.
        let _ = self.0.send(Bytes::from(format!("{value}\n")));
    }
}

struct Receiver(UnboundedReceiver<Bytes>);

impl futures_core::Stream for Receiver {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|line| line.map(Ok))
    }
}

/// A call that was checked.
struct Sending {
    target: Target,
    params: Value,
    action: AnyAction,
    destination: Destination,
    input: Value,
}

/// Checks a call and sends it. The first request for a call that writes to the cloud returns the text that confirms it.
///
/// # Errors
/// The input names no action, or the parameters cannot be read.
pub(super) fn send(shared: &Shared, input: Value) -> Result<Response, Refused> {
    let target = target::target(&input)?;
    let params = target::params(&input)?;
    let action = target::action(&target, &params)?;
    let destination = Destination::of(&input)?;
    if let Err(violations) = action.validate() {
        let shown: Vec<Value> = violations.iter().map(|violation| check::shown(violation, &params)).collect();
        let refused = json!({"error": "the request breaks limits and was not sent", "violations": shown});
        return Ok(json_response(StatusCode::UNPROCESSABLE_ENTITY, &refused));
    }
    if destination.is_cloud && target::is_write(&target) {
        let call = json!([target.spec.service, target.spec.version, target.spec.name, &params, &input["to"]]);
        if !shared.writes.confirms(&call, input["confirm"].as_str().unwrap_or_default()) {
            let (name, profile, region) = (target.spec.name, destination.profile(), destination.region());
            let text =
                format!("{name} changes something. It is sent with the profile {profile} to the region {region}.");
            let confirm = shared.writes.ask(&call).map_err(|error| Refused::bad(error.to_string()))?;
            return Ok(json_response(StatusCode::CONFLICT, &json!({"confirm": confirm, "text": text})));
        }
    }
    let action = target.as_given(action, &params);
    let (sender, receiver) = unbounded_channel();
    let sending = Sending { target, params, action, destination, input };
    let active = shared.idle.enter();
    tokio::spawn(async move {
        let lines = Lines(sender);
        tokio::select! {
            () = lines.0.closed() => {}
            () = sending.run(&lines) => {}
        }
        drop(active);
    });
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(Receiver(receiver))).into_response())
}

impl Sending {
    async fn run(self, lines: &Lines) {
        let start = Instant::now();
        let end = match self.exchange(lines, start).await {
            Ok(end) => end,
            Err(refused) => json!({"kind": "failed", "message": refused.message()}),
        };
        let outcome = match end["kind"].as_str() {
            Some("answer" | "ended") => "ok",
            _ => end["code"].as_str().unwrap_or("failed"),
        };
        let sent = history::Sent {
            target: &self.target,
            params: &self.params,
            is_cloud: self.destination.is_cloud,
            outcome,
            request_id: end["requestId"].as_str().unwrap_or_default(),
            milliseconds: end["ms"].as_u64().unwrap_or_default(),
        };
        let problem = sent.save().err().map(|error| error.message().to_owned());
        let mut end = end;
        if let Some(problem) = problem {
            end["notSaved"] = Value::from(problem);
        }
        lines.push(&end);
    }

    async fn exchange(&self, lines: &Lines, start: Instant) -> Result<Value, Refused> {
        let emulator = if self.destination.is_cloud { None } else { Some(destination::emulator(&self.input).await?) };
        let trace = Arc::new(trace::Seen::new(lines.clone(), start));
        let builder = self.destination.client(&self.target, emulator.as_ref())?;
        let client = builder.interceptor(Trace(Arc::clone(&trace))).build();
        let client = client.map_err(|error| Refused::bad(error.to_string()))?;
        if call::is_streamed(&self.target, &self.params) {
            return Ok(self.events(&client, lines, start).await);
        }
        let result = client.send(&self.action).await;
        let ms = trace::milliseconds(start);
        Ok(match result {
            Ok(response) => ended::answer(&self.target, &response, trace.body().as_deref(), ms),
            Err(error) => ended::error(&error, trace.body().as_deref(), ms),
        })
    }

    /// A streamed answer: a line for each event.
    async fn events(&self, client: &tc_core::Client, lines: &Lines, start: Instant) -> Value {
        let mut events = client.call(&self.action).events();
        let mut count = 0_u32;
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => {
                    count += 1;
                    let (name, id) = (event.name().to_owned(), event.id().to_owned());
                    let text = event.into_inner().to_string();
                    let ms = trace::milliseconds(start);
                    lines.push(
                        &json!({"kind": "event", "number": count, "name": name, "id": id, "text": text, "ms": ms}),
                    );
                }
                Err(error) => return ended::error(&error, None, trace::milliseconds(start)),
            }
        }
        let request_id = events.request_id();
        json!({"kind": "ended", "events": count, "requestId": request_id, "ms": trace::milliseconds(start)})
    }
}
