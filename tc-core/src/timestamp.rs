//! The time of a signature, and the only code that reads the system clock.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// The time of a signature, in whole seconds since 1970-01-01 00:00:00 UTC.
///
/// ```
/// use tc_core::Timestamp;
/// let at = Timestamp::from_unix(1_551_113_065);
/// assert_eq!(at.date().to_string(), "2019-02-25");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

const DAY: i64 = 86_400;

/// The last second of the year 9999, since a date has four digits for the year.
const LAST: i64 = 253_402_300_799;

impl Timestamp {
    /// Creates a timestamp from Unix seconds. A time outside the years 1970 to 9999 becomes the nearest one inside.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(if seconds < 0 {
            0
        } else if seconds > LAST {
            LAST
        } else {
            seconds
        })
    }

    /// Returns the Unix seconds.
    pub const fn as_unix(self) -> i64 {
        self.0
    }

    /// Returns the time `seconds` later, or earlier if the number is negative.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Returns the seconds from `earlier` to this time. Negative if `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// Returns the day in UTC.
    pub const fn date(self) -> Date {
        Date(self.0 / DAY)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_unix(time.timestamp())
    }
}

impl From<i64> for Timestamp {
    /// Unix seconds.
    fn from(seconds: i64) -> Self {
        Self::from_unix(seconds)
    }
}

impl From<std::time::SystemTime> for Timestamp {
    /// Fractions of a second are cut off.
    fn from(time: std::time::SystemTime) -> Self {
        let since = time.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self::from_unix(i64::try_from(since.as_secs()).unwrap_or(LAST))
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(at: Timestamp) -> Self {
        Self::from_timestamp(at.0, 0).unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A day in UTC, as in the scope of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i64);

impl Date {
    /// `YYYY-MM-DD`.
    pub(crate) fn text(self) -> [u8; 10] {
        // Howard Hinnant's civil_from_days, for days since 1970 only: an era has 400 years, a year begins in March.
        let days = self.0 + 719_468;
        let era = days / 146_097;
        let of_era = days % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);

        let digit = |number: i64, unit: i64| b'0' + u8::try_from(number / unit % 10).unwrap_or(0);
        [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ]
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

/// A source of the current time. Tests can replace it.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// Returns the current time.
    fn now(&self) -> Timestamp;
}

/// The system clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)]
    fn now(&self) -> Timestamp {
        std::time::SystemTime::now().into()
    }
}

/// A clock that always returns the same time, for tests.
impl Clock for Timestamp {
    fn now(&self) -> Timestamp {
        *self
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_until_2400_match_those_of_chrono() {
        for day in 0..157_100 {
            let at = Timestamp::from_unix(day * DAY + day % DAY);
            let theirs = DateTime::<Utc>::from(at).date_naive().to_string();
            assert_eq!(at.date().to_string(), theirs);
        }
    }

    #[test]
    fn times_outside_the_range_become_the_nearest_one_inside() {
        assert_eq!(Timestamp::from_unix(i64::MIN).date().to_string(), "1970-01-01");
        assert_eq!(Timestamp::from_unix(i64::MAX).date().to_string(), "9999-12-31");
        assert_eq!(Timestamp::from_unix(5).plus(i64::MIN), Timestamp::from_unix(0));
    }
}
