//! The client of a call, with every option of the command line that concerns it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tc_core::provider::{Chain, CvmRole, Environment, HostEnvironment, ProvideCredential, TkeOidc};
use tc_core::transport::Proxy;
use tc_core::{Client, ClientBuilder, Credential, Language, Method, RetryPolicy, SignatureMethod, Throttle};

use super::report::{ClientName, Trace};
use crate::args::Options;
use crate::error::{Error, Kind, arguments, configuration};
use crate::profile::{Keys, Settings};

/// The client for a call of `service`.
///
/// # Errors
/// An option has a value that the client does not take, or the profile cannot be used.
pub(crate) fn client(settings: &Settings, options: &Options, service: &str) -> Result<Client, Error> {
    build(builder(settings, options, service, None)?)
}

/// Where the credential of a call comes from.
enum Source {
    Given(Credential),
    Provider(Arc<dyn ProvideCredential>),
}

/// The credential of a call of `service`. A provider is called with the network options of the client.
///
/// # Errors
/// As [`client`], or the provider has no credential.
pub(crate) fn credential(settings: &Settings, options: &Options, service: &str) -> Result<Credential, Error> {
    let provider = match source(settings, options)? {
        Source::Given(credential) => return Ok(credential),
        Source::Provider(provider) => provider,
    };
    // The new client passes its network options to the provider.
    build(with_options(Client::builder().provider(Arc::clone(&provider)), settings, options, service)?)?;
    let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Kind::Other, format!("cannot start: {error}")))?;
    runtime.block_on(provider.credential()).map_err(|error| super::failure(&error.into()))
}

/// The builder of the client for a call of `service`, with this credential or with that of the settings.
///
/// # Errors
/// As [`client`].
pub(crate) fn builder(
    settings: &Settings,
    options: &Options,
    service: &str,
    own: Option<Credential>,
) -> Result<ClientBuilder, Error> {
    let source = own.map_or_else(|| source(settings, options), |credential| Ok(Source::Given(credential)))?;
    let builder = match source {
        Source::Given(credential) => Client::builder().credential(credential),
        Source::Provider(provider) => Client::builder().provider(provider),
    };
    with_options(builder, settings, options, service)
}

fn with_options(
    builder: ClientBuilder,
    settings: &Settings,
    options: &Options,
    service: &str,
) -> Result<ClientBuilder, Error> {
    let builder = builder.region(settings.region(options));
    let builder = place(builder, settings, options, service)?;
    let builder = network(builder, options)?;
    form(builder, settings, options)
}

fn build(builder: ClientBuilder) -> Result<Client, Error> {
    builder.build().map_err(|error| match super::failure(&error) {
        // Nothing was sent: an option such as --ca-file cannot be used.
        failed if failed.kind() == Kind::Network => configuration(super::in_options(&error.to_string())),
        failed => failed,
    })
}

/// The source of the credential. No provider is called yet.
fn source(settings: &Settings, options: &Options) -> Result<Source, Error> {
    let sts = settings.profile.service("sts", "endpoint");
    let provider: Arc<dyn ProvideCredential> = match settings.keys(options)? {
        Keys::Static { secret_id, secret_key, token, role: None } => {
            let credential = Credential::new(secret_id, secret_key);
            return Ok(Source::Given(match token {
                Some(token) => credential.with_token(token),
                None => credential,
            }));
        }
        Keys::Static { secret_id, secret_key, token, role: Some((arn, session)) } => {
            let mut environment = HostEnvironment::empty()
                .var("TENCENTCLOUD_SECRET_ID", secret_id)
                .var("TENCENTCLOUD_SECRET_KEY", secret_key)
                .var("TENCENTCLOUD_ROLE_ARN", arn)
                .var("TENCENTCLOUD_ROLE_SESSION_NAME", session);
            if let Some(token) = token {
                environment = environment.var("TENCENTCLOUD_TOKEN", token);
            }
            for (name, value) in settings.role_details(options) {
                environment = environment.var(name, value);
            }
            let role = Environment::of(environment);
            Arc::new(match sts {
                Some(endpoint) => role.sts_endpoint(endpoint),
                None => role,
            })
        }
        Keys::CvmRole => Arc::new(CvmRole::new()),
        Keys::TkeOidc => Arc::new(TkeOidc::new()),
        Keys::Profile(name) => Arc::new(Chain::profile(&HostEnvironment::of_process(), &name)),
        Keys::Chain => Arc::new(Chain::of_process()),
    };
    Ok(Source::Provider(provider))
}

/// The endpoint.
fn place(
    mut builder: ClientBuilder,
    settings: &Settings,
    options: &Options,
    service: &str,
) -> Result<ClientBuilder, Error> {
    match (settings.endpoint(options, service), options.get("root-domain")) {
        (_, Some(_)) if options.has("endpoint") => {
            return Err(arguments("give --endpoint or --root-domain, not both"));
        }
        (_, Some(domain)) => builder = builder.root_domain(domain),
        (Some(endpoint), None) => builder = builder.endpoint(endpoint.as_str()),
        (None, None) => {}
    }
    if let Some(url) = options.get("connect-to") {
        builder = builder.connect_to(url);
    }
    Ok(builder)
}

fn network(mut builder: ClientBuilder, options: &Options) -> Result<ClientBuilder, Error> {
    if let Some(timeout) = seconds(options, "timeout")? {
        // Where the whole call may take longer than an attempt does by default, so may the attempt.
        builder = builder.timeout(timeout).attempt_timeout(timeout.min(Duration::from_secs(30)));
    }
    if let Some(timeout) = seconds(options, "attempt-timeout")? {
        builder = builder.attempt_timeout(timeout);
    }
    if let Some(timeout) = seconds(options, "connect-timeout")? {
        builder = builder.connect_timeout(timeout);
    }
    if let Some(url) = options.get("https-proxy") {
        builder = builder.proxy(Proxy::Url(url.to_owned()));
    }
    if let Some(path) = options.get("ca-file") {
        let pem =
            std::fs::read(path).map_err(|error| configuration(format!("cannot read --ca-file {path}: {error}")))?;
        let begin = b"-----BEGIN CERTIFICATE-----";
        if !pem.windows(begin.len()).any(|window| window == begin) {
            return Err(configuration(format!(
                "--ca-file {path} contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)"
            )));
        }
        builder = builder.root_certificate(pem);
    }
    if let Some(retries) = options.number::<u32>("retries")? {
        builder = builder.retry(RetryPolicy::default().attempts(retries.saturating_add(1)));
    }
    Ok(match options.get("throttle") {
        Some("fail") => builder.throttle(Throttle::Fail),
        Some("off") => builder.throttle(Throttle::Off),
        _ => builder,
    })
}

/// How the request is written and signed.
fn form(mut builder: ClientBuilder, settings: &Settings, options: &Options) -> Result<ClientBuilder, Error> {
    if options.get("method") == Some("GET") {
        builder = builder.method(Method::Get);
    }
    builder = match options.get("signature") {
        Some("HmacSHA1") => builder.signature(SignatureMethod::HmacSha1),
        Some("HmacSHA256") => builder.signature(SignatureMethod::HmacSha256),
        _ => builder,
    };
    if options.has("unsigned-payload") {
        builder = builder.unsigned_payload();
    }
    match settings.system(options, "language").as_deref() {
        Some("zh-CN") => builder = builder.language(Language::ZhCn),
        Some("en-US") => builder = builder.language(Language::EnUs),
        Some(other) => {
            return Err(configuration(format!(
                "profile {}: language `{other}`; zh-CN and en-US are accepted",
                settings.profile.name()
            )));
        }
        None => {}
    }
    if !options.has("client-token") {
        // tccli sends none, and scripts must send the same request as before.
        builder = builder.no_client_token();
    }
    if let Some(name) = settings.system(options, "request-client") {
        builder = builder.interceptor(ClientName::new(&name)?);
    }
    if options.has("verbose") {
        builder = builder.interceptor(Trace::since(Instant::now()));
    }
    Ok(builder)
}

pub(crate) fn seconds(options: &Options, name: &str) -> Result<Option<Duration>, Error> {
    let Some(seconds) = options.number::<f64>(name)? else { return Ok(None) };
    let refused = || {
        Error::new(
            Kind::Arguments,
            format!("argument --{name}: invalid time: {seconds}; a number of seconds above 0 is accepted"),
        )
    };
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(Some(time)),
        _ => Err(refused()),
    }
}
