//! Pages by token.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use tc_core::{AnyAction, Paging};

use super::{any, ids, numbers, objects, run};
use crate::client::caller::both;

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
