//! Somebody else's signature: whether it is right, and if not, in which step and why.

use std::fmt;

use tc_catalog::{Action, Site};

use super::parts::Parts;
use super::request::SignedRequest;
use super::variants::{KEY, STRING, Variant, date_of, signs, variants};
use crate::actions;
use crate::args::did_you_mean;

/// How far a timestamp may be from the server's clock, in seconds.
const TOLERANCE: i64 = 300;

/// The comparison of a signature that another program made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Whether it is the HMAC that the documentation asks for. The request may still be rejected: see `warnings`.
    pub right: bool,
    /// The step that differs, if one was found.
    pub step: Option<&'static str>,
    /// Why.
    pub reasons: Vec<String>,
    /// Reasons for which the gateway rejects the request even with a correct signature.
    pub warnings: Vec<String>,
    /// The step as it should be.
    pub canonical_request: String,
    /// The step as it should be.
    pub string_to_sign: String,
    /// The signature as it should be.
    pub signature: String,
}

impl Comparison {
    /// Whether the gateway accepts the request: the signature is right, and nothing else is wrong.
    pub fn is_accepted(&self) -> bool {
        self.right && self.warnings.is_empty()
    }
}

/// Compares the signature of `request` with the one that this key gives, at the time `now` in seconds since 1970.
///
/// `secret_id` is the one of the key.
pub fn compare(request: &SignedRequest, secret_id: &str, secret_key: &str, now: i64) -> Comparison {
    let parts = Parts::of(request, secret_key);
    let mut comparison = Comparison {
        right: parts.signature() == request.signature && request.secret_id == secret_id,
        step: None,
        reasons: Vec::new(),
        warnings: warnings(request, &parts, now),
        canonical_request: parts.canonical_request(),
        string_to_sign: parts.string_to_sign(),
        signature: parts.signature(),
    };
    if comparison.right {
        return comparison;
    }
    if request.secret_id != secret_id {
        comparison.step = Some(KEY);
        comparison.reasons.push(format!(
            "the Credential names the SecretId {}, and the key given here is that of {secret_id}",
            request.secret_id
        ));
        if parts.signature() == request.signature {
            return comparison;
        }
    }
    if let Some((step, reasons)) = explain(request, &parts) {
        comparison.step = Some(step);
        comparison.reasons.extend(reasons);
    } else if comparison.step.is_none() {
        comparison.reasons.push(
            "no single mistake and no two of those that are known explain it: compare the steps below with yours; \
             if all are the same, the key is another one"
                .to_owned(),
        );
    }
    comparison
}

/// One mistake that explains the signature, or two.
fn explain(request: &SignedRequest, parts: &Parts) -> Option<(&'static str, Vec<String>)> {
    let all = variants(request);
    let apply = |chosen: &[&Variant]| {
        let mut parts = parts.clone();
        for variant in chosen {
            (variant.change)(&mut parts);
        }
        parts.signature() == request.signature
    };
    if let Some(only) = all.iter().find(|variant| apply(&[variant])) {
        return Some((only.step, vec![only.reason.clone()]));
    }
    if let Some((at, difference)) = other_time(request, parts) {
        let reason =
            format!("the timestamp that was signed is {at}, and X-TC-Timestamp is {difference:+} seconds from it");
        return Some((STRING, vec![reason]));
    }
    for (at, first) in all.iter().enumerate() {
        if let Some(second) = all[at + 1..].iter().find(|second| apply(&[first, second])) {
            return Some((first.step, vec![first.reason.clone(), second.reason.clone()]));
        }
    }
    None
}

/// A timestamp within ten minutes of the one that was sent.
fn other_time(request: &SignedRequest, parts: &Parts) -> Option<(i64, i64)> {
    let sent: i64 = request.header("x-tc-timestamp")?.parse().ok()?;
    (-600..=600).find_map(|seconds: i64| {
        let at = sent.checked_add(seconds)?;
        let mut parts = parts.clone();
        parts.timestamp = at.to_string();
        (parts.signature() == request.signature).then_some((at, -seconds))
    })
}

fn warnings(request: &SignedRequest, parts: &Parts, now: i64) -> Vec<String> {
    let mut warnings = Vec::new();
    match request.header("x-tc-timestamp").map(str::parse::<i64>) {
        None => warnings.push("there is no header X-TC-Timestamp".to_owned()),
        Some(Err(_)) => warnings.push("X-TC-Timestamp is not a number of seconds since 1970".to_owned()),
        Some(Ok(at)) => {
            let date = date_of(at);
            if date != request.date {
                warnings.push(format!(
                    "X-TC-Timestamp is on {date} in UTC, but the date of the Credential is {}",
                    request.date
                ));
            }
            let age = now.saturating_sub(at);
            if age.saturating_abs() > TOLERANCE {
                warnings.push(format!(
                    "X-TC-Timestamp is {} seconds {} this machine's clock: more than {TOLERANCE}, so the signature has expired",
                    age.saturating_abs(),
                    if age > 0 { "behind" } else { "ahead of" }
                ));
            }
        }
    }
    for needed in ["content-type", "host"] {
        if !signs(parts, needed) {
            warnings.push(format!("SignedHeaders lacks {needed}"));
        }
    }
    for name in request.signed_headers.iter().filter(|name| request.header(name).is_none()) {
        warnings.push(format!("the signed header {name} was not sent"));
    }
    if !request.signed_headers.is_sorted() {
        warnings.push("SignedHeaders is not in alphabetical order".to_owned());
    }
    if request.path != "/" {
        warnings.push(format!("the path is `{}`; the path of every action is `/`", request.path));
    }
    warnings.extend(unknown_action(request));
    warnings
}

/// What is wrong with the service, the version and the action that the request names, by the catalog.
fn unknown_action(request: &SignedRequest) -> Vec<String> {
    let headers = [("X-TC-Action", request.header("x-tc-action")), ("X-TC-Version", request.header("x-tc-version"))];
    let missing = headers.iter().filter(|(_, value)| value.is_none_or(str::is_empty));
    let missing: Vec<String> = missing.map(|(name, _)| format!("there is no header {name}")).collect();
    let [(_, Some(action)), (_, version)] = headers else { return missing };
    let Ok(catalog) = actions::catalog() else { return missing };
    let name = request.service.as_str();
    let services: Vec<_> = catalog.services().filter(|service| service.wire_name() == name).collect();
    if services.is_empty() {
        let near = did_you_mean(name, catalog.services().map(tc_catalog::Service::wire_name));
        return [missing, vec![format!("the catalog has no service `{name}`, which the Credential names{near}")]]
            .concat();
    }
    let mut versions: Vec<&str> = Vec::new();
    let mut modules = Vec::new();
    for service in &services {
        for site in Site::ALL {
            for of_service in service.versions(site) {
                versions.push(of_service);
                if version.is_none_or(|version| version.is_empty() || version == of_service) {
                    modules.extend(service.module(site, Some(of_service)));
                }
            }
        }
    }
    versions.sort_unstable();
    versions.dedup();
    let version = version.unwrap_or_default();
    if modules.is_empty() {
        return vec![format!("{name} has no version `{version}`; available versions: {}", versions.join(" "))];
    }
    let mut found = missing;
    if !action.is_empty() && modules.iter().all(|module| module.action(action).is_err()) {
        let near = did_you_mean(action, modules.iter().flat_map(|module| module.actions().map(Action::name)));
        let version = if version.is_empty() { String::new() } else { format!(" {version}") };
        found.push(format!("{name}{version} has no action `{action}`, which X-TC-Action names{near}"));
    }
    found
}

/// The result as text, and the correct steps.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.right, self.step) {
            (true, _) if !self.warnings.is_empty() => {
                for warning in &self.warnings {
                    writeln!(f, "the request will be rejected: {warning}")?;
                }
                return writeln!(f, "the HMAC itself is correct: the key and the steps of the signature are right");
            }
            (true, _) => writeln!(f, "the signature is right")?,
            (false, Some(step)) => writeln!(f, "the signature is wrong; the step that differs is {step}")?,
            (false, None) => writeln!(f, "the signature is wrong")?,
        }
        self.reasons.iter().try_for_each(|reason| writeln!(f, "  {reason}"))?;
        self.warnings.iter().try_for_each(|warning| writeln!(f, "  besides: {warning}"))?;
        if self.right {
            return Ok(());
        }
        for (name, text) in [
            ("CanonicalRequest", &self.canonical_request),
            ("StringToSign", &self.string_to_sign),
            ("Signature", &self.signature),
        ] {
            writeln!(f, "\n{name}, as it should be")?;
            text.split('\n').try_for_each(|line| writeln!(f, "{}", format!("  {line}").trim_end()))?;
        }
        Ok(())
    }
}
