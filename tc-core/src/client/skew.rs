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

    /// Takes over the time of an answer that refused ours.
    pub(super) fn learn(&self, server: Timestamp) {
        let ahead = server.since(self.clock.now());
        if self.ahead.swap(ahead, Ordering::Relaxed).abs_diff(ahead) > 1 {
            tracing::warn!(
                seconds = ahead,
                "the machine's clock differs from the server's, whose time is signed from now on"
            );
        }
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
        let skew = Skew::new(Arc::new(Timestamp::from_unix(1000)));
        let clone = skew.clone();
        for server in [1600, 1601, 400] {
            skew.learn(Timestamp::from_unix(server));
            assert_eq!(clone.now(), Timestamp::from_unix(server));
        }
    }
}
