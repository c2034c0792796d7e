//! The results of a search.

use maud::{Markup, html};
use serde_json::Value;
use tc_catalog::Site;

use super::input::{Refused, text};
use crate::commands::search;
use crate::docs::Title;

/// The most results that are listed.
const MOST: usize = 50;

/// The best actions for the words in `q`, as options of a list box.
///
/// # Errors
/// There is no such site.
pub(super) fn list(query: &Value, titles: &[Title]) -> Result<Markup, Refused> {
    let site = match text(query, "site") {
        "" => Site::China,
        name => name.parse().map_err(|error| Refused::bad(format!("site: {error}")))?,
    };
    let words = text(query, "q").trim();
    let found = if words.is_empty() { Vec::new() } else { search::find(site, words, titles, MOST)? };
    let hint = search::import_hint(words, titles);
    Ok(html! {
        @for (index, row) in found.iter().take(MOST).enumerate() {
            li role="option" id={"found-" (index)} data-service=(row.service) data-version=(row.version) data-action=(row.action) aria-selected="false" {
                span.service { (row.service) }
                span.name { (row.action) }
                @if !row.is_default { span.version { (row.version) } }
                @if !row.title.is_empty() { span.title { (row.title) } }
                @if let Some(parameter) = &row.parameter { span.title { "parameter " (parameter) } }
            }
        }
        @if found.len() > MOST {
            li.more role="presentation" { (found.len() - MOST) " more: add a word" }
        }
        @if found.is_empty() && !words.is_empty() {
            li.more role="presentation" {
                "No action has all of these words."
                @if !hint.is_empty() { " Hint: " (hint) "." }
            }
        }
    })
}
