//! The reaction of a call when the documented calls per second are used up.

/// What a call does when the documented calls per second of its action are used up.
///
/// A [`RateLimiter`](crate::RateLimiter) counts the calls for each credential, service, action and region. If the cloud still
/// returns an error because of too many calls, the limiter allows fewer calls for some time.
///
/// ```
/// use tc_core::{Client, Throttle};
/// let client = Client::builder().throttle(Throttle::Fail).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Throttle {
    /// The call waits, in the order of the calls. If it cannot start before its deadline, it fails immediately.
    #[default]
    Wait,
    /// The call fails immediately, with an error that contains the time until it could start.
    Fail,
    /// The call is sent without a check.
    Off,
}
