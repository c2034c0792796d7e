//! `--until` and `--waiter`: repeats a call until a query on its response gives the expected value.

use std::time::Duration;

use serde_json::Value;

use crate::actions::Target;
use crate::args::Options;
use crate::error::{Error, Kind, arguments};
use crate::output::{Filter, short, text_of};
use crate::profile::{Settings, waiter};

/// What is waited for.
#[derive(Debug)]
pub(crate) struct Goal {
    expression: String,
    pub(crate) filter: Filter,
    /// The value to find; without one, anything that is neither null, false nor empty.
    value: Option<Value>,
    pub(crate) timeout: Duration,
    pub(crate) interval: Duration,
    /// Whether it is the goal of `--waiter`, which prints what tccli prints: each result on standard output.
    pub(crate) is_waiter: bool,
}

impl Goal {
    /// The goal that `--until` or `--waiter` gives, if any.
    ///
    /// # Errors
    /// It cannot be read, or the action may write: each call would write again.
    pub(crate) fn of(options: &Options, settings: &Settings, target: &Target) -> Result<Option<Self>, Error> {
        let name = target.spec.name;
        if let Some(option) = ["until", "waiter"].into_iter().find(|option| options.get(option).is_some())
            && !tc_spec::is_read(name)
        {
            return Err(arguments(format!(
                "argument --{option}: {name} may write, and --{option} repeats the call; call {name} without --{option}, then \
                 wait with an action that only reads (Describe, Get, List, Query, …)"
            )));
        }
        let times = |names: [&str; 2], timeout: f64, interval: f64| -> Result<(Duration, Duration), Error> {
            let time = |name, seconds| {
                Duration::try_from_secs_f64(seconds).map_err(|_| {
                    arguments(format!("{name}: invalid time: {seconds}; a number of seconds of at least 0 is accepted"))
                })
            };
            Ok((time(names[0], timeout)?, time(names[1], interval.min(timeout))?))
        };
        if let Some(text) = options.get("waiter") {
            let waiter = waiter(text)?;
            let number = |name: &str, default: f64| match waiter.get(name) {
                None => Ok(settings.waiter(name, default)),
                Some(value) => {
                    value.as_f64().ok_or_else(|| arguments(format!("`{name}` in `--waiter` must be a number")))
                }
            };
            let expression = waiter["expr"].as_str().ok_or_else(|| arguments("`expr` in `--waiter` must be a text"))?;
            let (timeout, interval) = times(
                ["`timeout` in `--waiter`", "`interval` in `--waiter`"],
                number("timeout", 180.0)?,
                number("interval", 5.0)?,
            )?;
            let filter =
                Filter::new(expression).map_err(|error| arguments(format!("`expr` in `--waiter`: {error}")))?;
            let value = Some(waiter["to"].clone());
            return Ok(Some(Self {
                expression: expression.to_owned(),
                filter,
                value,
                timeout,
                interval,
                is_waiter: true,
            }));
        }
        let Some(text) = options.get("until") else { return Ok(None) };
        let (expression, value) = condition(text);
        if expression.is_empty() {
            return Err(arguments(
                "argument --until: the query is missing; write --until 'InstanceSet[].InstanceState == RUNNING'",
            ));
        }
        let filter = Filter::new(expression).map_err(|error| arguments(format!("argument --until: {error}")))?;
        let timeout = options.number("wait-timeout")?.unwrap_or_else(|| settings.waiter("timeout", 180.0));
        let interval = options.number("interval")?.unwrap_or_else(|| settings.waiter("interval", 5.0));
        let (timeout, interval) = times(["argument --wait-timeout", "argument --interval"], timeout, interval)?;
        Ok(Some(Self { expression: expression.to_owned(), filter, value, timeout, interval, is_waiter: false }))
    }

    /// What the query finds, and whether it is what is waited for.
    ///
    /// # Errors
    /// The query cannot be evaluated.
    pub(crate) fn look(&self, answer: &Value) -> Result<(Value, bool), Error> {
        let found = self.filter.search(answer);
        let found = found.map_err(|error| arguments(format!("argument {}: {error}", self.option())))?;
        let reached = match (&self.value, &found) {
            (Some(value), found) if same(value, found) => true,
            // Every row is in that state.
            (Some(value), Value::Array(items)) if !self.is_waiter => {
                !items.is_empty() && items.iter().all(|item| same(value, item))
            }
            (Some(_), _) => false,
            (None, found) => is_true(found),
        };
        Ok((found, reached))
    }

    /// The option that gives the goal.
    pub(crate) fn option(&self) -> &'static str {
        if self.is_waiter { "--waiter" } else { "--until" }
    }

    /// A result in a message: for `--waiter` as tccli writes it, for `--until` as JSON.
    pub(crate) fn shown(&self, value: &Value) -> String {
        if self.is_waiter { text_of(value) } else { short(value, 300) }
    }

    /// The error of waiting too long.
    pub(crate) fn too_long(&self, last: &Value) -> Error {
        if !self.is_waiter {
            let (expression, seconds) = (&self.expression, self.timeout.as_secs_f64());
            let expected = match self.value.as_ref().map(|value| self.shown(value)) {
                None => "neither null, false nor empty".to_owned(),
                Some(value) if last.is_array() => format!("{value}, or a list in which each item is {value}"),
                Some(value) => value,
            };
            let message = format!(
                "argument --until: after {seconds} s, `{expression}` is {}; it must be {expected}. --wait-timeout SECONDS \
                 waits longer",
                self.shown(last)
            );
            return Error::new(Kind::Timeout, message);
        }
        let to = self.value.as_ref().map_or_else(|| "true".to_owned(), text_of);
        let (expression, last) = (&self.expression, text_of(last));
        Error::new(
            Kind::Timeout,
            format!("Request timeout, wait `{expression}` to `{to}` timeout, last request is {last}"),
        )
    }
}

/// Cuts `InstanceSet[0].InstanceState == RUNNING` at the last `==` outside of brackets and quotes.
fn condition(text: &str) -> (&str, Option<Value>) {
    let (mut depth, mut quote, mut cut) = (0_i32, None, None);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'[' | b'(' | b'{') => depth += 1,
            (None, b']' | b')' | b'}') => depth -= 1,
            (None, b'=') if depth == 0 && bytes.get(at + 1) == Some(&b'=') => cut = Some(at),
            _ => {}
        }
    }
    let Some(cut) = cut else { return (text.trim(), None) };
    let value = text[cut + 2..].trim();
    let inside = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let value = if let Some(text) = inside('\'') {
        Value::from(text)
    } else {
        let json = inside('`').unwrap_or(value);
        serde_json::from_str(json).unwrap_or_else(|_| Value::from(value))
    };
    (text[..cut].trim(), Some(value))
}

/// Equal, numbers by their value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i128(), b.as_i128()) {
            (Some(a), Some(b)) => a == b,
            _ => a.as_f64() == b.as_f64(),
        },
        _ => a == b,
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{condition, same};

    #[test]
    fn a_condition_is_cut_at_its_last_comparison() {
        for (text, expression, value) in [
            ("S[0].State == RUNNING", "S[0].State", Some(json!("RUNNING"))),
            ("S[?A=='x'].B[]=='a == b'", "S[?A=='x'].B[]", Some(json!("a == b"))),
            ("length(S) == 3", "length(S)", Some(json!(3))),
            ("A == `true`", "A", Some(json!(true))),
            (r#"A == "3""#, "A", Some(json!("3"))),
            ("S[?A=='x']", "S[?A=='x']", None),
            ("A == ", "A", Some(json!(""))),
        ] {
            assert_eq!(condition(text), (expression, value), "{text}");
        }
        assert!(same(&json!(3), &json!(3.0)));
        assert!(!same(&json!(9_007_199_254_740_993_u64), &json!(9_007_199_254_740_992_u64)));
    }
}
