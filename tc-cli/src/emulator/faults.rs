//! Faults by name, for `--fault`.

use std::time::Duration;

use tc_core::emulator::{Fault, Injection};

/// The names of the faults, with the kind of value after the colon.
pub(crate) const NAMES: &[&str] = &[
    "code:ERRORCODE",
    "error-and-data:ERRORCODE",
    "error-without-request-id:ERRORCODE",
    "late:SECONDS",
    "status:NUMBER",
    "html:NUMBER",
    "empty-body",
    "truncated-json",
    "no-response",
    "content-type:TYPE",
    "redirect:URL",
    "gzip",
    "drip:SECONDS",
    "silence",
    "silence-in-body",
    "reset-on-connect",
    "close-on-connect",
    "reset-in-request",
    "reset-after-request",
    "close-after-request",
    "reset-in-body",
    "close-in-body",
    "close-in-chunks",
    "close-after-answer",
    "many-headers",
];

/// Reads `code:RequestLimitExceeded`, `late:2 x3`, `status:502 10%`, `silence always @DescribeZones`.
///
/// After the fault may stand how often it strikes (`x3`; `always`; once if nothing does), with which probability (`10%`),
/// and for which action (`@DescribeZones`).
///
/// # Errors
/// There is no such fault, or a number cannot be read.
pub fn parse(text: &str) -> Result<Injection, String> {
    let mut words = text.split_whitespace();
    let fault = fault(words.next().unwrap_or_default())?;
    let mut injection = Injection::from(fault);
    for word in words {
        injection = if word == "always" {
            injection.always()
        } else if let Some(action) = word.strip_prefix('@') {
            injection.of_action(action)
        } else if let Some(times) = word.strip_prefix('x').and_then(|times| times.parse().ok()) {
            injection.times(times)
        } else if let Some(percent) = word.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok()) {
            injection.chance(percent / 100.0)
        } else {
            return Err(format!("`{word}` is not valid; write x3, always, 10% or @Action"));
        };
    }
    Ok(injection)
}

fn fault(text: &str) -> Result<Fault, String> {
    let (name, value) = text.split_once(':').map_or((text, None), |(name, value)| (name, Some(value)));
    let needed = || value.filter(|value| !value.is_empty()).ok_or_else(|| format!("`{name}` needs a value: {name}:…"));
    let status = || needed()?.parse::<u16>().map_err(|_| format!("`{text}`: a status is a number such as 502"));
    let time = || {
        let seconds =
            needed()?.trim_end_matches('s').parse::<f64>().ok().and_then(|time| Duration::try_from_secs_f64(time).ok());
        seconds.ok_or_else(|| format!("`{text}`: a time is a number of seconds such as 0.5"))
    };
    let code = || needed().map(str::to_owned);
    Ok(match name {
        "code" => Fault::Code(code()?),
        "error-and-data" => Fault::ErrorAndData(code()?),
        "error-without-request-id" => Fault::ErrorWithoutRequestId(code()?),
        "late" => Fault::Late(time()?),
        "status" => Fault::Status(status()?),
        "html" => Fault::Html(status()?),
        "empty-body" => Fault::EmptyBody,
        "truncated-json" => Fault::TruncatedJson,
        "no-response" => Fault::NoResponse,
        "content-type" => Fault::ContentType(code()?),
        "redirect" => Fault::Redirect(code()?),
        "gzip" => Fault::Gzip,
        "drip" => Fault::Drip { every: time()? },
        "silence" => Fault::Silence,
        "silence-in-body" => Fault::SilenceInBody,
        "reset-on-connect" => Fault::ResetOnConnect,
        "close-on-connect" => Fault::CloseOnConnect,
        "reset-in-request" => Fault::ResetInRequest,
        "reset-after-request" => Fault::ResetAfterRequest,
        "close-after-request" => Fault::CloseAfterRequest,
        "reset-in-body" => Fault::ResetInBody,
        "close-in-body" => Fault::CloseInBody,
        "close-in-chunks" => Fault::CloseInChunks,
        "close-after-answer" => Fault::CloseAfterAnswer,
        "many-headers" => Fault::ManyHeaders,
        _ => {
            let names = NAMES.iter().map(|name| name.split(':').next().unwrap_or_default());
            let near = crate::args::did_you_mean(name, names);
            return Err(format!("there is no fault `{name}`{near}; there are {}", NAMES.join(", ")));
        }
    })
}
