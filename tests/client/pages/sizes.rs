//! The size of a page that the client requests.

use tc_core::emulator::Emulator;
use tc_core::tc_action;

use super::{emulator_with, requested};
use crate::client::actions::{ListNumbers, Numbers};
use crate::client::caller::{BuildAs, both};
use crate::client::quick;

/// A list that accepts a few page sizes.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(total = total_count, items = number_set))]
pub(crate) struct ListBySize {
    pub(crate) offset: Option<u64>,
    #[tc(values = [10, 20, 50], default = 20)]
    pub(crate) limit: Option<u64>,
}

/// A list with a minimum page size.
#[tc_action(service = "demo", version = "2020-01-01", response = Numbers, page(total = total_count, items = number_set))]
pub(crate) struct ListByRange {
    pub(crate) offset: Option<u64>,
    #[tc(range = 10..=50)]
    pub(crate) limit: Option<u64>,
}

#[test]
fn pages_have_a_size_that_the_action_accepts() {
    both(async |kind| {
        let page = |offset: Option<u64>, limit: Option<u64>| {
            let (offset, limit) = (offset.unwrap_or(0), limit.unwrap_or(20));
            Numbers::new().total_count(100_u64).number_set((offset..100.min(offset + limit)).collect::<Vec<_>>())
        };
        let emulator = Emulator::start().await.unwrap();
        emulator.on::<ListBySize>(move |requested: ListBySize| page(requested.offset, requested.limit));
        emulator.on::<ListByRange>(move |requested: ListByRange| page(requested.offset, requested.limit));
        for (most, expected) in [(100, vec![(0, 50), (50, 50)]), (57, vec![(0, 50), (50, 10)]), (3, vec![(0, 10)])] {
            let client = quick(&emulator).build_as(kind);
            let mut found = Vec::new();
            let mut items = client.items(&ListBySize::new()).max_items(most);
            while let Some(number) = items.next().await {
                found.push(number.unwrap());
            }
            assert_eq!(found, (0..most).collect::<Vec<u64>>());
            assert_eq!(requested(&emulator), expected);
            emulator.clear_received();

            found.clear();
            let mut items = client.items(&ListByRange::new()).max_items(most);
            while let Some(number) = items.next().await {
                found.push(number.unwrap());
            }
            assert_eq!(found, (0..most).collect::<Vec<u64>>());
            assert_eq!(requested(&emulator), expected);
            emulator.clear_received();
        }
    });
}

#[test]
fn the_limit_of_the_action_is_the_page_size() {
    both(async |kind| {
        let emulator = emulator_with(|_| 25).await;
        let mut pages = emulator.build_as(kind).pages(&ListNumbers::new().limit(10_u64));
        let mut sizes = Vec::new();
        while let Some(page) = pages.next().await {
            sizes.push(page.unwrap().number_set.len());
        }
        assert_eq!(sizes, [10, 10, 5]);
        assert_eq!(pages.total(), Some(25));
    });
}
