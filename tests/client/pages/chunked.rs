//! Long lists in several calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tc_core::emulator::{Emulator, Fault, Reply};

use super::emulator_with;
use crate::client::actions::{ListNumbers, Numbers};
use crate::client::caller::{BuildAs, both};

#[test]
fn a_long_list_is_split_by_the_documented_number_and_joined_in_order() {
    both(async |kind| {
        let calls = Arc::new(AtomicU64::new(0));
        let counted = calls.clone();
        let emulator = Emulator::start().await.unwrap();
        emulator.on::<ListNumbers>(move |requested: ListNumbers| {
            // The first part responds last.
            let late = Duration::from_millis(50_u64.saturating_sub(10 * counted.fetch_add(1, Ordering::SeqCst)));
            let found: Vec<u64> = requested.ids.iter().map(|id| id.parse().unwrap()).collect();
            Reply::value(Numbers::new().number_set(found)).after(late)
        });
        let client = emulator.build_as(kind);
        for (ids, expected) in [(0, 1), (1, 1), (10, 1), (11, 2), (105, 11)] {
            calls.store(0, Ordering::SeqCst);
            let long = ListNumbers::new().ids((0..ids).map(|id| id.to_string()).collect::<Vec<_>>());
            assert_eq!(
                client.chunked(&long, |action| &mut action.ids).items().await.unwrap(),
                (0..ids).collect::<Vec<u64>>()
            );
            assert_eq!(calls.load(Ordering::SeqCst), expected, "{ids} ids");
            let answers = client.chunked(&long, |action| &mut action.ids).read_ahead(1).all().await.unwrap();
            assert_eq!(
                answers.iter().map(|answer| answer.number_set.len()).sum::<usize>(),
                usize::try_from(ids).unwrap()
            );
        }
    });
}

#[test]
fn a_failed_part_fails_the_whole_call_and_later_parts_are_not_sent() {
    both(async |kind| {
        let emulator = emulator_with(|_| 0).await;
        emulator.inject(Fault::code("UnauthorizedOperation").always());
        let long = ListNumbers::new().ids((0..1000).map(|id| id.to_string()).collect::<Vec<_>>());
        let client = emulator.build_as(kind);
        let error = client.chunked(&long, |action| &mut action.ids).read_ahead(2).all().await.unwrap_err();
        assert_eq!(error.code().unwrap(), "UnauthorizedOperation");
        assert!(emulator.received().len() <= 2);
    });
}
