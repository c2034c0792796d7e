//! Pages and items of a list, and long lists in several calls.

mod by_name;
mod by_number;
mod by_token;
mod chunked;
mod in_order;
mod repeated;
mod sizes;
mod unreadable;

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};
use tc_core::{AnyAction, Error, PagedCall, RetryPolicy};

use crate::client::actions::{ListNumbers, Numbers};
use crate::client::caller::{BuildAs, Kind};

/// The result of a list: its items, its error, and the number of calls.
pub(super) struct Outcome<T> {
    pub(super) items: Vec<T>,
    pub(super) error: Option<Error>,
    pub(super) calls: usize,
}

impl<T> Outcome<T> {
    /// The text of its error, the number of items, and what the error must contain.
    pub(super) fn into_error(self, expected: &str) -> (String, usize, &str) {
        (self.error.map_or_else(String::new, |error| error.to_string()), self.items.len(), expected)
    }
}

/// Reads the items of `call` from this server, at most ten thousand.
pub(super) async fn run<C: PagedCall>(
    kind: Kind,
    call: &C,
    read_ahead: usize,
    answer: impl Fn(&Value) -> Value + Send + Sync + 'static,
) -> Outcome<C::Item> {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("demo", "2020-01-01", "ListNumbers", move |request: Value| Reply::json(answer(&request)));
    let client = emulator.client_builder().retry(RetryPolicy::none()).build_as(kind);
    let mut stream = client.items(call).read_ahead(read_ahead);
    let (mut items, mut error) = (Vec::new(), None);
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(found) => error = Some(found),
        }
        assert!(items.len() < 10_000, "it never ends");
    }
    assert!(stream.next().await.is_none(), "the end is the end");
    Outcome { items, error, calls: emulator.received().len() }
}

pub(super) fn any() -> AnyAction {
    AnyAction::new("demo", "2020-01-01", "ListNumbers")
}

pub(super) fn numbers(from: u64, to: u64) -> Vec<u64> {
    (from..to.max(from)).collect()
}

pub(super) fn ids(items: &[Value]) -> Vec<u64> {
    items.iter().map(|item| item["Id"].as_u64().unwrap()).collect()
}

/// Items `from` to `to` as objects.
pub(super) fn objects(from: u64, to: u64) -> Vec<Value> {
    numbers(from, to).iter().map(|id| json!({ "Id": id })).collect()
}

/// Starts an emulator with the numbers from 0; `total` is their number, which may change with each request.
pub(super) async fn emulator_with(total: impl Fn(u64) -> u64 + Send + Sync + 'static) -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    emulator.on::<ListNumbers>(move |requested: ListNumbers| {
        let (offset, limit) = (requested.offset.unwrap_or(0), requested.limit.unwrap_or(20));
        let total = total(offset);
        Numbers::new()
            .total_count(total)
            .number_set((offset..total.min(offset + limit).max(offset)).collect::<Vec<_>>())
    });
    emulator
}

/// Returns the requested offsets and limits, in the order of arrival.
pub(super) fn requested(emulator: &Emulator) -> Vec<(u64, u64)> {
    let window = |params: &serde_json::Value| (params["Offset"].as_u64().unwrap(), params["Limit"].as_u64().unwrap());
    emulator.received().iter().map(|received| window(&received.params)).collect()
}
