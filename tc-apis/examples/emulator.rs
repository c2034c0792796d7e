//! A cloud on loopback for clients of any language: it knows the two documented actions and the documents' example data.
//!
//! `cargo run --example emulator` prints its URL, the key it knows, and ends when its standard input ends; with
//! `-- --seconds 60` after that time instead, with `-- --port-file PATH` it also writes its port there. At the end it
//! prints a line for every request: method, action, and `ok` or the code it was refused with.

#[path = "quickstart/documented.rs"]
mod documented;

use std::error::Error;
use std::time::Duration;

use tc_core::emulator::{ErrorResponse, SECRET_ID, SECRET_KEY};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = documented::emulator().await?;
    println!("url {}\nsecret-id {SECRET_ID}\nsecret-key {SECRET_KEY}", emulator.url());
    if let Some(path) = option("--port-file") {
        let port = emulator.url().rsplit(':').next().unwrap_or_default();
        // Whoever waits for the file finds it whole.
        std::fs::write(format!("{path}.new"), port)?;
        std::fs::rename(format!("{path}.new"), path)?;
    }
    match option("--seconds") {
        Some(seconds) => tokio::time::sleep(Duration::from_secs(seconds.parse()?)).await,
        None => end_of_input().await,
    }
    for received in emulator.received() {
        let verdict = received.error.as_ref().map_or("ok", ErrorResponse::code);
        println!("{} {} {verdict}", received.method, received.action);
    }
    Ok(())
}

/// The argument after `name`.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

async fn end_of_input() {
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        ended.send(())
    });
    let _ = end.await;
}
