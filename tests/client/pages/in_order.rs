//! Pages and items in order, with and without reading ahead.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tc_core::RetryPolicy;
use tc_core::emulator::{Emulator, Fault, Reply};

use super::{emulator_with, numbers, requested};
use crate::client::actions::ListNumbers;
use crate::client::caller::{BuildAs, Caller, Kind, both};
use crate::client::quick;

async fn all(kind: Kind, emulator: &Emulator, read_ahead: usize) -> Vec<u64> {
    all_of(&quick(emulator).build_as(kind), read_ahead).await
}

async fn all_of(client: &Caller, read_ahead: usize) -> Vec<u64> {
    let mut items = client.items(&ListNumbers::new()).read_ahead(read_ahead);
    let mut found = Vec::new();
    while let Some(number) = items.next().await {
        found.push(number.unwrap());
    }
    assert!(items.next().await.is_none(), "the end is the end");
    found
}

#[test]
fn twelve_thousand_items_are_in_order_with_and_without_reading_ahead() {
    both(async |kind| {
        for read_ahead in [1, 8] {
            let emulator = emulator_with(|_| 12_345).await;
            assert_eq!(
                all(kind, &emulator, read_ahead).await,
                (0..12_345).collect::<Vec<u64>>(),
                "read ahead {read_ahead}"
            );
            let requested = requested(&emulator);
            assert_eq!(requested.len(), 124, "every page is requested once");
            assert!(requested.iter().all(|(offset, limit)| offset % 100 == 0 && *limit == 100));
        }
    });
}

#[test]
fn the_requested_number_of_pages_is_read_ahead() {
    both(async |kind| {
        let (here, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let emulator = Emulator::start().await.unwrap();
        let (counted, seen) = (here.clone(), most.clone());
        emulator.answer("demo", "2020-01-01", "ListNumbers", move |request| {
            let offset = request["Offset"].as_u64().unwrap();
            seen.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            let page: Vec<u64> = (offset..offset + 100).collect();
            Reply::json(json!({"TotalCount": 3000, "NumberSet": page})).after(Duration::from_millis(10))
        });
        let client = emulator.build_as(kind);
        let mut pages = client.pages(&ListNumbers::new()).read_ahead(8);
        while let Some(page) = pages.next().await {
            assert_eq!(page.unwrap().number_set.len(), 100);
            here.fetch_sub(1, Ordering::SeqCst);
        }
        assert_eq!(most.load(Ordering::SeqCst), 8);
    });
}

#[test]
fn a_total_may_shrink_or_grow_between_pages() {
    both(async |kind| {
        for read_ahead in [1, 8] {
            let shrinking = emulator_with(|offset| if offset < 1000 { 5000 } else { 1150 }).await;
            assert_eq!(all(kind, &shrinking, read_ahead).await, (0..1150).collect::<Vec<u64>>());
            let below = emulator_with(|offset| if offset < 1000 { 5000 } else { 300 }).await;
            assert_eq!(all(kind, &below, read_ahead).await, (0..1000).collect::<Vec<u64>>());
            let growing = emulator_with(|offset| if offset < 200 { 300 } else { 500 }).await;
            assert_eq!(
                all(kind, &growing, read_ahead).await,
                (0..500).collect::<Vec<u64>>(),
                "read ahead {read_ahead}"
            );
        }
    });
}

/// Returns the items of an emulator whose handler gets offset and limit, and the number of calls.
async fn by_hand(
    kind: Kind,
    answer: impl Fn(u64, u64) -> serde_json::Value + Send + Sync + 'static,
) -> (Vec<u64>, usize) {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("demo", "2020-01-01", "ListNumbers", move |request| {
        Reply::json(answer(request["Offset"].as_u64().unwrap(), request["Limit"].as_u64().unwrap()))
    });
    let found = all(kind, &emulator, 4).await;
    (found, emulator.received().len())
}

fn up_to(total: u64, offset: u64, limit: u64) -> Vec<u64> {
    (offset..total.min(offset + limit).max(offset)).collect()
}

#[test]
fn an_absent_coerced_or_wrong_total_is_ignored() {
    both(async |kind| {
        let every: Vec<u64> = (0..250).collect();
        let absent = by_hand(kind, |offset, limit| json!({"NumberSet": up_to(250, offset, limit)})).await;
        assert_eq!(absent, (every.clone(), 3));
        let zero =
            by_hand(kind, |offset, limit| json!({"TotalCount": 0, "NumberSet": up_to(250, offset, limit)})).await;
        assert_eq!(zero, (every.clone(), 3));
        let bent =
            by_hand(kind, |offset, limit| json!({"TotalCount": "7", "NumberSet": up_to(250, offset, limit)})).await;
        assert_eq!(bent, (every.clone(), 3));
        let page = by_hand(kind, |offset, limit| {
            let page = up_to(250, offset, limit);
            json!({"TotalCount": page.len(), "NumberSet": page})
        });
        let (found, calls) = page.await;
        assert_eq!((found.len(), calls), (100, 1), "a total that fits the first page is accepted");
    });
}

#[test]
fn smaller_pages_than_requested_lose_no_item() {
    both(async |kind| {
        let (found, calls) =
            by_hand(kind, |offset, limit| json!({"TotalCount": 250, "NumberSet": up_to(250, offset, limit.min(30))}))
                .await;
        assert_eq!((found, calls), ((0..250).collect(), 9));
        // One page in the middle is short: its missing items are requested before the next page is returned.
        let (found, _) = by_hand(kind, |offset, limit| {
            let limit = if offset == 200 { 10 } else { limit };
            json!({"TotalCount": 450, "NumberSet": up_to(450, offset, limit)})
        })
        .await;
        assert_eq!(found, (0..450).collect::<Vec<u64>>());
    });
}

#[test]
fn an_empty_list_takes_one_call() {
    both(async |kind| {
        assert_eq!(by_hand(kind, |_, _| json!({"TotalCount": 0, "NumberSet": []})).await, (vec![], 1));
        assert_eq!(by_hand(kind, |_, _| json!({"TotalCount": 99, "NumberSet": []})).await, (vec![], 1));
    });
}

#[test]
fn a_maximum_of_items_requests_no_more_than_needed() {
    both(async |kind| {
        let emulator = emulator_with(|_| 12_345).await;
        let mut items = emulator.build_as(kind).items(&ListNumbers::new().offset(50_u64)).max_items(250).read_ahead(8);
        let mut found = Vec::new();
        while let Some(number) = items.next().await {
            found.push(number.unwrap());
        }
        assert_eq!(found, (50..300).collect::<Vec<u64>>());
        assert_eq!(requested(&emulator), [(50, 100), (150, 100), (250, 50)]);
    });
}

#[test]
fn the_size_hint_shrinks_with_each_item() {
    both(async |kind| {
        let emulator = emulator_with(|_| 250).await;
        let mut items = emulator.build_as(kind).items(&ListNumbers::new());
        assert_eq!(items.size_hint(), (0, None));
        for read in 1..=250 {
            items.next().await.unwrap().unwrap();
            assert_eq!(items.size_hint().1, Some(250 - read), "after {read}");
        }
        assert_eq!(items.size_hint(), (0, Some(0)));
    });
}

#[test]
fn an_error_ends_the_stream_after_the_items_before_it() {
    both(async |kind| {
        let emulator = emulator_with(|_| 1000).await;
        let client = emulator.build_as(kind);
        let mut items = client.items(&ListNumbers::new()).read_ahead(4);
        for _ in 0..100 {
            items.next().await.unwrap().unwrap();
        }
        emulator.inject(Fault::code("UnauthorizedOperation").always());
        let mut read = 100;
        let error = loop {
            match items.next().await.expect("an error before the end") {
                Ok(_) => read += 1,
                Err(error) => break error,
            }
        };
        assert_eq!(error.code().unwrap(), "UnauthorizedOperation");
        assert!(read % 100 == 0 && read < 1000, "{read}");
        assert!(items.next().await.is_none());
    });
}

#[test]
fn a_throttled_page_is_retried() {
    both(async |kind| {
        let emulator = emulator_with(|_| 2000).await;
        emulator.inject(Fault::code("RequestLimitExceeded").chance(0.2));
        // With nine retries, a page fails once in five hundred thousand runs.
        let patient = RetryPolicy::default().attempts(10).backoff(Duration::from_millis(1), Duration::from_millis(5));
        let client = emulator.client_builder().retry(patient).build_as(kind);
        assert_eq!(all_of(&client, 4).await, (0..2000).collect::<Vec<u64>>());
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
