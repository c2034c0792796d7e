//! Servers that ignore the requested offset or limit: no item is returned twice, and the pages end.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use tc_core::{ErrorKind, Paging};

use super::{any, numbers, objects, run};
use crate::client::actions::ListNumbers;
use crate::client::caller::{Kind, both};

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
            (any().page(Paging::new("List").token("NextToken", "Page.Next").size("MaxResults")), "NextToken"),
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
