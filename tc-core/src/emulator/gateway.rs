//! The checks of the gateway: signature, action, parameters, limits and rate.

use std::sync::atomic::Ordering;

use serde_json::{Map, Value};

use super::auth_tc3::Authorization;
use super::auth_v1;
use super::cloud::{Cloud, Key, KnownAction, lock};
use super::directory::Unknown;
use super::handlers::Handler;
use super::request::{Arrived, Claims};
use super::{ErrorResponse, forms, panics, parameters};
use crate::text::shown;

const GET_LIMIT: usize = 32 * 1024;
const V1_LIMIT: usize = 1024 * 1024;
pub(super) const TC3_LIMIT: usize = 10 * 1024 * 1024;

/// How far a request's timestamp may be from the gateway's clock, in seconds.
const CLOCK_TOLERANCE: u64 = 300;

/// The most characters of the message of an error response.
const LONGEST_MESSAGE: usize = 4000;

/// The result of all checks of a request.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) claims: Claims,
    pub(super) params: Value,
    pub(super) coercions: Vec<String>,
    pub(super) canonical: Option<String>,
    /// The handler of the action, if it has one.
    pub(super) handler: Option<Handler>,
    pub(super) error: Option<ErrorResponse>,
}

/// Checks `arrived`.
pub(super) fn check(arrived: &Arrived, cloud: &Cloud) -> Checked {
    let mut checked = Checked::default();
    let filled = panics::caught("The directory of the emulator", || checked.fill(arrived, cloud));
    if let Err(error) = filled.and_then(|filled| filled) {
        // It contains names of the request, which may have any length.
        checked.error = Some(ErrorResponse::new(error.code(), shown(error.message(), LONGEST_MESSAGE)));
    }
    checked
}

/// How a request is authenticated.
enum Authentication {
    Tc3(Authorization),
    V1(Vec<(String, String)>),
    Skipped,
}

impl Checked {
    /// The result for a request that was not read to its end.
    pub(super) fn unread(claims: Claims, error: Option<ErrorResponse>) -> Self {
        Self { claims, error, ..Self::default() }
    }

    fn fill(&mut self, arrived: &Arrived, cloud: &Cloud) -> Result<(), ErrorResponse> {
        if arrived.method != "GET" && arrived.method != "POST" {
            return Err(ErrorResponse::new(
                "UnsupportedProtocol",
                format!("The method {} is not supported; use POST or GET.", arrived.method),
            ));
        }
        let authentication = authentication(arrived)?;
        self.claims = claims(&authentication, arrived);
        sizes(&authentication, arrived)?;
        for (name, value) in
            [("Action", &self.claims.action), ("Version", &self.claims.version), ("Timestamp", &self.claims.timestamp)]
        {
            if value.is_empty() {
                return Err(ErrorResponse::new(
                    "MissingParameter",
                    format!("The request is missing a required parameter `{name}`."),
                ));
            }
        }
        self.authenticate(&authentication, arrived, cloud)?;
        if arrived.path != "/" {
            return Err(ErrorResponse::new(
                "InvalidRequest",
                format!("The path is `{}`; the path of every action is `/`.", arrived.path),
            ));
        }
        let known = self.find(&authentication, arrived, cloud)?;
        let (given, flat) = self.read(authentication, arrived, &known)?;
        let listed = |(name, value)| (name, forms::listed(value));
        self.params = Value::Object(if flat { given.clone().into_iter().map(listed).collect() } else { given.clone() });
        if let Some(spec) = &known.spec {
            let checked = parameters::check(spec.request, given, flat)?;
            (self.params, self.coercions) = (checked.params, checked.coercions);
        }
        self.rate(&known, cloud)?;
        self.handler = known.handler;
        Ok(())
    }

    fn authenticate(
        &mut self,
        authentication: &Authentication,
        arrived: &Arrived,
        cloud: &Cloud,
    ) -> Result<(), ErrorResponse> {
        if matches!(authentication, Authentication::Skipped) || self.is_open(authentication, arrived, cloud) {
            return Ok(());
        }
        let text = &self.claims.timestamp;
        let timestamp: i64 = text.parse().ok().filter(|seconds| *seconds >= 0).ok_or_else(|| {
            ErrorResponse::new(
                "InvalidParameter",
                format!("The timestamp `{text}` is not a number of seconds since 1970."),
            )
        })?;
        let now = cloud.now();
        if now.abs_diff(timestamp) > CLOCK_TOLERANCE {
            return Err(ErrorResponse::new(
                "AuthFailure.SignatureExpire",
                format!(
                    "The signature has expired: the timestamp is {timestamp}, the clock of the server is {now}; a difference of {CLOCK_TOLERANCE} seconds is accepted."
                ),
            ));
        }
        let key = self.key(cloud)?;
        match authentication {
            Authentication::Tc3(authorization) => {
                authorization.verify(arrived, timestamp, &key, &mut self.canonical)?;
            }
            Authentication::V1(pairs) => auth_v1::verify(arrived, pairs, &key, &mut self.canonical)?,
            Authentication::Skipped => {}
        }
        if key.expired || key.token.as_deref().unwrap_or_default() != self.claims.token {
            return Err(ErrorResponse::new("AuthFailure.TokenFailure", "The token is wrong or has expired."));
        }
        Ok(())
    }

    /// Whether a v1 request needs no signature, like `Authorization: SKIP` with TC3: it has neither SecretId nor Signature, and
    /// the action does not require one.
    fn is_open(&self, authentication: &Authentication, arrived: &Arrived, cloud: &Cloud) -> bool {
        let Authentication::V1(pairs) = authentication else { return false };
        if ["SecretId", "Signature"].iter().any(|name| auth_v1::value(pairs, name).is_some()) {
            return false;
        }
        let Claims { version, action, .. } = &self.claims;
        let service = arrived.service_of_host().map(str::to_owned).or_else(|| cloud.service_of(version, action));
        let known = service.and_then(|service| cloud.action(&(service, version.clone(), action.clone())).ok());
        known.and_then(|known| known.spec).is_some_and(|spec| spec.skip_sign)
    }

    fn key(&self, cloud: &Cloud) -> Result<Key, ErrorResponse> {
        lock(&cloud.keys).get(&self.claims.secret_id).cloned().ok_or_else(|| {
            ErrorResponse::new(
                "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.",
            )
        })
    }

    /// Finds the requested action.
    fn find(
        &mut self,
        authentication: &Authentication,
        arrived: &Arrived,
        cloud: &Cloud,
    ) -> Result<KnownAction, ErrorResponse> {
        let Claims { service, version, action, .. } = &mut self.claims;
        match (arrived.service_of_host(), authentication) {
            (Some(host), Authentication::Tc3(_)) if host != *service => {
                return Err(ErrorResponse::new(
                    "AuthFailure.SignatureFailure",
                    format!(
                        "The request is signed for the service `{service}`, but the host belongs to the service `{host}`."
                    ),
                ));
            }
            (Some(host), _) => host.clone_into(service),
            // On loopback the host does not contain the service; only a TC3 request contains it elsewhere.
            (None, Authentication::Tc3(_)) => {}
            (None, _) => *service = cloud.service_of(version, action).unwrap_or_default(),
        }
        let name = (service.clone(), version.clone(), action.clone());
        let known = cloud.action(&name).map_err(|unknown| {
            let message = match unknown {
                Unknown::Service => format!("The product `{service}` does not exist."),
                Unknown::Version => format!("The version `{version}` of {service} does not exist."),
                Unknown::Action => {
                    format!("The action `{action}` is invalid or not found in version {version} of {service}.")
                }
            };
            ErrorResponse::new(unknown.code(), message + cloud.how_to_add_actions())
        })?;
        if matches!(authentication, Authentication::Skipped) && known.spec.as_ref().is_some_and(|spec| !spec.skip_sign)
        {
            return Err(ErrorResponse::new(
                "AuthFailure.InvalidAuthorization",
                format!("{action} does not accept `Authorization: SKIP`."),
            ));
        }
        Ok(known)
    }

    /// Reads the parameters, and whether all of their values are text.
    fn read(
        &self,
        authentication: Authentication,
        arrived: &Arrived,
        known: &KnownAction,
    ) -> Result<(Map<String, Value>, bool), ErrorResponse> {
        let flat = |pairs: &mut dyn Iterator<Item = (String, String)>| {
            forms::tree(pairs.map(|(name, value)| (name, Value::String(value)))).map(|given| (given, true))
        };
        if let Authentication::V1(pairs) = authentication {
            return flat(&mut auth_v1::business(pairs));
        }
        if arrived.method == "GET" {
            return flat(&mut forms::pairs(&arrived.query)?.into_iter());
        }
        forms::body(arrived, &self.claims.service, known.spec.as_ref())?.ok_or_else(|| {
            let (kind, action) = (arrived.media_type(), &self.claims.action);
            ErrorResponse::new(
                "UnsupportedProtocol",
                format!("The Content-Type `{kind}` is not supported by {action} with TC3-HMAC-SHA256."),
            )
        })
    }

    fn rate(&self, known: &KnownAction, cloud: &Cloud) -> Result<(), ErrorResponse> {
        let Some(rate) = known.spec.as_ref().and_then(|spec| spec.rate) else { return Ok(()) };
        let Claims { service, version, action, secret_id, .. } = &self.claims;
        let name = (service.clone(), version.clone(), action.clone());
        if cloud.enforce_rates.load(Ordering::Relaxed) && !cloud.within_rate(secret_id, &name, rate) {
            return Err(ErrorResponse::new(
                "RequestLimitExceeded",
                format!("Your current request times exceed the limit of {action}: {rate} requests per second."),
            ));
        }
        Ok(())
    }
}

fn authentication(arrived: &Arrived) -> Result<Authentication, ErrorResponse> {
    match arrived.header("authorization") {
        Some("SKIP") => Ok(Authentication::Skipped),
        Some(header) => Authorization::parse(header).map(Authentication::Tc3),
        None if arrived.method == "GET" => Ok(Authentication::V1(forms::pairs(&arrived.query)?)),
        None if arrived.media_type() == "application/x-www-form-urlencoded" => {
            let form = std::str::from_utf8(&arrived.body)
                .map_err(|_| ErrorResponse::new("InvalidParameter", "The form is not encoded in UTF-8."))?;
            Ok(Authentication::V1(forms::pairs(form)?))
        }
        None => Err(ErrorResponse::new(
            "AuthFailure.InvalidAuthorization",
            format!("The Authorization header is missing; the Content-Type `{}` requires it.", arrived.media_type()),
        )),
    }
}

fn claims(authentication: &Authentication, arrived: &Arrived) -> Claims {
    match authentication {
        Authentication::V1(pairs) => auth_v1::claims(pairs),
        Authentication::Skipped => Claims::of_headers(arrived),
        Authentication::Tc3(Authorization { service, secret_id, .. }) => {
            Claims { service: service.clone(), secret_id: secret_id.clone(), ..Claims::of_headers(arrived) }
        }
    }
}

fn sizes(authentication: &Authentication, arrived: &Arrived) -> Result<(), ErrorResponse> {
    let exceeded = |what: &str, size: usize, limit: usize| {
        Err(ErrorResponse::new(
            "RequestSizeLimitExceeded",
            format!("The request size exceeds the limit: the {what} has {size} bytes; {limit} are accepted."),
        ))
    };
    let size = arrived.size;
    match authentication {
        _ if arrived.method == "GET" && arrived.query.len() > GET_LIMIT => {
            exceeded("query", arrived.query.len(), GET_LIMIT)
        }
        // The real gateway has this misleading message.
        Authentication::V1(_) if size > V1_LIMIT => Err(ErrorResponse::new(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated because of exceeding request size limit, please use new signature method `TC3-HMAC-SHA256`.",
        )),
        _ if size > TC3_LIMIT => exceeded("body", size, TC3_LIMIT),
        _ => Ok(()),
    }
}
