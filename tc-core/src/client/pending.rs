//! A call with options of its own.

use std::fmt;
use std::time::Duration;

use super::options::CallOptions;
use super::sending::Sending;
use super::{Client, Events};
use crate::call::Call;
use crate::credential::Credential;
use crate::endpoint::{ConnectTo, Endpoint, EndpointError};
use crate::error::Error;
use crate::region::Region;
use crate::request::{Language, Steps};
use crate::retry::RetryPolicy;
use crate::signing::{Method, SignatureMethod};
use crate::throttle::Throttle;
use crate::timestamp::Timestamp;

/// A call that has not been sent; [`send`](Self::send) does.
#[must_use = "nothing is sent before send()"]
pub struct PendingCall<'a, C> {
    client: &'a Client,
    call: &'a C,
    options: CallOptions,
}

impl<'a, C: Call> PendingCall<'a, C> {
    pub(super) fn new(client: &'a Client, call: &'a C) -> Self {
        Self { client, call, options: CallOptions::default() }
    }

    /// For this region instead of the client's.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        let region = region.into();
        region.warn_of_zone();
        self.options.region = Some(region);
        self
    }

    /// Sent to this endpoint instead of the client's: an [`Endpoint`], or a URL as [`Endpoint::parse`] reads it.
    pub fn endpoint<E>(mut self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<EndpointError>,
    {
        self.options.endpoint = Some(endpoint.try_into().map_err(Into::into));
        self
    }

    /// Sent over a connection to this URL, and signed for the service's own host: see
    /// [`ClientBuilder::connect_to`](crate::ClientBuilder::connect_to).
    pub fn connect_to(mut self, url: impl AsRef<str>) -> Self {
        self.options.connect_to = Some(ConnectTo::parse(url.as_ref()));
        self
    }

    /// With this much time for the whole call, retries and waits included. One attempt may take all of it, unless
    /// [`attempt_timeout`](Self::attempt_timeout) says otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// With this much time for one attempt, the body included: for an answer that is slow by nature. Where
    /// [`timeout`](Self::timeout) is not given, the whole call may take at least as long.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// By this method instead of the client's.
    pub fn method(mut self, method: Method) -> Self {
        self.options.method = Some(method);
        self
    }

    /// Signed in this way instead of the client's.
    pub fn signature(mut self, signature: SignatureMethod) -> Self {
        self.options.signature = Some(signature);
        self
    }

    /// With the server's messages in this language.
    pub fn language(mut self, language: Language) -> Self {
        self.options.language = Some(language);
        self
    }

    /// With this credential instead of the client's.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.options.credential = Some(credential);
        self
    }

    /// Retried by this policy instead of the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// With this behaviour where the documented calls per second are used up.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.options.throttle = Some(throttle);
        self
    }

    /// With a signature that leaves the payload out.
    pub fn unsigned_payload(mut self) -> Self {
        self.options.unsigned_payload = true;
        self
    }

    /// Without holding the parameters against their documented limits, for the day the documentation is wrong.
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }

    /// Sends it and reads its answer as server-sent events; see [`Client::events`].
    pub fn events(self) -> Events<C::Response> {
        Events::new(self.client, self.call, &self.options)
    }

    /// The same with an action of its own, which can be changed and sent again and again.
    pub(crate) fn into_owned(self) -> Owned<C>
    where
        C: Clone,
    {
        Owned { client: self.client.clone(), action: self.call.clone(), options: self.options }
    }

    /// Returns the steps of the signature of this call at the time `at`, with the options of the call: see
    /// [`Client::sign`].
    ///
    /// ```
    /// use tc_core::{AnyAction, Client, Credential, Region, Timestamp};
    ///
    /// let client = Client::builder().credential(Credential::new("AKIDEXAMPLE", "key")).build()?;
    /// let zones = AnyAction::new("cvm", "2017-03-12", "DescribeZones");
    /// let steps = client.call(&zones).endpoint("http://127.0.0.1:8080").sign(Timestamp::from_unix(1_551_113_065))?;
    /// assert!(steps.canonical_request().unwrap().to_string().contains("host:127.0.0.1:8080"));
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::sign`].
    pub fn sign(&self, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.client.steps(self.call, &self.options, at.into())
    }

    /// Sends it.
    ///
    /// # Errors
    /// As [`Client::send`].
    pub fn send(self) -> Sending<C::Response> {
        Sending::new(self.client, self.call, &self.options)
    }
}

impl<C> fmt::Debug for PendingCall<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCall").field("options", &self.options).finish_non_exhaustive()
    }
}

/// A call that owns its action and can be sent again and again.
#[derive(Clone)]
pub(crate) struct Owned<C> {
    client: Client,
    pub(crate) action: C,
    options: CallOptions,
}

impl<C: Call> Owned<C> {
    pub(crate) fn send(&self) -> Sending<C::Response> {
        Sending::new(&self.client, &self.action, &self.options)
    }
}
