//! A call signs into a buffer, and `sign` returns steps for debugging. Both must have the same text.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::{Credential, Method, Timestamp};

/// Checks for random requests that the header in the buffer is the last of the steps, also with a cached key.
pub(crate) fn agrees() -> String {
    const CASES: u32 = 512;
    let parts = (
        any::<bool>(),
        ("[ -~]{0,300}", "[a-zA-Z0-9/;=-]{0,80}", "[a-zA-Z0-9.:-]{0,80}", "[A-Za-z0-9]{0,60}", "[a-z0-9-]{0,40}"),
        ("[!-~]{1,40}", "[!-~]{1,40}"),
        proptest::collection::vec(any::<u8>(), 0..300),
        proptest::collection::vec(0..253_402_300_800_i64, 1..4),
    );
    let mut buffer = Vec::new();
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let cell = std::cell::RefCell::new(&mut buffer);
    let outcome = runner.run(&parts, |(get, (query, content_type, host, action, service), (id, key), body, times)| {
        let credential = Credential::new(id, key);
        for at in times.iter().chain(&times) {
            let request = Tc3 {
                method: if get { Method::Get } else { Method::Post },
                query: &query,
                content_type: &content_type,
                host: &host,
                action: &action,
                payload: PayloadHash::of(&body),
                service: &service,
                at: Timestamp::from_unix(*at),
            };
            let mut header = cell.borrow_mut();
            request.authorize(&credential, &mut header);
            let (.., authorization) = request.steps(&credential);
            prop_assert_eq!(String::from_utf8_lossy(&header), authorization.as_str());
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    format!("{CASES} random requests signed alike")
}
