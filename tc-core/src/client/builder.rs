//! The options of a client, each with a default.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::Client;
use super::interceptor::Interceptor;
use super::prepare::timeouts;
use super::settings::Settings;
use super::skew::Skew;
use super::token::TokenSource;
use crate::credential::Credential;
use crate::endpoint::{ConnectTo, Endpoint, EndpointError};
use crate::error::Error;
use crate::provider::{Chain, CredentialCache, HostEnvironment, Network, ProvideCredential};
use crate::rate_limiter::{InProcessLimiter, RateLimiter};
use crate::region::Region;
use crate::request::Language;
use crate::retry::RetryPolicy;
use crate::signing::{Method, SignatureMethod};
use crate::throttle::Throttle;
use crate::timestamp::{Clock, SystemClock};
use crate::transport::{BodyLimits, Proxy, Transport, TransportOptions, connect};

/// The options of a [`Client`]; every line is optional.
///
/// `C` is the client that [`build`](Self::build) returns: [`Client`], or that of `tc_core::blocking` (feature `blocking`).
///
/// ```
/// use std::time::Duration;
/// use tc_core::{Client, Credential, Language, Method, Region};
///
/// let client = Client::builder()
///     .credential(Credential::new("AKIDEXAMPLE", "EXAMPLEKEY"))
///     .region(Region::AP_GUANGZHOU)
///     .method(Method::Get)
///     .language(Language::EnUs)
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// # Ok::<(), tc_core::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a client is built by build()"]
pub struct ClientBuilder<C = Client> {
    credential: Option<Credential>,
    provider: Option<Arc<dyn ProvideCredential>>,
    region: Option<Region>,
    endpoint: Result<Endpoint, EndpointError>,
    connect_to: Option<Result<ConnectTo, EndpointError>>,
    signature: SignatureMethod,
    method: Method,
    language: Option<Language>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    unsigned_payload: bool,
    transport: Option<Arc<dyn Transport>>,
    options: TransportOptions,
    limits: BodyLimits,
    strict_answers: bool,
    clock: Arc<dyn Clock>,
    retry: RetryPolicy,
    throttle: Throttle,
    rate_limiter: Arc<dyn RateLimiter>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    tokens: TokenSource,
    builds: PhantomData<fn() -> C>,
}

/// A client that a [`ClientBuilder`] can build. Implemented by the clients of this crate only.
pub trait BuildClient: fmt::Debug + Sized + private::Sealed {
    /// Makes it of the asynchronous client.
    ///
    /// # Errors
    /// Where what it needs beside that cannot be had.
    #[doc(hidden)]
    fn from_client(client: Client) -> Result<Self, Error>;
}

pub(crate) mod private {
    /// Implemented by the clients of this crate only.
    #[allow(unnameable_types)]
    pub trait Sealed {}
}

impl private::Sealed for Client {}

impl BuildClient for Client {
    fn from_client(client: Client) -> Result<Self, Error> {
        Ok(client)
    }
}

/// How long fetching a credential may take at least.
const FETCH: Duration = Duration::from_secs(15);

/// For a whole call, and for an attempt.
const DEFAULT_TIMEOUTS: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(30));

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            credential: None,
            provider: None,
            region: None,
            endpoint: Ok(Endpoint::default()),
            connect_to: None,
            signature: SignatureMethod::default(),
            method: Method::default(),
            language: None,
            timeout: None,
            attempt_timeout: None,
            unsigned_payload: false,
            transport: None,
            options: TransportOptions::default(),
            limits: BodyLimits::default(),
            strict_answers: false,
            clock: Arc::new(SystemClock),
            retry: RetryPolicy::default(),
            throttle: Throttle::default(),
            rate_limiter: Arc::new(InProcessLimiter::default()),
            interceptors: Vec::new(),
            tokens: TokenSource::default(),
            builds: PhantomData,
        }
    }
}

impl<C: BuildClient> ClientBuilder<C> {
    /// Signs with this credential, whatever provider is given beside it.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// Signs with the credentials of this provider, which is asked at the first call; the environment, files, and role
    /// of this machine if nothing was said ([`Chain::of_process`]). They are kept and refreshed ahead of their expiry.
    pub fn provider(mut self, provider: impl ProvideCredential) -> Self {
        self.provider = Some(Arc::new(provider));
        self
    }

    /// Signs with the profile of this name, of `~/.tencentcloud/credentials` or `~/.tccli`, and with nothing else.
    pub fn profile(self, name: &str) -> Self {
        self.provider(Chain::profile(&HostEnvironment::of_process(), name))
    }

    /// Sends `X-TC-Region`. Many actions need none.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sends every call to this endpoint: an [`Endpoint`], or a URL as [`Endpoint::parse`] reads it (scheme, host and
    /// port), of the emulator for example. Calls are signed for its host.
    ///
    /// ```
    /// use tc_core::{Client, Endpoint, Region};
    /// let client = Client::builder().endpoint(Endpoint::regional()).region(Region::AP_SHANGHAI).build()?;
    /// let client = Client::builder().endpoint("https://cvm.ap-shanghai.tencentcloudapi.com").build()?;
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn endpoint<E>(mut self, endpoint: E) -> Self
    where
        E: TryInto<Endpoint>,
        E::Error: Into<EndpointError>,
    {
        self.endpoint = endpoint.try_into().map_err(Into::into);
        self
    }

    /// Connects to this URL for every call, and signs for the service's own host all the same: for a gateway that passes
    /// requests on by their `Host` header. A path of the URL goes before that of the request; the signature does not
    /// cover it, so the gateway has to remove it.
    ///
    /// The Security Token Service, where credentials come from it, is reached in the same way.
    ///
    /// ```
    /// use tc_core::Client;
    /// let client = Client::builder().connect_to("https://gateway.example/tencent").build()?;
    /// # Ok::<(), tc_core::Error>(())
    /// ```
    pub fn connect_to(mut self, url: impl AsRef<str>) -> Self {
        self.connect_to = Some(ConnectTo::parse(url.as_ref()));
        self
    }

    /// Sends every call to its service below this domain: `intl.tencentcloudapi.com`.
    pub fn root_domain(mut self, domain: impl Into<String>) -> Self {
        self.endpoint = Endpoint::root_domain(domain);
        self
    }

    /// Signs in this way; TC3-HMAC-SHA256 if never said.
    pub fn signature(mut self, signature: SignatureMethod) -> Self {
        self.signature = signature;
        self
    }

    /// Sends by this method; POST if never said.
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Asks for messages in this language; the server's own choice if never said.
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// How long a whole call may take, retries and waits included. Default: 60 s, or the time of an attempt if that is more.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long one attempt may take, the body included. Default: 30 s, or as long as the whole call if
    /// [`timeout`](Self::timeout) is given.
    ///
    /// A call whose attempt timed out is sent once more at most, and only if it may be sent twice: an answer that is slow by
    /// nature takes no less time then, and the server should not work on it again and again.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Leaves the payload out of every signature.
    pub fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sends through this transport instead of the built-in one, whose options then mean nothing.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long the built-in transport may take for name service, connection and TLS together; 5 s if never said.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.connect_timeout(timeout);
        self
    }

    /// Which proxy the built-in transport uses. Default: that of the environment ([`Proxy::Environment`]).
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.options = self.options.proxy(proxy);
        self
    }

    /// Lets the built-in transport trust one more authority, in PEM. Nothing lets it trust everybody.
    pub fn root_certificate(mut self, pem: impl Into<Bytes>) -> Self {
        self.options = self.options.root_certificate(pem);
        self
    }

    /// Lets the built-in transport trust the authorities of the operating system instead of those of Mozilla. Needs the
    /// feature `native-roots`: see [`TransportOptions::system_roots`].
    pub fn system_roots(mut self) -> Self {
        self.options = self.options.system_roots();
        self
    }

    /// How the built-in transport connects, all at once: timeouts, proxy, trust.
    pub fn transport_options(mut self, options: TransportOptions) -> Self {
        self.options = options;
        self
    }

    /// How much of a response is taken in.
    pub fn response_limits(mut self, limits: BodyLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Makes every difference between an answer and its struct an error, for tests: a member that is
    /// [missing](crate::Response::missing), one that is [not read](crate::Response::unread), and every
    /// [coercion](crate::Response::coercions).
    ///
    /// Not for programs that have to run: the cloud leaves out members that are empty, and adds new ones at any time.
    pub fn strict_answers(mut self) -> Self {
        self.strict_answers = true;
        self
    }

    /// Takes the time from this clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Retries by this policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Does this where the documented calls per second of an action are used up; waits if never said.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.throttle = throttle;
        self
    }

    /// Keeps the documented calls per second by this. Default: an [`InProcessLimiter`] of this client's own.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter) -> Self {
        self.rate_limiter = Arc::new(limiter);
        self
    }

    /// Runs this around every attempt, after those added before.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Takes new `ClientToken`s from here; random UUIDs if never said. A call of an action that has this parameter gets
    /// one where it has none, and keeps it over all attempts, so that the cloud recognises a call that comes twice.
    pub fn client_token(mut self, source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.tokens = TokenSource::new(source);
        self
    }

    /// Leaves `ClientToken` as the action has it. A write without one is not sent again after its bytes have left.
    pub fn no_client_token(mut self) -> Self {
        self.tokens = TokenSource::none();
        self
    }

    /// The client.
    ///
    /// # Errors
    /// A credential, a region, an endpoint or a proxy that cannot be used; no transport.
    pub fn build(self) -> Result<C, Error> {
        C::from_client(self.builds::<Client>().client()?)
    }

    /// The same options for another client.
    pub(crate) fn builds<D>(self) -> ClientBuilder<D> {
        ClientBuilder {
            credential: self.credential,
            provider: self.provider,
            region: self.region,
            endpoint: self.endpoint,
            connect_to: self.connect_to,
            signature: self.signature,
            method: self.method,
            language: self.language,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            unsigned_payload: self.unsigned_payload,
            transport: self.transport,
            options: self.options,
            limits: self.limits,
            strict_answers: self.strict_answers,
            clock: self.clock,
            retry: self.retry,
            throttle: self.throttle,
            rate_limiter: self.rate_limiter,
            interceptors: self.interceptors,
            tokens: self.tokens,
            builds: PhantomData,
        }
    }
}

impl ClientBuilder {
    fn client(self) -> Result<Client, Error> {
        if let Some(credential) = &self.credential {
            credential.check()?;
        }
        if let Some(region) = &self.region {
            region.check()?;
            region.warn_of_zone();
        }
        crate::meter::describe();
        let endpoint = self.endpoint?;
        let connect_to = self.connect_to.transpose()?;
        let (timeout, attempt_timeout) = timeouts(self.timeout, self.attempt_timeout, DEFAULT_TIMEOUTS);
        let transport = match self.transport {
            Some(transport) => transport,
            None => connect(&self.options)?,
        };
        let network = Network::new(Arc::clone(&transport))
            .with_timeout(attempt_timeout)
            .with_destination(&endpoint, connect_to.as_ref());
        let clock = Skew::new(self.clock);
        let provider = match (&self.credential, self.provider) {
            (Some(_), _) => None,
            (None, provider) => {
                let provider = provider.unwrap_or_else(|| Arc::new(Chain::of_process()));
                provider.network(&network);
                // Several services may be asked one after the other, the metadata service with timeouts of its own.
                let cache = CredentialCache::new(provider).clock(Arc::new(clock.clone()));
                Some(cache.timeout(attempt_timeout.max(FETCH)))
            }
        };
        Ok(Client {
            settings: Arc::new(Settings {
                credential: self.credential,
                provider,
                region: self.region,
                endpoint,
                connect_to,
                signature: self.signature,
                method: self.method,
                language: self.language,
                timeout,
                attempt_timeout,
                unsigned_payload: self.unsigned_payload,
                transport,
                limits: self.limits,
                strict_answers: self.strict_answers,
                clock,
                budget: self.retry.new_budget(),
                retry: self.retry,
                throttle: self.throttle,
                rate_limiter: self.rate_limiter,
                interceptors: self.interceptors,
                tokens: self.tokens,
            }),
        })
    }
}
