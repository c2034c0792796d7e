//! The same test with the asynchronous and with the blocking client.
//!
//! [`both`] runs a test twice. The test builds its client with [`BuildAs::build_as`] and gets a [`Caller`], which has the methods of
//! the asynchronous client. With the blocking client, each call blocks a thread of the test's runtime, as `block_in_place` allows.
//!
//! These tests run only with the asynchronous client:
//!
//! - `runtimes`: the blocking client has its own runtime. What it does in threads of other runtimes is tested in `blocking`.
//! - `time`, `dropping_the_future_cancels_the_call`: a blocking call has no future that can be dropped.
//! - `answers`, `a_large_response_is_decoded_on_another_thread`: so that other tasks of the thread go on; a blocking call has none.
//! - `crowd`, `ten_thousand_concurrent_calls_…`: each blocking call needs a thread. `blocking` has ten threads, and another test of
//!   `crowd` two hundred.
//! - `metrics`, `refreshes_of_a_credential_are_counted`: the recorder of the test sees only its own thread.
//! - `extreme_times`: tests of a `CredentialCache` or of a transport without a client.

use std::time::Duration;

use tc_core::emulator::Emulator;
use tc_core::sse::Event;
use tc_core::transport::BoxFuture;
use tc_core::{
    Action, Answer, Call, Client, ClientBuilder, Credential, Endpoint, EndpointError, Error, Method, Paged, PagedCall,
    PendingCall, Region, Response, RetryPolicy, Steps, Throttle, Timestamp, blocking,
};
use tokio::runtime::Builder;
use tokio::task::block_in_place;

/// The client of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Async,
    Blocking,
}

/// Runs a test with each client. It prints the client of a failed test.
pub(crate) fn both(test: impl AsyncFn(Kind)) {
    for kind in [Kind::Async, Kind::Blocking] {
        println!("{kind:?} client");
        with(kind, &test);
    }
}

/// Runs a test with one client.
pub(crate) fn with(kind: Kind, test: &impl AsyncFn(Kind)) {
    let mut builder = match kind {
        Kind::Async => Builder::new_current_thread(),
        // A thread can block only in a runtime with several threads.
        Kind::Blocking => Builder::new_multi_thread(),
    };
    // Each concurrent call needs a thread.
    builder.worker_threads(2).max_blocking_threads(2048).enable_all().build().unwrap().block_on(test(kind));
}

/// Builds the client of a test.
pub(crate) trait BuildAs {
    fn build_as(self, kind: Kind) -> Caller;
}

impl BuildAs for ClientBuilder {
    #[track_caller]
    fn build_as(self, kind: Kind) -> Caller {
        match kind {
            Kind::Async => Caller::Async(self.build().unwrap()),
            Kind::Blocking => Caller::Blocking(self.blocking().build().unwrap()),
        }
    }
}

/// A client with the default options of an emulator.
impl BuildAs for &Emulator {
    fn build_as(self, kind: Kind) -> Caller {
        self.client_builder().build_as(kind)
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Caller {
    Async(Client),
    Blocking(blocking::Client),
}

/// Either the value of the asynchronous client or that of the blocking one.
#[derive(Debug)]
pub(crate) enum Either<A, B> {
    Async(A),
    Blocking(B),
}

impl Caller {
    /// The future is independent of the client and of the call, so that a task can have it.
    pub(crate) fn send<C>(&self, call: &C) -> BoxFuture<'static, Result<Response<C::Response>, Error>>
    where
        C: Call + Clone + Send + 'static,
    {
        match self {
            Self::Async(client) => Box::pin(client.send(call)),
            Self::Blocking(client) => {
                let (client, call) = (client.clone(), call.clone());
                Box::pin(async move { block_in_place(|| client.send(&call)) })
            }
        }
    }

    pub(crate) fn call<'a, C: Call>(&'a self, call: &'a C) -> CallerCall<'a, C> {
        CallerCall(match self {
            Self::Async(client) => Either::Async(client.call(call)),
            Self::Blocking(client) => Either::Blocking(client.call(call)),
        })
    }

    pub(crate) fn pages<C: PagedCall>(&self, call: &C) -> CallerPages<C> {
        self.call(call).pages()
    }

    pub(crate) fn items<C: PagedCall>(&self, call: &C) -> CallerItems<C> {
        self.call(call).items()
    }

    pub(crate) fn events<C: Call>(&self, call: &C) -> CallerEvents<C::Response> {
        self.call(call).events()
    }

    pub(crate) fn chunked<A: Action + Clone, I>(
        &self,
        action: &A,
        list: fn(&mut A) -> &mut Vec<I>,
    ) -> CallerChunked<A> {
        CallerChunked(match self {
            Self::Async(client) => Either::Async(client.chunked(action, list)),
            Self::Blocking(client) => Either::Blocking(client.chunked(action, list)),
        })
    }

    pub(crate) fn sign<C: Call>(&self, call: &C, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        match self {
            Self::Async(client) => client.sign(call, at),
            Self::Blocking(client) => client.sign(call, at),
        }
    }
}

/// A call with its own options.
#[derive(Debug)]
pub(crate) struct CallerCall<'a, C: Call>(Either<PendingCall<'a, C>, blocking::PendingCall<'a, C>>);

/// Options, which both clients have.
macro_rules! options {
    ($($name:ident($argument:ident: $type:ty);)*) => {$(
        pub(crate) fn $name(self, $argument: $type) -> Self {
            Self(match self.0 {
                Either::Async(value) => Either::Async(value.$name($argument)),
                Either::Blocking(value) => Either::Blocking(value.$name($argument)),
            })
        }
    )*};
}

impl<C: Call> CallerCall<'_, C> {
    options! {
        region(region: impl Into<Region>);
        connect_to(url: impl AsRef<str>);
        timeout(timeout: Duration);
        attempt_timeout(timeout: Duration);
        method(method: Method);
        credential(credential: Credential);
        retry(policy: RetryPolicy);
        throttle(throttle: Throttle);
    }

    pub(crate) fn endpoint<E>(self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<EndpointError>,
    {
        Self(match self.0 {
            Either::Async(call) => Either::Async(call.endpoint(endpoint)),
            Either::Blocking(call) => Either::Blocking(call.endpoint(endpoint)),
        })
    }

    pub(crate) fn sign(&self, at: impl Into<Timestamp>) -> Result<Steps, Error> {
        match &self.0 {
            Either::Async(call) => call.sign(at),
            Either::Blocking(call) => call.sign(at),
        }
    }

    pub(crate) async fn send(self) -> Result<Response<C::Response>, Error> {
        match self.0 {
            Either::Async(call) => call.send().await,
            Either::Blocking(call) => block_in_place(|| call.send()),
        }
    }

    pub(crate) fn events(self) -> CallerEvents<C::Response> {
        CallerEvents(match self.0 {
            Either::Async(call) => Either::Async(call.events()),
            Either::Blocking(call) => Either::Blocking(call.events()),
        })
    }

    pub(crate) fn pages(self) -> CallerPages<C>
    where
        C: PagedCall,
    {
        CallerPages(match self.0 {
            Either::Async(call) => Either::Async(call.pages()),
            Either::Blocking(call) => Either::Blocking(call.pages()),
        })
    }

    pub(crate) fn items(self) -> CallerItems<C>
    where
        C: PagedCall,
    {
        CallerItems(match self.0 {
            Either::Async(call) => Either::Async(call.items()),
            Either::Blocking(call) => Either::Blocking(call.items()),
        })
    }
}

/// Defines a stream of either client: `next`, and options.
macro_rules! stream {
    ($name:ident<$param:ident: $($bound:tt),+> of $stream:ident, item $item:ty, { $($option:ident($argument:ident: $type:ty);)* }) => {
        pub(crate) struct $name<$param: $($bound +)+>(Either<tc_core::$stream<$param>, blocking::$stream<$param>>);

        impl<$param: $($bound +)+> $name<$param> {
            options! { $($option($argument: $type);)* }

            pub(crate) async fn next(&mut self) -> Option<Result<$item, Error>> {
                match &mut self.0 {
                    Either::Async(stream) => stream.next().await,
                    Either::Blocking(iterator) => block_in_place(|| iterator.next()),
                }
            }
        }
    };
}

stream! {
    CallerPages<C: PagedCall> of Pages, item Response<C::Response>, {
        read_ahead(pages: usize);
    }
}

stream! {
    CallerItems<C: PagedCall> of Items, item C::Item, {
        read_ahead(pages: usize);
        max_items(items: u64);
    }
}

stream! {
    CallerEvents<T: Answer, Send, 'static> of Events, item Event<T>, {}
}

impl<C: PagedCall> CallerPages<C> {
    pub(crate) fn total(&self) -> Option<u64> {
        match &self.0 {
            Either::Async(pages) => pages.total(),
            Either::Blocking(pages) => pages.total(),
        }
    }
}

impl<C: PagedCall> CallerItems<C> {
    pub(crate) fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Either::Async(items) => futures_core::Stream::size_hint(items),
            Either::Blocking(items) => Iterator::size_hint(items),
        }
    }
}

impl<T: Answer + Send + 'static> CallerEvents<T> {
    pub(crate) fn request_id(&self) -> &str {
        match &self.0 {
            Either::Async(events) => events.request_id(),
            Either::Blocking(events) => events.request_id(),
        }
    }
}

/// A long list in several calls.
pub(crate) struct CallerChunked<A: Action + Clone>(Either<tc_core::Chunked<A>, blocking::Chunked<A>>);

impl<A: Action + Clone> CallerChunked<A> {
    options! {
        read_ahead(calls: usize);
    }

    pub(crate) async fn all(self) -> Result<Vec<Response<A::Response>>, Error> {
        match self.0 {
            Either::Async(parts) => parts.all().await,
            Either::Blocking(parts) => block_in_place(|| parts.all()),
        }
    }

    pub(crate) async fn items(self) -> Result<Vec<A::Item>, Error>
    where
        A: Paged,
    {
        match self.0 {
            Either::Async(parts) => parts.items().await,
            Either::Blocking(parts) => block_in_place(|| parts.items()),
        }
    }
}
