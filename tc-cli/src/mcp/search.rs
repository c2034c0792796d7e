//! `search_actions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::input;
use super::session::Session;
use crate::actions;
use crate::commands::search::{Row, find, import_hint};
use crate::docs::titles;
use crate::error::{Error, Kind, arguments};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    query: String,
    site: Option<String>,
    limit: Option<usize>,
}

/// Finds actions by words.
///
/// # Errors
/// Nothing is found.
pub(super) fn run(session: &Session, arguments_given: Value) -> Result<Value, Error> {
    let Input { query, site, limit } = input::read(arguments_given)?;
    if query.trim().is_empty() {
        return Err(arguments("`query` is empty; give words of a service, an action or a parameter"));
    }
    let mut options = session.options().clone();
    if let Some(site) = &site {
        options.set("site", site)?;
    }
    let limit = limit.unwrap_or(30).clamp(1, 500);
    let titles = titles();
    let found = find(actions::site(&options)?, &query, &titles, limit)?;
    if found.is_empty() {
        let hint = import_hint(&query, &titles);
        let hint = if hint.is_empty() { String::new() } else { format!("\n{hint}") };
        return Err(Error::new(Kind::Other, format!("no action has all of these words: {query}{hint}")));
    }
    let rows: Vec<Value> = found.iter().take(limit).map(Row::json).collect();
    let mut result = json!({"total": found.len(), "actions": rows});
    if found.len() > limit {
        result["note"] = json!("There are more: add a word, or give a larger `limit`.");
    }
    Ok(result)
}
