//! Pages by number and size.

use serde_json::json;
use tc_core::Paging;

use super::{any, ids, numbers, objects, run};
use crate::client::caller::both;

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
