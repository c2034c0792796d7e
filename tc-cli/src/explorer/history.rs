//! The history of calls and the open tabs, in `~/.tcapi/explorer.json` with mode 0600. The file contains no secret and no
//! sensitive parameter.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tc_core::{Clock, SystemClock};

use super::input::Refused;
use super::target;
use crate::actions::Target;
use crate::profile::{home, write_private};

/// The most calls that are saved.
const CALLS: usize = 200;
/// The most tabs that are saved.
const TABS: usize = 30;
/// The largest parameters that are saved, in bytes.
const PARAMS: usize = 32 << 10;

/// One change of the file at a time.
static FILE: Mutex<()> = Mutex::new(());

fn path() -> Option<PathBuf> {
    Some(home()?.join(".tcapi").join("explorer.json"))
}

/// The saved `calls`, the latest first, and the saved `tabs`.
pub(super) fn read() -> Value {
    let text = path().and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let saved: Value = serde_json::from_str(&text).unwrap_or_default();
    let list = |name: &str| saved[name].as_array().cloned().unwrap_or_default();
    json!({"calls": list("calls"), "tabs": list("tabs")})
}

fn change(change: impl FnOnce(&mut Vec<Value>, &mut Vec<Value>)) -> Result<(), Refused> {
    let _one = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(path) = path() else { return Ok(()) };
    let saved = read();
    let list = |name: &str| saved[name].as_array().cloned().unwrap_or_default();
    let (mut calls, mut tabs) = (list("calls"), list("tabs"));
    change(&mut calls, &mut tabs);
    let text = json!({"calls": calls, "tabs": tabs}).to_string();
    let failed = |error: io::Error| Refused::bad(format!("cannot write {}: {error}", path.display()));
    write_private(&path, text.as_bytes()).map_err(failed)
}

/// A call that was sent.
pub(super) struct Sent<'a> {
    pub(super) target: &'a Target,
    pub(super) params: &'a Value,
    pub(super) is_cloud: bool,
    pub(super) outcome: &'a str,
    pub(super) request_id: &'a str,
    pub(super) milliseconds: u64,
}

impl Sent<'_> {
    /// Adds the call to the history.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn save(&self) -> Result<(), Refused> {
        let mut call = entry(self.target, self.params);
        call["at"] = Value::from(SystemClock.now().as_unix());
        call["to"] = Value::from(if self.is_cloud { "cloud" } else { "emulator" });
        call["outcome"] = Value::from(self.outcome);
        call["requestId"] = Value::from(self.request_id);
        call["ms"] = Value::from(self.milliseconds);
        change(|calls, _| {
            calls.insert(0, call);
            calls.truncate(CALLS);
        })
    }
}

/// An action and its parameters as they are saved, without the sensitive ones.
fn entry(target: &Target, params: &Value) -> Value {
    let params = target::without_sensitive(params, target.spec.request).to_string();
    let params = if params.len() > PARAMS { "{}".to_owned() } else { params };
    json!({
        "service": target.folder,
        "version": target.spec.version,
        "action": target.spec.name,
        "site": target.site.to_string(),
        "params": params,
    })
}

/// Saves the tabs of the page (`{"tabs": […]}`), or removes the history (`{"forget": true}`).
///
/// # Errors
/// The file cannot be written.
pub(super) fn write(input: &Value) -> Result<(), Refused> {
    if input["forget"] == true {
        return change(|calls, _| calls.clear());
    }
    let given = input["tabs"].as_array().ok_or_else(|| Refused::bad("`tabs` must be a list"))?;
    // A tab whose action is not in the catalog is not saved.
    let tabs = given.iter().take(TABS).filter_map(|tab| {
        let target = target::target(tab).ok()?;
        Some(entry(&target, &target::params(tab).unwrap_or_default()))
    });
    let tabs: Vec<Value> = tabs.collect();
    change(|_, saved| *saved = tabs)
}
