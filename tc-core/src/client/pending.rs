//! A call with its own options.

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

/// A call with its own options; [`send`](Self::send) sends it.
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

    /// Uses this region instead of that of the client.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        let region = region.into();
        region.warn_of_zone();
        self.options.region = Some(region);
        self
    }

    /// Uses this endpoint instead of that of the client: an [`Endpoint`], or a URL in the form of [`Endpoint::parse`].
    pub fn endpoint<E>(mut self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<EndpointError>,
    {
        self.options.endpoint = Some(endpoint.try_into().map_err(Into::into));
        self
    }

    /// Connects to this URL, and signs for the host of the service: see
    /// [`ClientBuilder::connect_to`](crate::ClientBuilder::connect_to).
    pub fn connect_to(mut self, url: impl AsRef<str>) -> Self {
        self.options.connect_to = Some(ConnectTo::parse(url.as_ref()));
        self
    }

    /// Sets the timeout of the whole call, with retries and waits. One attempt may take all of it, unless
    /// [`attempt_timeout`](Self::attempt_timeout) is set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of one attempt, with the body of the response, for responses that are always slow. If
    /// [`timeout`](Self::timeout) is not set, the whole call may take at least as long.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options.attempt_timeout = Some(timeout);
        self
    }

    /// Uses this HTTP method instead of that of the client.
    pub fn method(mut self, method: Method) -> Self {
        self.options.method = Some(method);
        self
    }

    /// Uses this signature method instead of that of the client.
    pub fn signature(mut self, signature: SignatureMethod) -> Self {
        self.options.signature = Some(signature);
        self
    }

    /// Requests messages in this language.
    pub fn language(mut self, language: Language) -> Self {
        self.options.language = Some(language);
        self
    }

    /// Signs with this credential instead of that of the client.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.options.credential = Some(credential);
        self
    }

    /// Uses this retry policy instead of that of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets what to do when the documented calls per second are used up.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.options.throttle = Some(throttle);
        self
    }

    /// Leaves the payload out of the signature.
    pub fn unsigned_payload(mut self) -> Self {
        self.options.unsigned_payload = true;
        self
    }

    /// Sends the parameters without checking their documented limits, in case the documentation is wrong.
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }

    /// Sends the call and reads the response as server-sent events; see [`Client::events`].
    pub fn events(self) -> Events<C::Response> {
        Events::new(self.client, self.call, &self.options)
    }

    /// Returns the same call with a clone of the action, which can be changed and sent repeatedly.
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
    /// Those of [`Client::sign`].
    pub fn sign(&self, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.client.steps(self.call, &self.options, at.into())
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Those of [`Client::send`].
    pub fn send(self) -> Sending<C::Response> {
        Sending::new(self.client, self.call, &self.options)
    }
}

impl<C> fmt::Debug for PendingCall<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCall").field("options", &self.options).finish_non_exhaustive()
    }
}

/// A call that owns its action and can be sent repeatedly.
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
