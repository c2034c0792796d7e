//! The difference between the clocks of the server and of this machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::HeaderMap;

use crate::timestamp::{Clock, Timestamp};

/// A clock that is corrected by the time of the server. Clones share the correction.
#[derive(Debug, Clone)]
pub(super) struct Skew {
    clock: Arc<dyn Clock>,
    /// How many seconds the server is ahead of `clock`.
    ahead: Arc<AtomicI64>,
}

impl Skew {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: Arc::default() }
    }

    /// Corrects the clock by the time of the server, and returns whether that time is plausible.
    ///
    /// A time outside the years 2015 to 2100 is ignored: no request signed with it would be accepted, and every temporary
    /// credential would look expired.
    pub(super) fn correct(&self, server: Timestamp) -> bool {
        if !(FIRST..LAST).contains(&server) {
            tracing::warn!(
                server = server.as_unix(),
                "ignored the time of the server, which is before 2015 or after 2100"
            );
            return false;
        }
        let ahead = server.since(self.clock.now());
        if self.ahead.swap(ahead, Ordering::Relaxed).abs_diff(ahead) > 1 {
            tracing::warn!(
                seconds = ahead,
                "the clock of this machine differs from the server's; requests are signed with the server's time from now on"
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

/// The time in the header `Date`.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(http::header::DATE)?.to_str().ok()?;
    httpdate::parse_http_date(text).ok().map(Timestamp::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_valid_date_headers_are_read() {
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
    fn clones_share_the_correction_and_ignore_implausible_times() {
        let skew = Skew::new(Arc::new(Timestamp::from_unix(1_700_001_000)));
        let clone = skew.clone();
        for server in [1_700_001_600, 1_700_001_601, 1_700_000_400] {
            assert!(skew.correct(Timestamp::from_unix(server)));
            assert_eq!(clone.now(), Timestamp::from_unix(server));
        }
        for server in [0, 1_000_000_000, 4_102_444_800, i64::MAX] {
            assert!(!skew.correct(Timestamp::from_unix(server)));
            assert_eq!(clone.now(), Timestamp::from_unix(1_700_000_400));
        }
    }
}
