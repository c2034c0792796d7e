//! The builder of a client.

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

/// Builds a [`Client`]. Every option has a default.
///
/// `C` is the type that [`build`](Self::build) returns: [`Client`], or that of `tc_core::blocking` (feature `blocking`).
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

/// A client that a [`ClientBuilder`] can build. Implemented by this crate only.
pub trait BuildClient: fmt::Debug + Sized + private::Sealed {
    /// Creates it from the asynchronous client.
    ///
    /// # Errors
    /// A resource that it needs cannot be created.
    #[doc(hidden)]
    fn from_client(client: Client) -> Result<Self, Error>;
}

pub(crate) mod private {
    /// Prevents implementations in other crates.
    #[allow(unnameable_types)]
    pub trait Sealed {}
}

impl private::Sealed for Client {}

impl BuildClient for Client {
    fn from_client(client: Client) -> Result<Self, Error> {
        Ok(client)
    }
}

/// The minimum timeout for fetching a credential.
const FETCH: Duration = Duration::from_secs(15);

/// Of a whole call, and of an attempt.
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
    /// Signs with this credential. It takes precedence over a provider.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credential = Some(credential);
        self
    }

    /// Signs with the credentials of this provider, which are fetched at the first call, cached, and refreshed before they expire.
    /// Default: [`Chain::of_process`], which looks for them in environment variables, files, and the role of this machine.
    pub fn provider(mut self, provider: impl ProvideCredential) -> Self {
        self.provider = Some(Arc::new(provider));
        self
    }

    /// Signs only with the profile of this name, from `~/.tencentcloud/credentials` or `~/.tccli`.
    pub fn profile(self, name: &str) -> Self {
        self.provider(Chain::profile(&HostEnvironment::of_process(), name))
    }

    /// Sends this region in `X-TC-Region`. Many actions do not need one. Default: none.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sends every call to this endpoint: an [`Endpoint`], or a URL in the form of [`Endpoint::parse`] (scheme, host and port), for
    /// example that of the emulator. Calls are signed for its host. Default: [`Endpoint::nearest`].
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

    /// Connects to this URL for every call, but signs for the host of the service: for a gateway that forwards requests by their
    /// `Host` header. A path of the URL is put before that of the request. The signature does not cover it, so the gateway has to
    /// remove it.
    ///
    /// Providers that call the Security Token Service connect to the same URL.
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

    /// Sends every call to the host of its service in this domain: `intl.tencentcloudapi.com`.
    pub fn root_domain(mut self, domain: impl Into<String>) -> Self {
        self.endpoint = Endpoint::root_domain(domain);
        self
    }

    /// Sets the signature method. Default: TC3-HMAC-SHA256.
    pub fn signature(mut self, signature: SignatureMethod) -> Self {
        self.signature = signature;
        self
    }

    /// Sets the HTTP method. Default: POST.
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Requests messages in this language. Default: the server chooses.
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Sets the timeout of a whole call, with retries and waits. Default: 60 s, or the timeout of an attempt if that is longer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the timeout of one attempt, with the body of the response. Default: 30 s, or that of the whole call if
    /// [`timeout`](Self::timeout) is set.
    ///
    /// After a timeout, a call is retried only once, and only if it is idempotent: a response that is always slow is not faster the
    /// second time, and the server should not compute it many times.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Leaves the payload out of all signatures.
    pub fn unsigned_payload(mut self) -> Self {
        self.unsigned_payload = true;
        self
    }

    /// Sends with this transport instead of the built-in one, and ignores the options of the built-in one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the timeout of the built-in transport for DNS, TCP and TLS together. Default: 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options = self.options.connect_timeout(timeout);
        self
    }

    /// Sets the proxy of the built-in transport. Default: that of the environment variables ([`Proxy::Environment`]).
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.options = self.options.proxy(proxy);
        self
    }

    /// Adds a root certificate, in PEM, that the built-in transport trusts. Verification cannot be turned off.
    pub fn root_certificate(mut self, pem: impl Into<Bytes>) -> Self {
        self.options = self.options.root_certificate(pem);
        self
    }

    /// Lets the built-in transport trust the root certificates of the operating system instead of those of Mozilla. Needs the
    /// feature `native-roots`; see [`TransportOptions::system_roots`].
    pub fn system_roots(mut self) -> Self {
        self.options = self.options.system_roots();
        self
    }

    /// Sets all options of the built-in transport: timeouts, proxy, certificates.
    pub fn transport_options(mut self, options: TransportOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets the maximum size of responses. Default: [`BodyLimits::default`].
    pub fn response_limits(mut self, limits: BodyLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Makes every difference between a response, or an event of a stream, and its struct an error, for tests: a
    /// [missing](crate::Response::missing) member, an [unread](crate::Response::unread) one, and every
    /// [coercion](crate::Response::coercions).
    ///
    /// Do not use it in production: the cloud leaves out empty members, and adds new ones at any time.
    pub fn strict_answers(mut self) -> Self {
        self.strict_answers = true;
        self
    }

    /// Uses this clock. Default: [`SystemClock`].
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the retry policy. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets what to do when the documented calls per second of an action are used up. Default: wait.
    pub fn throttle(mut self, throttle: Throttle) -> Self {
        self.throttle = throttle;
        self
    }

    /// Limits the calls per second with this limiter. Default: a separate [`InProcessLimiter`] for this client.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter) -> Self {
        self.rate_limiter = Arc::new(limiter);
        self
    }

    /// Adds an interceptor, which runs around every attempt, after those added before.
    pub fn interceptor(mut self, interceptor: impl Interceptor) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Sets the source of new `ClientToken`s. Default: random UUIDs. If an action has this parameter and a call does not set it, the
    /// client adds a token, the same for all attempts, so that the cloud recognises a call that is sent again.
    pub fn client_token(mut self, source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.tokens = TokenSource::new(source);
        self
    }

    /// Adds no `ClientToken` to calls. A write without one is not retried after it may have reached the server.
    pub fn no_client_token(mut self) -> Self {
        self.tokens = TokenSource::none();
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// An invalid credential, region, endpoint or proxy, or no transport.
    pub fn build(self) -> Result<C, Error> {
        C::from_client(self.builds::<Client>().client()?)
    }

    /// Returns the same options for another type of client.
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
                // A chain may call several services one after another.
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
