//! The server's clock, as far as it differs from ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::HeaderMap;

use crate::timestamp::{Clock, Timestamp};

/// A clock and how many seconds the server's is ahead of it; clones share what they learn.
#[derive(Debug, Clone)]
pub(super) struct Skew {
    clock: Arc<dyn Clock>,
    ahead: Arc<AtomicI64>,
}

impl Skew {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: Arc::default() }
    }

    /// Takes over the time of an answer that refused ours, and says whether it is believed.
    ///
    /// What lies outside the years 2015 to 2100 is not: signed by it nothing would be accepted, and every temporary
    /// credential would look expired.
    pub(super) fn learn(&self, server: Timestamp) -> bool {
        if !(FIRST..LAST).contains(&server) {
            tracing::warn!(server = server.as_unix(), "the time that the server names is not believed");
            return false;
        }
        let ahead = server.since(self.clock.now());
        if self.ahead.swap(ahead, Ordering::Relaxed).abs_diff(ahead) > 1 {
            tracing::warn!(
                seconds = ahead,
                "the machine's clock differs from the server's, whose time is signed from now on"
            );
        }
        true
    }
}

const FIRST: Timestamp = Timestamp::from_unix(1_420_070_400);
const LAST: Timestamp = Timestamp::from_unix(4_102_444_800);

impl Clock for Skew {
    fn now(&self) -> Timestamp {
        self.clock.now().plus(self.ahead.load(Ordering::Relaxed))
    }
}

/// The instant that a `Date` header names.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(http::header::DATE)?.to_str().ok()?;
    httpdate::parse_http_date(text).ok().map(Timestamp::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_header_is_read_and_anything_else_is_not() {
        for (text, expected) in [
            ("Tue, 14 Nov 2023 22:13:20 GMT", Some(1_700_000_000)),
            ("Tuesday, 14-Nov-23 22:13:20 GMT", Some(1_700_000_000)),
            ("Tue Nov 14 22:13:20 2023", Some(1_700_000_000)),
            ("yesterday", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(http::header::DATE, text.parse().expect("a header"));
            assert_eq!(date(&headers).map(Timestamp::as_unix), expected, "{text}");
        }
        assert_eq!(date(&HeaderMap::new()), None);
    }

    #[test]
    fn a_difference_is_learned_and_shared() {
        let skew = Skew::new(Arc::new(Timestamp::from_unix(1_700_001_000)));
        let clone = skew.clone();
        for server in [1_700_001_600, 1_700_001_601, 1_700_000_400] {
            assert!(skew.learn(Timestamp::from_unix(server)));
            assert_eq!(clone.now(), Timestamp::from_unix(server));
        }
        for server in [0, 1_000_000_000, 4_102_444_800, i64::MAX] {
            assert!(!skew.learn(Timestamp::from_unix(server)));
            assert_eq!(clone.now(), Timestamp::from_unix(1_700_000_400));
        }
    }
}
