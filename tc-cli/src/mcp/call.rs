//! `validate`, `call_read`, `call_write` and `whoami`.

use serde::Deserialize;
use serde_json::{Value, json};
use tc_core::PendingCall;
use tc_spec::{BodyForm, Type};

use super::input::{CallInput, Resolved, read as read_input};
use super::session::Session;
use crate::actions::hidden;
use crate::call::{self, failure, is_streamed};
use crate::error::{Error, Kind, arguments};
use crate::output::Filter;
use crate::profile::{Keys, mask};
use crate::region::{self, RegionSource};

/// The most events of a stream that are returned.
const EVENTS: usize = 10_000;

/// Checks the parameters, and shows the request that would be sent.
///
/// # Errors
/// There is no such action. A broken limit is part of the result.
pub(super) fn validate(session: &Session, arguments: Value) -> Result<Value, Error> {
    let input: CallInput = read_input(arguments)?;
    let call = input.resolve(session)?;
    let action = call.target.action(call.params.clone());
    let request = call::Request {
        action: &action,
        params: call.params.clone(),
        target: &call.target,
        settings: &call.settings,
        options: &call.options,
    };
    let (shown, violations) = call::shown(&request)?;
    let mut result = json!({"valid": violations.is_none(), "request": shown});
    if let Some(warning) = region::warning(&call.settings.region(&call.options)) {
        result["warnings"] = json!([warning]);
    }
    if call.target.spec.body != BodyForm::Json {
        result["note"] = json!("This action uploads a file: call it with tcapi itself.");
    }
    Ok(result)
}

/// Calls an action that reads, or gives the rest of a result.
///
/// # Errors
/// The action may write, a limit is broken, or the call fails.
pub(super) async fn read(session: &Session, given: Value) -> Result<Value, Error> {
    let input: CallInput = read_input(given)?;
    if let Some(cursor) = &input.cursor {
        return session.rest(cursor);
    }
    let filter = input.filter.clone();
    let call = input.resolve(session)?;
    let name = call.target.spec.name;
    if !tc_spec::is_read(name) {
        let advice = if session.allows_write() {
            "use call_write"
        } else {
            "writing is off: the user can start the server with tcapi mcp --allow-write"
        };
        return Err(arguments(format!(
            "call_read calls only actions that read (Describe, Get, List, Query, …), and {name} is not one of them; {advice}"
        )));
    }
    send(session, &call, filter.as_deref()).await
}

/// Calls any action.
///
/// # Errors
/// A limit is broken, or the call fails.
pub(super) async fn write(session: &Session, given: Value) -> Result<Value, Error> {
    let input: CallInput = read_input(given)?;
    let filter = input.filter.clone();
    let call = input.resolve(session)?;
    send(session, &call, filter.as_deref()).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhoamiInput {
    profile: Option<String>,
    region: Option<String>,
}

/// Who the credential belongs to.
///
/// # Errors
/// There is no credential, or the cloud refuses it.
pub(super) async fn whoami(session: &Session, given: Value) -> Result<Value, Error> {
    let WhoamiInput { profile, region } = read_input(given)?;
    let call = CallInput::of_whoami(profile, region).resolve(session)?;
    send(session, &call, None).await
}

async fn send(session: &Session, call: &Resolved, filter: Option<&str>) -> Result<Value, Error> {
    let Resolved { options, settings, target, params } = call;
    let spec = target.spec;
    let is_file = spec.request.params.iter().any(|param| matches!(param.ty, Type::Binary));
    if is_file || spec.body != BodyForm::Json {
        return Err(arguments(format!("{} uploads a file, which MCP cannot: call it with tcapi itself", spec.name)));
    }
    let filter = filter.filter(|text| !text.is_empty()).map(Filter::new).transpose();
    let filter = filter.map_err(|error| arguments(format!("argument filter: {error}")))?;
    let action = target.action(params.clone());
    action.validate().map_err(|violations| Error::new(Kind::Limits, violations.to_string()))?;
    let sent = target.as_given(action, params);
    let client = session.client(call)?;
    let (region, source) = settings.region_and_source(options);
    let failed = |error: &tc_core::Error| match failure(error) {
        error if error.kind() == Kind::Api && source == RegionSource::Default => {
            error.with_line(&format!("region: {region} (the default; the argument `region` sets another)"))
        }
        error => error,
    };
    let mut warnings: Vec<String> = region::warning(&region).into_iter().collect();
    if let Some(filter) = &filter {
        warnings.extend(call::unknown_members(target, filter, "filter"));
    }
    let pending = || -> PendingCall<'_, _> { client.call(&sent).region(region.clone()) };
    let mut receipt = json!({
        "profile": settings.profile.name(),
        "credential": credential(call)?,
        "region": region,
        "region_source": source.to_string(),
        "action": format!("{} {} {}", spec.service, spec.version, spec.name),
    });
    let shown = |value: &Value| hidden(value, spec.response.get());
    let value = if is_streamed(target, params) {
        let mut stream = pending().events();
        let mut events = Vec::new();
        while let Some(event) = stream.next().await {
            let event = event.map_err(|error| failed(&error))?;
            receipt["request_id"] = json!(stream.request_id());
            events.push(shown(&event));
            if events.len() == EVENTS {
                receipt["note"] = json!(format!("the stream was left after {EVENTS} events"));
                break;
            }
        }
        Value::Array(events)
    } else {
        let response = pending().send().await.map_err(|error| failed(&error))?;
        receipt["request_id"] = json!(response.request_id());
        let coercions: Vec<String> = response.coercions().iter().map(ToString::to_string).collect();
        if !coercions.is_empty() {
            receipt["broke_its_schema"] = json!(coercions);
        }
        if let Some(warning) = response.deprecated_warning() {
            receipt["warning"] = json!(warning);
        }
        shown(&response)
    };
    let mut result = match filter.map(|filter| filter.search(&value)) {
        None => json!({"receipt": receipt, "response": value}),
        Some(Ok(found)) => json!({"receipt": receipt, "response": found}),
        // The call was carried out: an error without the response would make an agent repeat it.
        Some(Err(error)) => {
            let error = format!("argument filter: {error}\nthe call was carried out; `response` is the whole response");
            json!({"error": error, "receipt": receipt, "response": value})
        }
    };
    if !warnings.is_empty() {
        result["warnings"] = json!(warnings);
    }
    Ok(result)
}

/// Where the credential comes from, without its secret.
fn credential(call: &Resolved) -> Result<String, Error> {
    let Resolved { options, settings, .. } = call;
    Ok(match settings.keys(options)? {
        Keys::Static { secret_id, role, .. } => {
            let role = role.map_or_else(String::new, |(arn, session)| format!(", which assumes {arn} as {session}"));
            format!("key {} of {}{role}", mask(&secret_id), settings.source(options))
        }
        Keys::CvmRole => "role of this machine".to_owned(),
        Keys::TkeOidc => "role of this pod".to_owned(),
        Keys::Profile(name) => format!("profile {name}"),
        Keys::Chain => "first of environment, files and role that has one".to_owned(),
    })
}
