//! A program without async code: one call, and a match on a documented error.
//!
//! `cargo run --example blocking` calls the cloud with the credentials of the environment. `-- --endpoint URL` calls another
//! server, and `-- --emulator` an emulator that this program starts.

#[path = "quickstart/documented.rs"]
mod documented;

use std::error::Error;

use tc_apis::iai::{GetPersonGroupInfo, GetPersonGroupInfoError};
use tc_apis::{Region, request};
use tc_core::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--emulator") {
        // The emulator is async, so it runs on a separate runtime.
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let emulator = runtime.block_on(documented::emulator())?;
        return groups(&emulator.client_builder().blocking().build()?);
    }
    let mut builder = Client::builder().region(Region::AP_GUANGZHOU);
    if let Some(url) = std::env::args().skip_while(|argument| argument != "--endpoint").nth(1) {
        builder = builder.endpoint(url.as_str());
    }
    groups(&builder.build()?)
}

fn groups(client: &Client) -> Result<(), Box<dyn Error>> {
    for person_id in ["1001", "1002"] {
        match client.send(&request!(GetPersonGroupInfo { person_id, offset: 0, limit: 10 })) {
            Ok(person) => println!("{} groups, request {}", person.person_group_infos.len(), person.request_id()),
            Err(error) if error.service() == Some(GetPersonGroupInfoError::PersonIdNotExist) => {
                println!("the person does not exist");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
