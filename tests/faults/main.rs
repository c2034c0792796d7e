//! What the client makes of everything that can go wrong: a test for each line of `docs/FAULTS.md`, which is the
//! expectation. `TC_RECORD=1 cargo test -p tc-tests --test suite faults::document::record` writes it anew.

mod codes;
mod connections;
mod credentials;
mod document;
mod error_members;
mod scene;
mod tls;
mod way;

use scene::Row;

/// Every line of the document, chapter by chapter.
fn chapters() -> [(&'static str, &'static [Row]); 7] {
    [
        (WAY, way::ROWS),
        (CONNECTIONS, connections::ROWS),
        (ANSWERS, connections::ANSWERS),
        (ERRORS, error_members::ROWS),
        (CLOCK, credentials::ROWS),
        (METADATA, credentials::METADATA),
        (CODES, codes::ROWS),
    ]
}

const WAY: &str = "## The way to the server";
const CONNECTIONS: &str = "## Connections that break";
const ANSWERS: &str = "## Answers that are none";
const ERRORS: &str = "## Members `Error` of another shape";
const CLOCK: &str = "## Clock and credentials";
const METADATA: &str = "## The metadata service";
const CODES: &str = "## Error codes";
