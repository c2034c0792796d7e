//! The result of every fault: one test for each line of `docs/FAULTS.md`, which contains the expected results.
//! `TC_RECORD=1 cargo test -p tc-tests --test suite faults::document::record` records it again.

mod codes;
mod connections;
mod credentials;
mod document;
mod error_members;
mod network;
mod row;
mod tls;

use row::Row;

/// All lines of the document, by section.
fn sections() -> [(&'static str, &'static [Row]); 7] {
    [
        (NETWORK, network::ROWS),
        (CONNECTIONS, connections::ROWS),
        (RESPONSES, connections::RESPONSES),
        (ERRORS, error_members::ROWS),
        (CLOCK, credentials::ROWS),
        (METADATA, credentials::METADATA),
        (CODES, codes::ROWS),
    ]
}

const NETWORK: &str = "## Name, connection and TLS";
const CONNECTIONS: &str = "## Broken connections";
const RESPONSES: &str = "## Invalid responses";
const ERRORS: &str = "## Unusual `Error` members";
const CLOCK: &str = "## Clock and credentials";
const METADATA: &str = "## The metadata service";
const CODES: &str = "## Error codes";
