//! Decodes every official success example with the specs of the catalog, as the client decodes a response.
//!
//! `official_answers CHINA INTERNATIONAL` reads the `examples.json` of the unpacked packages tccli and tccli-intl-en. It prints each
//! example that cannot be decoded with the reason, and fails if that is more than one in a thousand.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use tc_catalog::{Catalog, Site};
use tc_core::__private::read_by_spec;
use tc_core::serde_json::{self, Value, value::RawValue};
use tc_core::spec::ModelSpec;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [china, international] = arguments.as_slice() else {
        return Err("usage: official_answers CHINA INTERNATIONAL".into());
    };
    let catalog = Catalog::embedded()?;
    let mut counts = Counts::default();
    for (site, directory) in Site::ALL.into_iter().zip([china, international]) {
        for service in catalog.services() {
            for version in service.versions(site) {
                let folder = format!("tccli/services/{}/v{}/examples.json", service.name(), version.replace('-', ""));
                let Ok(text) = fs::read(Path::new(directory).join(folder)) else { continue };
                let examples: Value = serde_json::from_slice(&text)?;
                for action in service.module(site, Some(version))?.actions() {
                    let model = action.spec()?.response.get();
                    let place = format!("{site} {} {version} {}", service.name(), action.name());
                    for example in examples["actions"][action.name()].as_array().into_iter().flatten() {
                        counts.read(example["output"].as_str().unwrap_or_default(), model, &place);
                    }
                }
            }
        }
    }
    let Counts { strict, coerced, failed, errors, not_json, without_response } = counts;
    let all = strict + coerced + failed;
    println!(
        "{all} success examples: {strict} without a coercion, {coerced} with reported coercions, {failed} cannot be read\n\
         left out: {errors} errors, {not_json} that are not JSON, {without_response} without a `Response`"
    );
    if failed * 1000 > all { Err("more than one example in a thousand cannot be read".into()) } else { Ok(()) }
}

#[derive(Default)]
struct Counts {
    strict: usize,
    coerced: usize,
    failed: usize,
    errors: usize,
    not_json: usize,
    without_response: usize,
}

impl Counts {
    fn read(&mut self, output: &str, model: &'static ModelSpec, place: &str) {
        let Ok(body) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(output) else {
            self.not_json += 1;
            return;
        };
        let content = body.get("Response").map(|content| content.get());
        let Some(content) = content.filter(|content| content.starts_with('{')) else {
            self.without_response += 1;
            return;
        };
        if serde_json::from_str::<Value>(content)
            .is_ok_and(|content| content.get("Error").is_some_and(Value::is_object))
        {
            self.errors += 1;
            return;
        }
        match read_by_spec(content.as_bytes(), model) {
            Ok(coercions) if coercions.is_empty() => self.strict += 1,
            Ok(_) => self.coerced += 1,
            Err(reason) => {
                self.failed += 1;
                println!("{place}: {reason}");
            }
        }
    }
}
