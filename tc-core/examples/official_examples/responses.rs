//! Decodes every official success example with the specs of the catalog, as the client decodes a response.
//!
//! Prints each example that cannot be decoded with the reason, and fails if that is more than one in a thousand.

use std::collections::BTreeMap;
use std::error::Error;

use tc_core::__private::read_by_spec;
use tc_core::serde_json::{self, Value, value::RawValue};

use crate::Example;

/// The numbers of examples by their result.
#[derive(Default)]
pub(crate) struct Counts {
    strict: usize,
    coerced: usize,
    failed: usize,
    errors: usize,
    not_json: usize,
    without_response: usize,
}

impl Counts {
    /// Reads an example, and prints why it cannot be read.
    pub(crate) fn read(&mut self, example: &Example<'_>) {
        let output = example.json["output"].as_str().unwrap_or_default();
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
        match read_by_spec(content.as_bytes(), example.spec.response.get()) {
            Ok(coercions) if coercions.is_empty() => self.strict += 1,
            Ok(_) => self.coerced += 1,
            Err(reason) => {
                self.failed += 1;
                println!("{}: {reason}", example.place);
            }
        }
    }

    /// Prints the numbers.
    ///
    /// # Errors
    /// More than one example in a thousand cannot be read.
    pub(crate) fn report(self) -> Result<(), Box<dyn Error>> {
        let Self { strict, coerced, failed, errors, not_json, without_response } = self;
        let all = strict + coerced + failed;
        println!(
            "{all} success examples: {strict} without a coercion, {coerced} with reported coercions, {failed} cannot be read\n\
             left out: {errors} errors, {not_json} that are not JSON, {without_response} without a `Response`"
        );
        if failed * 1000 > all { Err("more than one example in a thousand cannot be read".into()) } else { Ok(()) }
    }
}
