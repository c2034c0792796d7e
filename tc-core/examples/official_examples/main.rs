//! Compares the official examples with the specs of the catalog.
//!
//! `official_examples requests CHINA INTERNATIONAL` checks the requests, and `official_examples responses CHINA INTERNATIONAL` the
//! responses. Both read the `examples.json` of the unpacked packages tccli and tccli-intl-en.

mod requests;
mod responses;

use std::error::Error;
use std::fs;
use std::path::Path;

use tc_core::catalog::{Catalog, Site};
use tc_core::serde_json::{self, Value};
use tc_core::spec::ActionSpec;

/// An official example of an action.
struct Example<'a> {
    /// Site, service, version and action.
    place: &'a str,
    spec: &'static ActionSpec,
    json: &'a Value,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["requests", china, international] => {
            let mut counts = requests::Counts::default();
            each([china, international], |example| counts.check(&example))?;
            counts.report()
        }
        ["responses", china, international] => {
            let mut counts = responses::Counts::default();
            each([china, international], |example| counts.read(&example))?;
            counts.report()
        }
        _ => Err("usage: official_examples requests|responses CHINA INTERNATIONAL".into()),
    }
}

/// Calls `with` for every example in the unpacked packages of the two sites.
fn each(packages: [&str; 2], mut with: impl FnMut(Example<'_>)) -> Result<(), Box<dyn Error>> {
    let catalog = Catalog::embedded()?;
    for (site, package) in Site::ALL.into_iter().zip(packages) {
        for service in catalog.services() {
            for version in service.versions(site) {
                let file = format!("tccli/services/{}/v{}/examples.json", service.name(), version.replace('-', ""));
                let Ok(text) = fs::read(Path::new(package).join(file)) else { continue };
                let examples: Value = serde_json::from_slice(&text)?;
                for action in service.module(site, Some(version))?.actions() {
                    let spec = action.spec()?;
                    let place = format!("{site} {} {version} {}", service.name(), action.name());
                    for json in examples["actions"][action.name()].as_array().into_iter().flatten() {
                        with(Example { place: &place, spec, json });
                    }
                }
            }
        }
    }
    Ok(())
}
