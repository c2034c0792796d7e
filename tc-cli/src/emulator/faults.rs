//! Faults by name, for `--fault`.

use std::time::Duration;

use tc_core::emulator::{Fault, Injection};

use crate::actions;
use crate::args::did_you_mean;

/// How a fault is made from the text after the colon.
enum Make {
    Plain(Fault),
    Text(fn(String) -> Fault),
    Status(fn(u16) -> Fault),
    Bytes(fn(u64) -> Fault),
    Time(fn(Duration) -> Fault),
}

/// The faults by name, each with the kind of value after the colon.
const FAULTS: &[(&str, Make)] = &[
    ("code:ERRORCODE", Make::Text(Fault::Code)),
    ("error-and-data:ERRORCODE", Make::Text(Fault::ErrorAndData)),
    ("error-without-request-id:ERRORCODE", Make::Text(Fault::ErrorWithoutRequestId)),
    ("late:SECONDS", Make::Time(Fault::Late)),
    ("status:NUMBER", Make::Status(Fault::Status)),
    ("html:NUMBER", Make::Status(Fault::Html)),
    ("empty-body", Make::Plain(Fault::EmptyBody)),
    ("truncated-json", Make::Plain(Fault::TruncatedJson)),
    ("no-response", Make::Plain(Fault::NoResponse)),
    ("content-type:TYPE", Make::Text(Fault::ContentType)),
    ("redirect:URL", Make::Text(Fault::Redirect)),
    ("gzip", Make::Plain(Fault::Gzip)),
    ("gzip-bomb:BYTES", Make::Bytes(Fault::GzipBomb)),
    ("huge:BYTES", Make::Bytes(Fault::Huge)),
    ("drip:SECONDS", Make::Time(|every| Fault::Drip { every })),
    ("silence", Make::Plain(Fault::Silence)),
    ("silence-in-body", Make::Plain(Fault::SilenceInBody)),
    ("reset-on-connect", Make::Plain(Fault::ResetOnConnect)),
    ("close-on-connect", Make::Plain(Fault::CloseOnConnect)),
    ("reset-in-request", Make::Plain(Fault::ResetInRequest)),
    ("reset-after-request", Make::Plain(Fault::ResetAfterRequest)),
    ("close-after-request", Make::Plain(Fault::CloseAfterRequest)),
    ("reset-in-body", Make::Plain(Fault::ResetInBody)),
    ("close-in-body", Make::Plain(Fault::CloseInBody)),
    ("close-in-chunks", Make::Plain(Fault::CloseInChunks)),
    ("close-after-answer", Make::Plain(Fault::CloseAfterAnswer)),
    ("many-headers", Make::Plain(Fault::ManyHeaders)),
];

/// The names of the faults, with the kind of value after the colon: `late:SECONDS`.
pub fn fault_names() -> impl Iterator<Item = &'static str> {
    FAULTS.iter().map(|(name, _)| *name)
}

/// Reads `code:RequestLimitExceeded`, `late:2 x3`, `status:502 10%`, `silence always @DescribeZones`.
///
/// The words after the fault set how often it applies (`x3`; `always`; default: once), its probability (`10%`), and its action
/// (`@DescribeZones`).
///
/// # Errors
/// There is no such fault or action, a number cannot be read, or the fault could never apply.
pub fn parse(text: &str) -> Result<Injection, String> {
    let mut words = text.split_whitespace();
    let fault = fault(words.next().unwrap_or_default())?;
    let on_connect = matches!(fault, Fault::ResetOnConnect | Fault::CloseOnConnect);
    let mut injection = Injection::from(fault);
    for word in words {
        injection = if word == "always" {
            injection.always()
        } else if let Some(action) = word.strip_prefix('@') {
            if on_connect {
                return Err(format!("`{word}`: the action is not known when this fault applies; remove `{word}`"));
            }
            check_action(action)?;
            injection.of_action(action)
        } else if let Some(times) = word.strip_prefix('x').filter(|times| is_digits(times)) {
            match times.parse() {
                Ok(times) if times > 0 => injection.times(times),
                _ => {
                    let most = u32::MAX;
                    return Err(format!("`{word}`: the number of calls must be at least 1 and at most {most}"));
                }
            }
        } else if let Some(percent) = word.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok()) {
            if !(percent > 0.0 && percent <= 100.0) {
                return Err(format!("`{word}`: the chance must be above 0 % and at most 100 %"));
            }
            injection.chance(percent / 100.0)
        } else {
            return Err(format!("`{word}` is not valid; write x3, always, 10% or @Action"));
        };
    }
    Ok(injection)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Checks that a service of the catalog has this action.
fn check_action(action: &str) -> Result<(), String> {
    if action.is_empty() {
        return Err("the name of an action must follow `@`, without a blank".to_owned());
    }
    let names = actions::catalog().map(actions::names).map_err(|error| error.to_string())?;
    if names.iter().any(|name| name == action) {
        return Ok(());
    }
    if let Some((_, name)) = action.split_once('.')
        && names.iter().any(|known| known == name)
    {
        return Err(format!(
            "`@{action}`: a fault cannot be limited to one service; write `@{name}`, the name of the action alone"
        ));
    }
    let near = did_you_mean(action, names.iter().map(String::as_str));
    Err(format!("`@{action}`: no service has an action `{action}`{near}"))
}

fn fault(text: &str) -> Result<Fault, String> {
    let (name, value) = text.split_once(':').map_or((text, None), |(name, value)| (name, Some(value)));
    let Some((written, make)) = FAULTS.iter().find(|(written, _)| plain(written) == name) else {
        let near = did_you_mean(name, fault_names().map(plain));
        let all = fault_names().collect::<Vec<_>>().join(", ");
        return Err(format!("there is no fault `{name}`{near}; there are {all}"));
    };
    let needed =
        || value.filter(|value| !value.is_empty()).ok_or_else(|| format!("`{name}` needs a value; write {written}"));
    Ok(match make {
        Make::Plain(_) if value.is_some() => return Err(format!("`{text}`: `{name}` takes no value")),
        Make::Plain(fault) => fault.clone(),
        Make::Text(fault) => fault(needed()?.to_owned()),
        Make::Status(fault) => {
            fault(needed()?.parse().map_err(|_| format!("`{text}`: a status is a number such as 502"))?)
        }
        Make::Bytes(fault) => {
            fault(needed()?.parse().map_err(|_| format!("`{text}`: a size is a number of bytes such as 1000000"))?)
        }
        Make::Time(fault) => {
            let seconds = needed()?.trim_end_matches('s').parse().ok();
            let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            fault(time.ok_or_else(|| format!("`{text}`: a time is a number of seconds such as 0.5"))?)
        }
    })
}

/// A fault as `--fault` reads it: `late:1.5`.
pub fn text(fault: &Fault) -> String {
    let same = |make: &Make| {
        let one = match make {
            Make::Plain(fault) => fault.clone(),
            Make::Text(fault) => fault(String::new()),
            Make::Status(fault) => fault(0),
            Make::Bytes(fault) => fault(0),
            Make::Time(fault) => fault(Duration::ZERO),
        };
        std::mem::discriminant(&one) == std::mem::discriminant(fault)
    };
    let value = match fault {
        Fault::Code(text)
        | Fault::ErrorAndData(text)
        | Fault::ErrorWithoutRequestId(text)
        | Fault::ContentType(text)
        | Fault::Redirect(text) => Some(text.clone()),
        Fault::Status(number) | Fault::Html(number) => Some(number.to_string()),
        Fault::GzipBomb(bytes) | Fault::Huge(bytes) => Some(bytes.to_string()),
        Fault::Late(time) | Fault::Drip { every: time } => Some(time.as_secs_f64().to_string()),
        _ => None,
    };
    let name = FAULTS.iter().find(|(_, make)| same(make)).map(|(written, _)| plain(written));
    match (name, value) {
        (Some(name), Some(value)) => format!("{name}:{value}"),
        (Some(name), None) => name.to_owned(),
        (None, _) => format!("{fault:?}"),
    }
}

fn plain(written: &'static str) -> &'static str {
    written.split(':').next().unwrap_or_default()
}
