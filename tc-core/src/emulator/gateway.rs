//! The gateway: whether a request is from whom it says, asks for something that exists, and keeps the documented limits.

use std::sync::atomic::Ordering;

use serde_json::{Map, Value};

use super::auth_tc3::Authorization;
use super::auth_v1;
use super::cloud::{Cloud, Key, KnownAction, lock};
use super::directory::Unknown;
use super::handlers::Handler;
use super::request::{Arrived, Claims};
use super::{Refusal, forms, parameters};
use crate::spec::BodyForm;

const GET_LIMIT: usize = 32 * 1024;
const V1_LIMIT: usize = 1024 * 1024;
pub(super) const TC3_LIMIT: usize = 10 * 1024 * 1024;

/// How far a request's timestamp may be from the gateway's clock, in seconds.
const CLOCK_TOLERANCE: u64 = 300;

/// What became of a request.
#[derive(Default)]
pub(super) struct Verdict {
    pub(super) claims: Claims,
    pub(super) params: Value,
    pub(super) coercions: Vec<String>,
    pub(super) canonical: Option<String>,
    /// The handler to ask, none where the action has none.
    pub(super) handler: Option<Handler>,
    pub(super) refusal: Option<Refusal>,
}

/// Judges `arrived`.
pub(super) fn judge(arrived: &Arrived, cloud: &Cloud) -> Verdict {
    let mut verdict = Verdict::default();
    if let Err(refusal) = verdict.fill(arrived, cloud) {
        verdict.refusal = Some(refusal);
    }
    verdict
}

/// How a request proves who sends it.
enum Proof {
    Tc3(Authorization),
    V1(Vec<(String, String)>),
    Skipped,
}

impl Verdict {
    /// Of a request that was not read to its end.
    pub(super) fn unread(claims: Claims, refusal: Option<Refusal>) -> Self {
        Self { claims, refusal, ..Self::default() }
    }

    fn fill(&mut self, arrived: &Arrived, cloud: &Cloud) -> Result<(), Refusal> {
        if arrived.method != "GET" && arrived.method != "POST" {
            return Err(Refusal::new(
                "UnsupportedProtocol",
                format!("The method {} is not supported; use POST or GET.", arrived.method),
            ));
        }
        let proof = proof(arrived)?;
        self.claims = claims(&proof, arrived);
        sizes(&proof, arrived)?;
        for (name, value) in
            [("Action", &self.claims.action), ("Version", &self.claims.version), ("Timestamp", &self.claims.timestamp)]
        {
            if value.is_empty() {
                return Err(Refusal::new(
                    "MissingParameter",
                    format!("The request is missing a required parameter `{name}`."),
                ));
            }
        }
        self.authenticate(&proof, arrived, cloud)?;
        if arrived.path != "/" {
            return Err(Refusal::new(
                "InvalidRequest",
                format!("The path is `{}`; the path of every action is `/`.", arrived.path),
            ));
        }
        let known = self.find(&proof, arrived, cloud)?;
        let (given, flat) = self.read(proof, arrived, &known)?;
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

    fn authenticate(&mut self, proof: &Proof, arrived: &Arrived, cloud: &Cloud) -> Result<(), Refusal> {
        if matches!(proof, Proof::Skipped) || self.is_open(proof, arrived, cloud) {
            return Ok(());
        }
        let said = &self.claims.timestamp;
        let timestamp: i64 = said.parse().ok().filter(|seconds| *seconds >= 0).ok_or_else(|| {
            Refusal::new("InvalidParameter", format!("The timestamp `{said}` is no number of seconds since 1970."))
        })?;
        let now = cloud.now();
        if now.abs_diff(timestamp) > CLOCK_TOLERANCE {
            return Err(Refusal::new(
                "AuthFailure.SignatureExpire",
                format!(
                    "The signature has expired: the timestamp is {timestamp}, the server's clock {now}; {CLOCK_TOLERANCE} seconds between them are accepted."
                ),
            ));
        }
        let key = self.key(cloud)?;
        match proof {
            Proof::Tc3(authorization) => authorization.verify(arrived, timestamp, &key, &mut self.canonical)?,
            Proof::V1(pairs) => auth_v1::verify(arrived, pairs, &key, &mut self.canonical)?,
            Proof::Skipped => {}
        }
        if key.expired || key.token.as_deref().unwrap_or_default() != self.claims.token {
            return Err(Refusal::new("AuthFailure.TokenFailure", "The token is wrong or has expired."));
        }
        Ok(())
    }

    /// Whether it is `Authorization: SKIP` as signature v1 says it: nobody is named, and the action asks for nobody.
    fn is_open(&self, proof: &Proof, arrived: &Arrived, cloud: &Cloud) -> bool {
        let Proof::V1(pairs) = proof else { return false };
        if ["SecretId", "Signature"].iter().any(|name| auth_v1::value(pairs, name).is_some()) {
            return false;
        }
        let Claims { version, action, .. } = &self.claims;
        let service = arrived.service_of_host().map(str::to_owned).or_else(|| cloud.service_of(version, action));
        let known = service.and_then(|service| cloud.action(&(service, version.clone(), action.clone())).ok());
        known.and_then(|known| known.spec).is_some_and(|spec| spec.skip_sign)
    }

    fn key(&self, cloud: &Cloud) -> Result<Key, Refusal> {
        lock(&cloud.keys).get(&self.claims.secret_id).cloned().ok_or_else(|| {
            Refusal::new(
                "AuthFailure.SecretIdNotFound",
                "The SecretId is not found, please ensure that your SecretId is correct.",
            )
        })
    }

    /// The action asked for.
    fn find(&mut self, proof: &Proof, arrived: &Arrived, cloud: &Cloud) -> Result<KnownAction, Refusal> {
        let Claims { service, version, action, .. } = &mut self.claims;
        match (arrived.service_of_host(), proof) {
            (Some(host), Proof::Tc3(_)) if host != *service => {
                return Err(Refusal::new(
                    "AuthFailure.SignatureFailure",
                    format!("The request is signed for the service `{service}`, but the host is that of `{host}`."),
                ));
            }
            (Some(host), _) => host.clone_into(service),
            // On loopback the host says nothing, and only TC3 says it elsewhere.
            (None, Proof::Tc3(_)) => {}
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
            Refusal::new(unknown.code(), message)
        })?;
        if matches!(proof, Proof::Skipped) && known.spec.as_ref().is_some_and(|spec| !spec.skip_sign) {
            return Err(Refusal::new(
                "AuthFailure.InvalidAuthorization",
                format!("{action} does not take `Authorization: SKIP`."),
            ));
        }
        Ok(known)
    }

    /// The parameters as they were given, and whether everything in them is text.
    fn read(
        &self,
        proof: Proof,
        arrived: &Arrived,
        known: &KnownAction,
    ) -> Result<(Map<String, Value>, bool), Refusal> {
        let flat = |pairs: &mut dyn Iterator<Item = (String, String)>| {
            forms::tree(pairs.map(|(name, value)| (name, Value::String(value)))).map(|given| (given, true))
        };
        if let Proof::V1(pairs) = proof {
            return flat(&mut auth_v1::business(pairs));
        }
        if arrived.method == "GET" {
            return flat(&mut forms::pairs(&arrived.query)?.into_iter());
        }
        let spec = known.spec.as_ref();
        let takes = |form| spec.is_none_or(|spec| spec.body == form);
        match arrived.media_type().as_str() {
            "application/json" => Ok((forms::json(&arrived.body)?, false)),
            "multipart/form-data" if takes(BodyForm::Multipart) => Ok((forms::multipart(arrived, spec)?, true)),
            "application/octet-stream" if takes(BodyForm::OctetStream) => {
                Ok((forms::octet_stream(arrived, &self.claims.service, spec), true))
            }
            other => Err(Refusal::new(
                "UnsupportedProtocol",
                format!("The Content-Type `{other}` is not supported by {} with TC3-HMAC-SHA256.", self.claims.action),
            )),
        }
    }

    fn rate(&self, known: &KnownAction, cloud: &Cloud) -> Result<(), Refusal> {
        let Some(rate) = known.spec.as_ref().and_then(|spec| spec.rate) else { return Ok(()) };
        let Claims { service, version, action, secret_id, .. } = &self.claims;
        let name = (service.clone(), version.clone(), action.clone());
        if cloud.enforce_rates.load(Ordering::Relaxed) && !cloud.within_rate(secret_id, &name, rate) {
            return Err(Refusal::new(
                "RequestLimitExceeded",
                format!("Your current request times exceed the limit of {action}: {rate} requests per second."),
            ));
        }
        Ok(())
    }
}

fn proof(arrived: &Arrived) -> Result<Proof, Refusal> {
    match arrived.header("authorization") {
        Some("SKIP") => Ok(Proof::Skipped),
        Some(header) => Authorization::parse(header).map(Proof::Tc3),
        None if arrived.method == "GET" => Ok(Proof::V1(forms::pairs(&arrived.query)?)),
        None if arrived.media_type() == "application/x-www-form-urlencoded" => {
            let form = std::str::from_utf8(&arrived.body)
                .map_err(|_| Refusal::new("InvalidParameter", "The form is not encoded in UTF-8."))?;
            Ok(Proof::V1(forms::pairs(form)?))
        }
        None => Err(Refusal::new(
            "AuthFailure.InvalidAuthorization",
            format!("The Authorization header is missing, which the Content-Type `{}` needs.", arrived.media_type()),
        )),
    }
}

fn claims(proof: &Proof, arrived: &Arrived) -> Claims {
    match proof {
        Proof::V1(pairs) => auth_v1::claims(pairs),
        Proof::Skipped => Claims::of_headers(arrived),
        Proof::Tc3(Authorization { service, secret_id, .. }) => {
            Claims { service: service.clone(), secret_id: secret_id.clone(), ..Claims::of_headers(arrived) }
        }
    }
}

fn sizes(proof: &Proof, arrived: &Arrived) -> Result<(), Refusal> {
    let exceeded = |what: &str, size: usize, limit: usize| {
        Err(Refusal::new(
            "RequestSizeLimitExceeded",
            format!("The request size exceeds the limit: the {what} has {size} bytes; {limit} are accepted."),
        ))
    };
    let size = arrived.size;
    match proof {
        _ if arrived.method == "GET" && arrived.query.len() > GET_LIMIT => {
            exceeded("query", arrived.query.len(), GET_LIMIT)
        }
        // The real gateway says it in these misleading words.
        Proof::V1(_) if size > V1_LIMIT => Err(Refusal::new(
            "AuthFailure.SignatureFailure",
            "The provided credentials could not be validated because of exceeding request size limit, please use new signature method `TC3-HMAC-SHA256`.",
        )),
        _ if size > TC3_LIMIT => exceeded("body", size, TC3_LIMIT),
        _ => Ok(()),
    }
}
