//! Pages of servers that ignore the requested offset or limit, and pages of actions without a struct.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};
use tc_core::{AnyAction, Error, ErrorKind, PagedCall, Paging, RetryPolicy};

use crate::client::actions::ListNumbers;
use crate::client::caller::{BuildAs, Kind, both};

/// The result of a list: its items, its error, and the number of calls.
struct Outcome<T> {
    items: Vec<T>,
    error: Option<Error>,
    calls: usize,
}

impl<T> Outcome<T> {
    /// The text of its error, the number of items, and what the error must contain.
    fn into_error(self, expected: &str) -> (String, usize, &str) {
        (self.error.map_or_else(String::new, |error| error.to_string()), self.items.len(), expected)
    }
}

/// Reads the items of `call` from this server, at most ten thousand.
async fn run<C: PagedCall>(
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

fn any() -> AnyAction {
    AnyAction::new("demo", "2020-01-01", "ListNumbers")
}

/// Checks the numbers of `answer`, with a struct and without one, with and without reading ahead. `calls` is the maximum number of
/// calls.
async fn check(kind: Kind, calls: usize, expected: Vec<u64>, error: Option<&str>, answer: fn(u64, u64, u64) -> Value) {
    for read_ahead in [1, 8] {
        let numbered = || {
            let calls = AtomicU64::new(0);
            move |request: &Value| {
                let number = |name: &str| request[name].as_u64().unwrap();
                answer(calls.fetch_add(1, Ordering::SeqCst), number("Offset"), number("Limit"))
            }
        };
        let typed = run(kind, &ListNumbers::new(), read_ahead, numbered()).await;
        let by_name = any().params(json!({"Limit": 100})).page("NumberSet");
        let by_name = run(kind, &by_name, read_ahead, numbered()).await;
        let numbers: Vec<u64> = by_name.items.iter().map(|item| item.as_u64().unwrap()).collect();
        for (items, found, taken) in [(typed.items, typed.error, typed.calls), (numbers, by_name.error, by_name.calls)]
        {
            assert_eq!(items, expected, "read ahead {read_ahead}: {found:?}");
            assert!(taken <= calls + if read_ahead > 1 { 8 } else { 0 }, "{taken} calls");
            match (&found, error) {
                (None, None) => {}
                (Some(found), Some(error)) => {
                    assert!(found.to_string().contains(error), "{found}");
                    assert!(
                        matches!(found.kind(), ErrorKind::Paging(_)) && !found.is_retryable() && !found.is_unsent()
                    );
                    assert!(found.request_id().is_some());
                }
                _ => panic!("read ahead {read_ahead}: {found:?}"),
            }
        }
    }
}

fn numbers(from: u64, to: u64) -> Vec<u64> {
    (from..to.max(from)).collect()
}

/// A page of 300 numbers, of 2100 in all.
fn of_300(offset: u64) -> Vec<u64> {
    numbers(offset, 2100.min(offset + 300))
}

#[test]
fn pages_larger_than_requested_repeat_no_item() {
    both(async |kind| {
        // All items from the offset.
        check(
            kind,
            1,
            numbers(0, 500),
            None,
            |_, offset, _| json!({"TotalCount": 500, "NumberSet": numbers(offset, 500)}),
        )
        .await;
        check(kind, 2, numbers(0, 500), None, |_, offset, _| json!({"NumberSet": numbers(offset, 500)})).await;
        check(
            kind,
            2,
            numbers(0, 500),
            None,
            |_, offset, _| json!({"TotalCount": 0, "NumberSet": numbers(offset, 500)}),
        )
        .await;
        check(
            kind,
            2,
            numbers(0, 500),
            None,
            |_, offset, _| json!({"TotalCount": 100, "NumberSet": numbers(offset, 500)}),
        )
        .await;
        // Pages of 300 for every requested limit.
        check(kind, 7, numbers(0, 2100), None, |_, offset, _| json!({"TotalCount": 2100, "NumberSet": of_300(offset)}))
            .await;
        check(kind, 8, numbers(0, 2100), None, |_, offset, _| json!({"NumberSet": of_300(offset)})).await;
        // Only one such page, in the middle.
        check(kind, 20, numbers(0, 2100), None, |_, offset, limit| {
            let limit = if offset == 300 { 250 } else { limit };
            json!({"TotalCount": 2100, "NumberSet": numbers(offset, 2100.min(offset + limit))})
        })
        .await;
    });
}

#[test]
fn a_server_that_ignores_offset_and_limit_is_an_error() {
    both(async |kind| {
        let why = "ListNumbers: the server sent the same page twice. It seems to ignore the parameter `Offset`";
        // All items, each time.
        check(kind, 1, numbers(0, 500), None, |_, _, _| json!({"TotalCount": 500, "NumberSet": numbers(0, 500)})).await;
        check(kind, 2, numbers(0, 500), Some(why), |_, _, _| json!({"NumberSet": numbers(0, 500)})).await;
        check(kind, 2, numbers(0, 500), Some(why), |_, _, _| json!({"TotalCount": 501, "NumberSet": numbers(0, 500)}))
            .await;
        // The first page, each time, with any total.
        check(kind, 2, numbers(0, 100), Some(why), |_, _, limit| json!({"NumberSet": numbers(0, limit)})).await;
        check(
            kind,
            2,
            numbers(0, 100),
            Some(why),
            |_, _, limit| json!({"TotalCount": 200, "NumberSet": numbers(0, limit)}),
        )
        .await;
        check(
            kind,
            2,
            numbers(0, 100),
            Some(why),
            |_, _, limit| json!({"TotalCount": 5000, "NumberSet": numbers(0, limit)}),
        )
        .await;
        check(
            kind,
            2,
            numbers(0, 100),
            Some(why),
            |_, offset, limit| json!({"TotalCount": offset + 1000, "NumberSet": numbers(0, limit)}),
        )
        .await;
        check(
            kind,
            2,
            numbers(0, 100),
            Some(why),
            |_, _, limit| json!({"TotalCount": u64::MAX, "NumberSet": numbers(0, limit)}),
        )
        .await;
        // Two alternating pages.
        check(kind, 3, numbers(0, 200), Some(why), |_, offset, _| {
            let from = if offset / 100 % 2 == 0 { 0 } else { 100 };
            json!({"NumberSet": numbers(from, from + 100)})
        })
        .await;
        // A last page that is not full.
        check(kind, 2, numbers(0, 70), Some(why), |_, _, _| json!({"TotalCount": 100, "NumberSet": numbers(0, 70)}))
            .await;
    });
}

#[test]
fn many_equal_items_are_not_a_repetition() {
    both(async |kind| {
        check(
            kind,
            25,
            vec![0; 2500],
            None,
            |_, _, limit| json!({"TotalCount": 2500, "NumberSet": vec![0; usize::try_from(limit).unwrap()]}),
        )
        .await;
        check(kind, 26, vec![0; 2500], None, |_, offset, limit| {
        json!({"NumberSet": vec![0; usize::try_from(2500_u64.saturating_sub(offset).min(limit)).unwrap()]})
    })
    .await;
        // They end too.
        let endless = run(kind, &ListNumbers::new().limit(1_u64), 1, |_| json!({"NumberSet": [7]})).await;
        assert!(endless.items.len() <= 100 && endless.calls <= 101, "{} items", endless.items.len());
        assert!(endless.error.unwrap().to_string().contains("the same page repeatedly"));
        let growing = AtomicU64::new(10);
        let endless = run(
            kind,
            &ListNumbers::new(),
            1,
            move |_| json!({"TotalCount": growing.fetch_add(1000, Ordering::SeqCst), "NumberSet": [7, 7]}),
        )
        .await;
        assert!(endless.error.is_some() && endless.items.len() <= 300, "{} items", endless.items.len());
    });
}

#[test]
fn with_pages_of_any_size_each_item_is_returned_once() {
    both(async |kind| {
        for seed in 0..40_u64 {
            for read_ahead in [1, 5] {
                let total = seed * 13 % 900;
                let calls = AtomicU64::new(seed);
                let says = seed % 3;
                let outcome = run(kind, &ListNumbers::new().limit(20_u64), read_ahead, move |request| {
                    let (offset, limit) = (request["Offset"].as_u64().unwrap(), request["Limit"].as_u64().unwrap());
                    let dice = calls.fetch_add(7, Ordering::SeqCst).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60;
                    let size = match dice {
                        // Smaller pages need a total.
                        0..3 if says == 0 => 1 + dice,
                        3..6 => limit + 10 * dice,
                        _ => limit,
                    };
                    let page = numbers(offset, total.min(offset + size));
                    if says == 0 { json!({"TotalCount": total, "NumberSet": page}) } else { json!({"NumberSet": page}) }
                })
                .await;
                assert!(outcome.error.is_none(), "{:?}", outcome.error);
                assert_eq!(outcome.items, numbers(0, total), "seed {seed}, read ahead {read_ahead}");
            }
        }
    });
}

fn ids(items: &[Value]) -> Vec<u64> {
    items.iter().map(|item| item["Id"].as_u64().unwrap()).collect()
}

/// Items `from` to `to` as objects.
fn objects(from: u64, to: u64) -> Vec<Value> {
    numbers(from, to).iter().map(|id| json!({ "Id": id })).collect()
}

#[test]
fn an_action_without_a_struct_uses_the_default_page_size_and_reads_numbers_sent_as_text() {
    both(async |kind| {
        let outcome = run(kind, &any().page("Data.List"), 4, |request| {
            assert!(request.get("Limit").is_none());
            let offset = request["Offset"].as_u64().unwrap();
            json!({"Data": {"TotalNum": "70", "List": objects(offset, 70.min(offset + 20))}})
        })
        .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(0, 70), 4));
        let call =
            any().params(json!({"Offset": "10", "Limit": "30", "Name": "x"})).page(Paging::new("List").total("Count"));
        let outcome = run(kind, &call, 1, |request| {
        assert_eq!(request["Name"], "x");
        let number = |name: &str| request[name].as_str().unwrap().parse::<u64>().unwrap();
        json!({"Count": 70, "Total": 10, "List": objects(number("Offset"), 70.min(number("Offset") + number("Limit")))})
    })
    .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(10, 70), 2));
        let outcome = run(kind, &any().page(Paging::new("List").offset("Start", "Count")), 1, |request| {
            let offset = request["Start"].as_u64().unwrap();
            json!({"List": objects(offset, 50.min(offset + 20))})
        })
        .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(0, 50), 4), "an empty page is the end");
    });
}

#[test]
fn pages_by_number_are_in_order_with_any_size() {
    both(async |kind| {
        for read_ahead in [1, 4] {
            for cap in [10, 25, 40] {
                let paging = Paging::new("List").number("PageNumber", "PageSize");
                for params in [json!({"PageSize": 25}), json!({})] {
                    let sized = params.get("PageSize").is_some();
                    let outcome = run(kind, &any().params(params).page(paging.clone()), read_ahead, move |request| {
                        let (number, size) = (request["PageNumber"].as_u64().unwrap(), request["PageSize"].as_u64());
                        assert_eq!(size, sized.then_some(25));
                        let from = (number - 1) * cap;
                        json!({"TotalCount": 95, "List": objects(from, 95.min(from + cap))})
                    })
                    .await;
                    assert_eq!(ids(&outcome.items), numbers(0, 95), "read ahead {read_ahead}, {cap} a page");
                    assert!(outcome.error.is_none());
                }
            }
        }
        let from_the_third = any().params(json!({"PageNumber": 3, "PageSize": 10}));
        let outcome =
            run(kind, &from_the_third.page(Paging::new("List").number("PageNumber", "PageSize")), 1, |request| {
                let from = (request["PageNumber"].as_u64().unwrap() - 1) * 10;
                json!({"TotalCount": 45, "List": objects(from, 45.min(from + 10))})
            })
            .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(20, 45), 3));
        let ignored = any().page(Paging::new("List").number("PageNumber", "PageSize"));
        let outcome = run(kind, &ignored, 1, |_| json!({"TotalCount": 1000, "List": objects(0, 10)})).await;
        assert_eq!(outcome.items.len(), 10);
        assert!(outcome.error.unwrap().to_string().contains("ignore the parameter `PageNumber`"));
    });
}

#[test]
fn the_same_items_in_another_order_are_the_same_page() {
    both(async |kind| {
        let turned = |call: u64| {
            let mut items = objects(0, 10);
            items.rotate_left(usize::try_from(call % 10).unwrap());
            items
        };
        let calls = [
            (any().params(json!({"Limit": 10})).page("List"), "Offset"),
            (
                any().params(json!({"PageSize": 10})).page(Paging::new("List").number("PageNumber", "PageSize")),
                "PageNumber",
            ),
            (by_token(), "NextToken"),
        ];
        for (call, ignored) in calls {
            for total in [None, Some(1000)] {
                let count = AtomicU64::new(0);
                let outcome = run(kind, &call, 1, move |_| {
                    let call = count.fetch_add(1, Ordering::SeqCst);
                    json!({"TotalCount": total, "List": turned(call), "Page": {"Next": call.to_string()}})
                })
                .await;
                assert_eq!((outcome.items.len(), outcome.calls), (10, 2), "{ignored}");
                let error = outcome.error.unwrap().to_string();
                assert!(error.contains("the same page twice") && error.contains(ignored), "{error}");
            }
        }
    });
}

#[test]
fn pages_by_number_that_are_larger_than_requested_repeat_no_item() {
    both(async |kind| {
        let call = any().params(json!({"PageSize": 10})).page(Paging::new("List").number("PageNumber", "PageSize"));
        for read_ahead in [1, 4] {
            for (size, total) in [(11, Some(95)), (300, Some(1000)), (300, None), (25, None)] {
                // Each page begins at its number, but has more items.
                let outcome = run(kind, &call, read_ahead, move |request| {
                    let from = (request["PageNumber"].as_u64().unwrap() - 1) * 10;
                    let end = total.unwrap_or(500).min(from + size);
                    json!({"TotalCount": total, "List": objects(from.min(end), end)})
                })
                .await;
                let found = ids(&outcome.items);
                assert_eq!(found, numbers(0, size), "{size} {total:?}");
                let error = outcome.error.unwrap().to_string();
                assert!(error.contains("more items than the page size, and the next page repeats them"), "{error}");
            }
        }
    });
}

fn by_token() -> AnyAction {
    any().page(Paging::new("List").token("NextToken", "Page.Next").size("MaxResults"))
}

#[test]
fn pages_by_token_follow_it_to_the_end() {
    both(async |kind| {
        for last in [json!({}), json!({"Next": ""}), json!({"Next": null})] {
            let outcome = run(kind, &by_token().params(json!({"MaxResults": 10})), 8, move |request| {
                assert_eq!(request["MaxResults"], 10);
                let from = match request.get("NextToken") {
                    None => 0,
                    Some(token) => token.as_str().unwrap().strip_prefix("from-").unwrap().parse::<u64>().unwrap(),
                };
                let page = if from < 30 { json!({"Next": format!("from-{}", from + 10)}) } else { last.clone() };
                // A total is ignored here, and an empty page is not the end.
                let list = if from == 10 { vec![] } else { objects(from, from + 10) };
                json!({"TotalCount": 5, "List": list, "Page": page})
            })
            .await;
            assert_eq!(ids(&outcome.items), [numbers(0, 10), numbers(20, 40)].concat());
            assert_eq!((outcome.calls, outcome.error.map(|error| error.to_string())), (4, None));
        }
    });
}

#[test]
fn tokens_that_come_again_end_the_pages() {
    both(async |kind| {
        let why = "the server sent the same page token twice. It seems to ignore the parameter `NextToken`";
        for period in [1, 2, 5] {
            let calls = AtomicU64::new(0);
            let outcome = run(kind, &by_token(), 1, move |_| {
                let call = calls.fetch_add(1, Ordering::SeqCst);
                json!({"List": objects(call * 10, call * 10 + 10), "Page": {"Next": (call % period).to_string()}})
            })
            .await;
            assert_eq!(outcome.calls, usize::try_from(period).unwrap() + 1);
            assert!(outcome.error.unwrap().to_string().contains(why));
            let distinct: BTreeSet<u64> = ids(&outcome.items).into_iter().collect();
            assert_eq!(distinct.len(), outcome.items.len());
        }
        // New tokens for the same page, and for none.
        let calls = AtomicU64::new(0);
        let outcome = run(
            kind,
            &by_token(),
            1,
            move |_| json!({"List": objects(0, 10), "Page": {"Next": calls.fetch_add(1, Ordering::SeqCst)}}),
        )
        .await;
        assert!(outcome.error.unwrap().to_string().contains("the same page twice"));
        assert_eq!((outcome.items.len(), outcome.calls), (10, 2));
        let calls = AtomicU64::new(0);
        let outcome = run(
            kind,
            &by_token(),
            1,
            move |_| json!({"List": [], "Page": {"Next": calls.fetch_add(1, Ordering::SeqCst)}}),
        )
        .await;
        assert!(outcome.error.unwrap().to_string().contains("only empty pages") && outcome.calls < 200);
    });
}

#[test]
fn a_missing_list_is_an_error_with_its_path() {
    both(async |kind| {
        let outcome = run(kind, &any().page("Zones"), 1, |_| json!({"TotalCount": 2, "ZoneSet": [1, 2]})).await;
        let error = outcome.error.unwrap();
        assert_eq!(error.to_string(), "ListNumbers: the response has no list `Zones`; it has `TotalCount`, `ZoneSet`");
        let outcome = run(kind, &any().page("ZoneSet"), 1, |_| json!({"TotalCount": 2, "ZoneSet": {}})).await;
        assert_eq!(outcome.error.unwrap().to_string(), "ListNumbers: `ZoneSet` of the response is not a list");
        for empty in [json!({"TotalCount": 0}), json!({"TotalCount": 0, "ZoneSet": null}), json!({"ZoneSet": null})] {
            let outcome = run(kind, &any().page("ZoneSet"), 1, move |_| empty.clone()).await;
            assert!(outcome.error.is_none() && outcome.items.is_empty());
        }
        let outcome = run(kind, &any(), 1, |_| json!({})).await;
        let error = outcome.error.unwrap();
        assert!(error.to_string().contains("page(\"…\")") && error.is_unsent() && outcome.calls == 0, "{error}");
    });
}

#[tokio::test]
async fn at_most_a_thousand_pages_are_requested_concurrently() {
    use tc_core::transport::{Replay, ReplayStep};
    let page = json!({"Response": {"TotalCount": u64::MAX, "NumberSet": numbers(0, 100), "RequestId": "r"}});
    let replay = Replay::new([page.to_string()]);
    (0..6000).for_each(|_| replay.push(ReplayStep::Silence));
    let client = tc_core::Client::builder().credential(tc_core::Credential::new("AKIDX", "key"));
    let client = client.transport(replay.clone()).build().unwrap();
    let mut pages = client.pages(&ListNumbers::new()).read_ahead(5000);
    pages.next().await.unwrap().unwrap();
    let next = tokio::time::timeout(std::time::Duration::from_millis(1), pages.next()).await;
    assert!(next.is_err());
    assert_eq!(replay.requests().len(), 1001);
}

#[test]
fn a_list_that_cannot_be_read_does_not_end_the_pages_silently() {
    both(async |kind| {
        let numbers_then = |then: &'static str| {
            move |request: &Value| {
                let offset = request["Offset"].as_u64().unwrap();
                if offset < 200 {
                    return json!({"TotalCount": 500, "NumberSet": numbers(offset, offset + 100)});
                }
                serde_json::from_str(&format!(r#"{{"TotalCount": 500{then}}}"#)).unwrap()
            }
        };
        for (then, typed, by_name) in [
            (r#", "NumberSet": "N/A""#, r#"is documented as a list, but is "N/A""#, "is not a list"),
            (r#", "NumberSet": {}"#, "is documented as a list, but is {}", "is not a list"),
            (r#", "NUMBERSET": [1]"#, "the response has `NUMBERSET`", "the response has no list `NumberSet`"),
            (
                r#", "Other": [1]"#,
                "no list `NumberSet`; it has these members, which the struct does not have: `Other`",
                "the response has no list `NumberSet`",
            ),
            ("", "the response has no list `NumberSet`; the total is 500", "the response has no list `NumberSet`"),
        ] {
            let named = any().params(json!({"Limit": 100})).page("NumberSet");
            for (error, items, expected) in [
                run(kind, &ListNumbers::new(), 1, numbers_then(then)).await.into_error(typed),
                run(kind, &named, 1, numbers_then(then)).await.into_error(by_name),
            ] {
                assert!(error.starts_with("ListNumbers: ") && error.contains(expected), "{then}: {error}");
                assert!(!error.contains("ignore the parameter"), "{error}");
                assert_eq!(items, 200, "{then}");
            }
        }
        // The end, without items: the total has changed.
        for then in [r#", "NumberSet": []"#, r#", "NumberSet": null"#] {
            let outcome = run(kind, &ListNumbers::new(), 1, numbers_then(then)).await;
            assert_eq!((outcome.items.len(), outcome.error.map(|error| error.to_string())), (200, None), "{then}");
        }
        // An empty list in another form.
        for empty in ["{}", r#""""#, r#""-""#, r#""N/A""#] {
            for total in ["", r#""TotalCount": 0, "#] {
                let body: Value = serde_json::from_str(&format!(r#"{{{total}"NumberSet": {empty}}}"#)).unwrap();
                let (first, second) = (body.clone(), body);
                let typed = run(kind, &ListNumbers::new(), 1, move |_| first.clone()).await;
                let named = run(kind, &any().page("NumberSet"), 1, move |_| second.clone()).await;
                assert!(typed.items.is_empty() && typed.error.is_none(), "{empty}: {:?}", typed.error);
                assert!(named.items.is_empty() && named.error.is_none(), "{empty}: {:?}", named.error);
            }
        }
    });
}

#[test]
fn items_that_cannot_be_read_do_not_shift_the_pages() {
    both(async |kind| {
        for read_ahead in [1, 4] {
            for total in [true, false] {
                let outcome = run(kind, &ListNumbers::new().limit(100_u64), read_ahead, move |request| {
                    let offset = request["Offset"].as_u64().unwrap();
                    let page = numbers(offset, 350.min(offset + 100));
                    // Every 50th item is not a number.
                    let page: Vec<Value> =
                        page.iter().map(|id| if id % 50 == 7 { json!("-") } else { json!(id) }).collect();
                    if total { json!({"TotalCount": 350, "NumberSet": page}) } else { json!({"NumberSet": page}) }
                })
                .await;
                let expected: Vec<u64> = numbers(0, 350).into_iter().filter(|id| id % 50 != 7).collect();
                assert_eq!((outcome.items, outcome.calls), (expected, 4), "{:?}", outcome.error);
            }
        }
    });
}

#[test]
fn reading_a_million_pages_ahead_requests_only_those_that_exist() {
    both(async |kind| {
        let emulator = Emulator::start().await.unwrap();
        let here = Arc::new(AtomicU64::new(0));
        let counted = here.clone();
        emulator.answer("demo", "2020-01-01", "ListNumbers", move |request: Value| {
            counted.fetch_add(1, Ordering::SeqCst);
            let offset = request["Offset"].as_u64().unwrap();
            Reply::json(json!({"TotalCount": 3000, "NumberSet": numbers(offset, offset + 100)}))
        });
        let mut items = emulator.build_as(kind).items(&ListNumbers::new()).read_ahead(1_000_000);
        let mut found = Vec::new();
        while let Some(item) = items.next().await {
            found.push(item.unwrap());
        }
        assert_eq!((found, here.load(Ordering::SeqCst)), (numbers(0, 3000), 30));
    });
}

mod spec {
    use tc_core::spec::{ActionSpec, Limit, ModelRef, ModelSpec, PageForm, PageSpec, ParamSpec, Range, Shape, Type};

    const REQUEST: &ModelSpec = &ModelSpec::new(
        "ListNumbers",
        &[
            ParamSpec::new("Number", "number", Type::String, Shape::Maybe),
            ParamSpec::new("Size", "size", Type::UINT64, Shape::Maybe)
                .limits(&[Limit::Range(Range::Int { min: Some(1), max: Some(30) })]),
        ],
    );

    fn data() -> &'static ModelSpec {
        const DATA: &ModelSpec = &ModelSpec::new(
            "Data",
            &[
                ParamSpec::new("Sum", "sum", Type::UINT64, Shape::One),
                ParamSpec::new("IDList", "id_list", Type::UINT64, Shape::Many),
            ],
        );
        DATA
    }

    fn response() -> &'static ModelSpec {
        const RESPONSE: &ModelSpec = &ModelSpec::new(
            "ListNumbersResponse",
            &[ParamSpec::new("Data", "data", Type::Model(ModelRef::of(data)), Shape::Maybe)],
        );
        RESPONSE
    }

    pub(super) const SPEC: &ActionSpec = &ActionSpec::new("demo", "2020-01-01", "ListNumbers", REQUEST)
        .response(ModelRef::of(response))
        .rate(1000)
        .page(PageSpec {
            form: PageForm::Number { number: "Number", size: "Size", first: 0 },
            total: Some(&["data", "sum"]),
            items: &["data", "id_list"],
        });
}

#[test]
fn an_action_with_a_spec_pages_by_its_spec() {
    both(async |kind| {
        for read_ahead in [1, 4] {
            let outcome = run(kind, &AnyAction::from_spec(spec::SPEC), read_ahead, |request| {
                let from = request["Number"].as_str().unwrap().parse::<u64>().unwrap() * 30;
                assert_eq!(request["Size"], 30);
                json!({"Data": {"Sum": 100, "IDList": numbers(from, 100.min(from + 30))}})
            })
            .await;
            let found: Vec<u64> = outcome.items.iter().map(|item| item.as_u64().unwrap()).collect();
            assert_eq!((found, outcome.calls, outcome.error.is_none()), (numbers(0, 100), 4, true));
        }
    });
}
