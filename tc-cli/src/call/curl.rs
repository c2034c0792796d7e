//! `--curl`: a script for a shell that sends the request with curl. The key and sensitive values stay in variables.

use std::io::Write;

use super::{Request, written};
use crate::error::Error;
use crate::snippet::{Language, Snippet};

/// Prints the script. It signs when it is run, so that it can be kept.
///
/// # Errors
/// The request cannot be written as a POST of JSON.
pub(super) fn run(request: &Request<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let (region, url) = (request.settings.region(request.options), request.url()?);
    let snippet = Snippet::new(request.target, &request.params)
        .region(&region)
        .endpoint(Some(&url))
        .all_pages(request.options.has("all"));
    written(out.write_all(snippet.code(Language::Curl)?.as_bytes()))
}
