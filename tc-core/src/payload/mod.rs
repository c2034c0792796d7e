//! The forms in which parameters travel.

use chrono::{DateTime, SecondsFormat, Utc};

/// A time as the cloud writes it: `2018-10-01T10:00:00Z`.
pub(crate) fn iso(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
