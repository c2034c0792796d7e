//! The tests that need no separate process, in one program: `cargo test -p tc-tests --test suite client::retry`.
//!
//! Each module is a folder; its `main.rs` describes it.

#[path = "architecture/main.rs"]
mod architecture;
#[path = "by_hand/main.rs"]
mod by_hand;
#[path = "catalog/main.rs"]
mod catalog;
#[path = "client/main.rs"]
mod client;
#[path = "contract/main.rs"]
mod contract;
#[path = "emulator/main.rs"]
mod emulator;
#[path = "faults/main.rs"]
mod faults;
#[path = "live/main.rs"]
mod live;
#[path = "macros/main.rs"]
mod macros;
#[path = "provider/main.rs"]
mod provider;
#[path = "sse/main.rs"]
mod sse;
#[path = "transport/main.rs"]
mod transport;
#[path = "wire/main.rs"]
mod wire;
