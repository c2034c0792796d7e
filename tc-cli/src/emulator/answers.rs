//! Answers of the user's own, by action.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::{Map, Value};
use tc_core::emulator::{ErrorResponse, Reply};

/// Answers by action: a `Response` object, an object with an `Error`, or a list of such for one call after the other, of
/// which the last one stays.
///
/// ```
/// use serde_json::json;
/// let answers = tc_cli::emulator::Answers::new(json!({
///     "cvm.DescribeZones": {"TotalCount": 1, "ZoneSet": [{"Zone": "ap-guangzhou-3"}]},
///     "RunInstances": {"Error": {"Code": "ResourcesSoldOut", "Message": "None is left."}},
/// })).unwrap();
/// assert!(answers.answer("cvm", "DescribeZones").is_some());
/// assert!(answers.answer("cvm", "DescribeInstances").is_none());
/// ```
#[derive(Debug, Default)]
pub struct Answers {
    by_action: HashMap<String, Value>,
    calls: Mutex<HashMap<String, usize>>,
}

impl Answers {
    /// Reads an object of answers; a name is `service.Action`, or an action of any service.
    ///
    /// # Errors
    /// It is not an object of objects or lists of objects.
    pub fn new(answers: Value) -> Result<Self, String> {
        let Value::Object(answers) = answers else {
            return Err("an object of answers by action is expected".to_owned());
        };
        for (name, answer) in &answers {
            let good = match answer {
                Value::Array(items) => !items.is_empty() && items.iter().all(Value::is_object),
                other => other.is_object(),
            };
            if !good {
                return Err(format!("`{name}` is neither an object nor a list of objects"));
            }
        }
        Ok(Self { by_action: answers.into_iter().collect(), calls: Mutex::default() })
    }

    /// The answer of this action's next call, if there is one for it.
    pub fn answer(&self, service: &str, action: &str) -> Option<Reply<Value>> {
        let exact = format!("{service}.{action}");
        let name = [exact.as_str(), action].into_iter().find(|name| self.by_action.contains_key(*name))?;
        let answer = match &self.by_action[name] {
            Value::Array(items) => {
                let mut calls = self.calls.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let call = calls.entry(name.to_owned()).or_default();
                let answer = items.get((*call).min(items.len() - 1))?;
                *call += 1;
                answer
            }
            answer => answer,
        };
        Some(reply(answer))
    }
}

/// The message of an error for which the user gives none. The cloud always sends a message.
const NO_MESSAGE: &str = "This error was set with --answer, without a message.";

fn reply(answer: &Value) -> Reply<Value> {
    // A whole body, as it is copied from elsewhere.
    let answer = answer.get("Response").filter(|inner| inner.is_object()).unwrap_or(answer);
    let error = answer.get("Error").and_then(|error| Some((error.get("Code")?.as_str()?, error.get("Message"))));
    if let Some((code, message)) = error {
        let message = message.and_then(Value::as_str).filter(|message| !message.is_empty()).unwrap_or(NO_MESSAGE);
        return Reply::error(ErrorResponse::new(code, message));
    }
    let mut answer: Map<String, Value> = answer.as_object().cloned().unwrap_or_default();
    match answer.shift_remove("RequestId") {
        Some(Value::String(id)) => Reply::json(Value::Object(answer)).request_id(id),
        _ => Reply::json(Value::Object(answer)),
    }
}
