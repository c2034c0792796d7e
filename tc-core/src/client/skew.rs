//! The server's clock, as far as it differs from ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
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

    /// Takes over the time of an answer that refused ours; whether that changes anything.
    pub(super) fn learn(&self, server: Timestamp) -> bool {
        let ahead = server.since(self.clock.now());
        let before = self.ahead.swap(ahead, Ordering::Relaxed);
        // A second is what a Date header is exact to: the server refused the time for another reason.
        let changed = ahead.abs_diff(before) > 1;
        if changed {
            tracing::warn!(
                seconds = ahead,
                "the machine's clock differs from the server's, whose time is signed from now on"
            );
        }
        changed
    }
}

impl Clock for Skew {
    fn now(&self) -> Timestamp {
        self.clock.now().plus(self.ahead.load(Ordering::Relaxed))
    }
}

/// The instant that a `Date` header names.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(http::header::DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|at| Timestamp::from_unix(at.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_header_is_read_and_anything_else_is_not() {
        for (text, expected) in [
            ("Tue, 14 Nov 2023 22:13:20 GMT", Some(1_700_000_000)),
            ("Tue, 14 Nov 2023 22:13:20 +0000", Some(1_700_000_000)),
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
    fn a_difference_is_learned_once_and_kept() {
        let skew = Skew::new(Arc::new(Timestamp::from_unix(1000)));
        assert!(skew.learn(Timestamp::from_unix(1600)));
        assert_eq!(skew.clone().now(), Timestamp::from_unix(1600));
        assert!(!skew.learn(Timestamp::from_unix(1601)), "the same difference explains nothing");
        assert!(skew.learn(Timestamp::from_unix(400)));
        assert_eq!(skew.now(), Timestamp::from_unix(400));
    }
}
