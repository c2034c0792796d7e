//! The client of a call, with every option of the command line that concerns it.

use std::time::{Duration, Instant};

use tc_core::provider::{Chain, CvmRole, Environment, HostEnvironment, TkeOidc};
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

/// The same with this credential.
///
/// # Errors
/// As [`client`].
pub(crate) fn signing(
    settings: &Settings,
    options: &Options,
    service: &str,
    credential: Credential,
) -> Result<Client, Error> {
    build(builder(settings, options, service, Some(credential))?)
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
    let builder = match own {
        Some(credential) => Client::builder().credential(credential),
        None => credential(Client::builder(), settings, options)?,
    };
    let builder = builder.region(settings.region(options));
    let builder = place(builder, settings, options, service)?;
    let builder = network(builder, options)?;
    form(builder, settings, options)
}

fn build(builder: ClientBuilder) -> Result<Client, Error> {
    builder.build().map_err(|error| super::failure(&error))
}

/// The credential. No provider is called before the call.
fn credential(builder: ClientBuilder, settings: &Settings, options: &Options) -> Result<ClientBuilder, Error> {
    let sts = settings.profile.service("sts", "endpoint");
    Ok(match settings.keys(options)? {
        Keys::Static { secret_id, secret_key, token, role: None } => {
            let credential = Credential::new(secret_id, secret_key);
            builder.credential(match token {
                Some(token) => credential.with_token(token),
                None => credential,
            })
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
            let role = Environment::of(environment);
            builder.provider(match sts {
                Some(endpoint) => role.sts_endpoint(endpoint),
                None => role,
            })
        }
        Keys::CvmRole => builder.provider(CvmRole::new()),
        Keys::TkeOidc => builder.provider(TkeOidc::new()),
        Keys::Profile(name) => builder.provider(Chain::profile(&HostEnvironment::of_process(), &name)),
        Keys::Chain => builder.provider(Chain::of_process()),
    })
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
    let refused = || Error::new(Kind::Arguments, format!("argument --{name}: {seconds} is not a time in seconds"));
    match Duration::try_from_secs_f64(seconds) {
        Ok(time) if !time.is_zero() => Ok(Some(time)),
        _ => Err(refused()),
    }
}
