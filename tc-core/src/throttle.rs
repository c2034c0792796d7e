//! What a call does where the documented calls per second are used up.

/// What a call does where the documented calls per second of its action are used up.
///
/// A [`RateLimiter`](crate::RateLimiter) counts the calls for each credential, service, action and region. Where the cloud still
/// refuses, fewer are sent for a while.
///
/// ```
/// use tc_core::{Client, Throttle};
/// let client = Client::builder().throttle(Throttle::Fail).build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Throttle {
    /// Waits for its turn, in order of arrival. One whose turn comes after its deadline fails at once.
    #[default]
    Wait,
    /// Fails at once, with an error that says how long it would have had to wait.
    Fail,
    /// Is sent all the same.
    Off,
}
