//! The checks of the client and of the emulator, which are implemented separately, have the same results.

use proptest::prelude::*;
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::{DescribePersonSamples, SampleType};
use tc_core::emulator::Emulator;
use tc_core::{Action, Client, Method, RetryPolicy};

/// A list whose length is often near `limit`.
fn near(limit: usize) -> impl Strategy<Value = Vec<String>> {
    let texts = |lengths: std::ops::RangeInclusive<usize>| prop::collection::vec("[a-z]{0,3}", lengths);
    prop_oneof![texts(0..=3), texts(limit - 1..=limit + 1)]
}

fn samples() -> impl Strategy<Value = DescribePersonSamples> {
    let number = || prop::option::of(prop_oneof![0..=102_u64, any::<u64>()]);
    (near(100), near(20), near(20), number(), number(), any::<bool>()).prop_map(
        |(ids, names, tags, offset, limit, default)| {
            let samples = DescribePersonSamples::new().person_ids(ids).tags(tags).offset(offset).limit(limit);
            // The default library requires a name; that rule spans parameters, and only the client checks it.
            let kind = if default && !names.is_empty() { SampleType::Default } else { SampleType::UserDefine };
            samples.names(names).r#type(kind)
        },
    )
}

fn person() -> impl Strategy<Value = GetPersonGroupInfo> {
    let id = prop_oneof!["[A-Za-z0-9%@#&_-]{0,70}", "[ -~]{1,4}", any::<String>(), "[A-Za-z0-9]{0,3}[é中🎉 .+]"];
    let number = || prop::option::of(prop_oneof![0..=102_u64, any::<u64>()]);
    (id, number(), number()).prop_map(|(id, offset, limit)| GetPersonGroupInfo::new(id).offset(offset).limit(limit))
}

struct Fixture {
    runtime: tokio::runtime::Runtime,
    emulator: Emulator,
    client: Client,
}

impl Fixture {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let emulator = runtime.block_on(Emulator::start()).expect("a free port");
        emulator.register::<DescribePersonSamples>().register::<GetPersonGroupInfo>();
        let client = emulator.client_builder().retry(RetryPolicy::none()).throttle(tc_core::Throttle::Off).build();
        Self { runtime, emulator, client: client.expect("a client") }
    }

    /// Compares the result of `validate()` with that of the emulator for the same request, sent unchecked.
    fn agree<A: Action + std::fmt::Debug>(&self, action: &A, fine: bool) -> Result<(), TestCaseError> {
        for method in [Method::Post, Method::Get] {
            let answer = self.runtime.block_on(self.client.call(action).method(method).unchecked().send());
            let code = answer.as_ref().err().map(|error| error.code().map(ToString::to_string));
            let expected = if fine { None } else { Some(Some("InvalidParameterValue".to_owned())) };
            prop_assert_eq!(code, expected, "{:?} {:?}", method, action);
        }
        self.emulator.clear_received();
        Ok(())
    }
}

#[test]
fn client_and_emulator_agree_on_samples() {
    let fixture = Fixture::new();
    proptest!(ProptestConfig::with_cases(100), |(action in samples())| {
        fixture.agree(&action, action.validate().is_ok())?;
    });
}

#[test]
fn client_and_emulator_agree_on_persons() {
    let fixture = Fixture::new();
    proptest!(ProptestConfig::with_cases(200), |(action in person())| {
        fixture.agree(&action, action.validate().is_ok())?;
    });
}
