//! A call with separate options.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::iter::{Chunked, Events, Items, Pages};
use super::runtime::Background;
use crate::action::Action;
use crate::call::Call;
use crate::client::PendingCall as AsyncCall;
use crate::credential::Credential;
use crate::endpoint::{Endpoint, EndpointError};
use crate::error::Error;
use crate::page::PagedCall;
use crate::region::Region;
use crate::request::{Language, Steps};
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::signing::{Method, SignatureMethod};
use crate::throttle::Throttle;
use crate::timestamp::Timestamp;

/// A call that has not been sent yet; [`send`](Self::send) sends it. It has the same options as [`PendingCall`](crate::PendingCall).
#[must_use = "nothing is sent before send()"]
pub struct PendingCall<'a, C> {
    runtime: &'a Arc<Background>,
    call: AsyncCall<'a, C>,
}

/// Options that are passed to the asynchronous call.
macro_rules! options {
    ($($name:ident($($argument:ident: $type:ty)?);)*) => {$(
        #[doc = concat!("As [`PendingCall::", stringify!($name), "`](super::super::PendingCall::", stringify!($name), ").")]
        pub fn $name(mut self $(, $argument: $type)?) -> Self {
            self.call = self.call.$name($($argument)?);
            self
        }
    )*};
}

impl<'a, C: Call> PendingCall<'a, C> {
    pub(super) fn new(runtime: &'a Arc<Background>, call: AsyncCall<'a, C>) -> Self {
        Self { runtime, call }
    }

    options! {
        region(region: impl Into<Region>);
        connect_to(url: impl AsRef<str>);
        timeout(timeout: Duration);
        attempt_timeout(timeout: Duration);
        method(method: Method);
        signature(signature: SignatureMethod);
        language(language: Language);
        credential(credential: Credential);
        retry(policy: RetryPolicy);
        throttle(throttle: Throttle);
        unsigned_payload();
        unchecked();
    }

    /// As [`PendingCall::endpoint`](crate::PendingCall::endpoint).
    pub fn endpoint<E>(mut self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<EndpointError>,
    {
        self.call = self.call.endpoint(endpoint);
        self
    }

    /// Returns the steps of the signature of this call: see [`PendingCall::sign`](crate::PendingCall::sign).
    ///
    /// # Errors
    /// As [`PendingCall::sign`](crate::PendingCall::sign).
    pub fn sign(&self, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        self.call.sign(at)
    }

    /// Sends the call and returns its response.
    ///
    /// # Errors
    /// As [`Client::send`](super::Client::send).
    pub fn send(self) -> Result<Response<C::Response>, Error> {
        self.runtime.wait(self.call.send())?
    }

    /// Sends the call and reads the response as server-sent events.
    pub fn events(self) -> Events<C::Response> {
        Events::new(self.runtime, self.call.events())
    }

    /// As [`Client::pages`](super::Client::pages), each page requested with the options of this call.
    pub fn pages(self) -> Pages<C>
    where
        C: PagedCall,
    {
        Pages::new(self.runtime, self.call.pages())
    }

    /// As [`Client::items`](super::Client::items), each page requested with the options of this call.
    pub fn items(self) -> Items<C>
    where
        C: PagedCall,
    {
        Items::new(self.runtime, self.call.items())
    }
}

impl<A: Action + Clone> PendingCall<'_, A> {
    /// As [`Client::chunked`](super::Client::chunked), each part sent with the options of this call.
    pub fn chunked<I>(self, list: fn(&mut A) -> &mut Vec<I>) -> Chunked<A> {
        Chunked::new(self.runtime, self.call.chunked(list))
    }
}

impl<C: Call> fmt::Debug for PendingCall<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
