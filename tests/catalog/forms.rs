//! `page(…)` on hand-written structs: custom names, numbers as text, tokens that are numbers.

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};
use tc_core::{Action, request, tc_action, tc_model};

#[tc_model]
pub(crate) struct Numbers {
    pub(crate) numbers: Vec<u64>,
    pub(crate) result: Option<Next>,
}

#[tc_model]
pub(crate) struct Next {
    pub(crate) context: u64,
    pub(crate) has_more: bool,
}

/// Pages by number. The numbers are text and begin at 0.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(number = at, size = most, first = 0, items = numbers))]
pub(crate) struct ByText {
    pub(crate) at: Option<String>,
    pub(crate) most: Option<String>,
}

/// Pages by a token that is a number. A boolean tells whether another page follows.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(token = from, next = result.context, more = result.has_more, items = numbers))]
pub(crate) struct ByNumber {
    pub(crate) from: Option<u64>,
}

/// Pages with the usual names, which `page(…)` does not have to list.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(items = numbers))]
pub(crate) struct Usual {
    pub(crate) page_number: u64,
    pub(crate) page_size: Option<i64>,
}

async fn all<C: tc_core::PagedCall<Item = u64>>(emulator: &Emulator, call: &C) -> Vec<u64> {
    let mut items = emulator.client().items(call);
    let mut found = Vec::new();
    while let Some(number) = items.next().await {
        found.push(number.unwrap());
    }
    found
}

fn text(params: &Value, name: &str) -> u64 {
    params[name].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn page_numbers_may_be_text_and_begin_at_zero() {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("demo", "2020-01-01", "ByText", |received| {
        let (page, size) = (text(&received, "At"), text(&received, "Most"));
        Reply::json(json!({"Numbers": (page * size..25.min((page + 1) * size)).collect::<Vec<_>>()}))
    });
    assert_eq!(all(&emulator, &request!(ByText { most: "10" })).await, (0..25).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_token_may_be_a_number_and_end_by_a_boolean() {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("demo", "2020-01-01", "ByNumber", |received| {
        let from = received["From"].as_u64().unwrap_or(0);
        let next = json!({"Context": from + 10, "HasMore": from < 20});
        Reply::json(json!({"Numbers": (from..from + 10).collect::<Vec<_>>(), "Result": next}))
    });
    assert_eq!(all(&emulator, &ByNumber::new()).await, (0..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn usual_names_are_found() {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("demo", "2020-01-01", "Usual", |received| {
        let (page, size) = (received["PageNumber"].as_u64().unwrap(), 7);
        Reply::json(json!({"Numbers": ((page - 1) * size..20.min(page * size)).collect::<Vec<_>>()}))
    });
    let call = request!(Usual { page_number: 1, page_size: 7 });
    assert_eq!(all(&emulator, &call).await, (0..20).collect::<Vec<_>>());
    assert_eq!(Usual::SPEC.page.unwrap().size(), Some("PageSize"));
}
