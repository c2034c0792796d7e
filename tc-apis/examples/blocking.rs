//! A program without async code: one call, and a match on a documented error.
//!
//! `cargo run --example blocking` calls the cloud with the credentials of the environment;
//! `-- --endpoint URL` calls another server, for example the emulator.

use std::error::Error;

use tc_apis::iai::{GetPersonGroupInfo, GetPersonGroupInfoError};
use tc_apis::{Region, request};
use tc_core::blocking::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Client::builder().region(Region::AP_GUANGZHOU);
    if let Some(url) = std::env::args().skip_while(|argument| argument != "--endpoint").nth(1) {
        builder = builder.endpoint(url.as_str());
    }
    let client = builder.build()?;
    match client.send(&request!(GetPersonGroupInfo { person_id: "person-1", offset: 0, limit: 10 })) {
        Ok(person) => println!("{} groups, request {}", person.person_group_infos.len(), person.request_id()),
        Err(error) if error.service() == Some(GetPersonGroupInfoError::PersonIdNotExist) => {
            println!("the person does not exist");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
