//! Confirmations of calls that write to the cloud.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::explorer::access::Secret;

/// The most calls that wait for a confirmation.
const MOST: usize = 16;

/// The calls that wait for a confirmation. The text that [`ask`](Self::ask) returns confirms its call, once.
#[derive(Debug, Default)]
pub(in crate::explorer) struct Writes(Mutex<Vec<(Secret, Value)>>);

impl Writes {
    /// The text that confirms a call.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub(super) fn ask(&self, call: &Value) -> Result<String, getrandom::Error> {
        let secret = Secret::new()?;
        let text = secret.text().to_owned();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST {
            waiting.remove(0);
        }
        waiting.push((secret, call.clone()));
        Ok(text)
    }

    /// Whether this text confirms this very call. It does so once.
    pub(super) fn confirms(&self, call: &Value, text: &str) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(position) = waiting.iter().position(|(secret, _)| secret.is(text)) else { return false };
        waiting.remove(position).1 == *call
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Writes;

    #[test]
    fn a_confirmation_is_for_one_call_and_works_once() {
        let writes = Writes::default();
        let (one, other) = (json!(["cvm", {"InstanceIds": ["ins-1"]}]), json!(["cvm", {"InstanceIds": ["ins-2"]}]));
        let text = writes.ask(&one).unwrap();
        assert!(!writes.confirms(&other, &text), "of another call");
        assert!(!writes.confirms(&one, &text), "it was used");
        let text = writes.ask(&one).unwrap();
        assert!(!writes.confirms(&one, ""));
        assert!(writes.confirms(&one, &text));
        assert!(!writes.confirms(&one, &text));
    }
}
