//! Checks every official example request against the limits of the catalog, with the functions that check requests.
//!
//! A value that is not of its declared type is counted and not checked. A value that breaks a limit is printed, and the program
//! fails.

use std::error::Error;

use tc_core::serde_json::{self, Value};
use tc_core::spec::{Limit, Literal, ModelSpec, ParamSpec, Type};

use crate::Example;

/// The numbers of requests and of their values.
#[derive(Default)]
pub(crate) struct Counts {
    inputs: usize,
    values: usize,
    other_types: usize,
    refused: usize,
}

impl Counts {
    /// Checks the values of an example, and prints those that break a limit.
    pub(crate) fn check(&mut self, example: &Example<'_>) {
        let Some(input) = example.json["input"].as_str().and_then(body) else { return };
        self.inputs += 1;
        check(example.spec.request, &input, example.place, self);
    }

    /// Prints the numbers.
    ///
    /// # Errors
    /// A value breaks a limit.
    pub(crate) fn report(self) -> Result<(), Box<dyn Error>> {
        let Self { inputs, values, other_types, refused } = self;
        println!(
            "{inputs} inputs with {values} values: {refused} break a limit, {other_types} not of their declared type"
        );
        if refused > 0 { Err("a limit refuses an official example".into()) } else { Ok(()) }
    }
}

/// The JSON body of a POST; the parameters of a GET that are not nested, as text.
fn body(input: &str) -> Option<Value> {
    if let Some((_, query)) = input.trim_start().strip_prefix("http").and_then(|url| url.split_once('?')) {
        let pairs = query.split('&').filter_map(|pair| pair.trim().split_once('='));
        let plain = pairs.filter(|(name, value)| !name.contains('.') && !value.contains('%'));
        // These are parameters of every action.
        let own =
            plain.filter(|(name, _)| !["Action", "Version", "Region", "Token", "Language", "Timestamp"].contains(name));
        return Some(own.map(|(name, value)| (name.to_owned(), Value::from(value))).collect());
    }
    let json = input.get(input.find('{')?..=input.rfind('}')?)?;
    serde_json::from_str(json).ok()
}

fn check(model: &ModelSpec, input: &Value, place: &str, counts: &mut Counts) {
    for param in model.params {
        let value = &input[param.name];
        let place = format!("{place}.{}", param.name);
        match value {
            Value::Null => {}
            Value::Array(items) if param.is_list() => {
                // An optional list that is empty is left out of the request.
                let is_counted = !items.is_empty() || param.required;
                if is_counted && !param.limits.iter().all(|limit| limit.accepts_count(items.len())) {
                    counts.refused += 1;
                    println!("{place}: {} items", items.len());
                }
                for item in items {
                    check_one(param, item, &place, counts);
                }
            }
            _ if param.is_list() => counts.other_types += 1,
            value => check_one(param, value, &place, counts),
        }
    }
}

fn check_one(param: &ParamSpec, value: &Value, place: &str, counts: &mut Counts) {
    counts.values += 1;
    let accepts = |literal: Literal<'_>| param.limits.iter().all(|limit: &Limit| limit.accepts(literal));
    let is_text = matches!(param.ty, Type::String | Type::Date | Type::DateTime | Type::Time | Type::Enum(_));
    let number = match value {
        Value::Number(number) => Some(number.to_string()),
        // The cloud accepts numbers that are written as text.
        Value::String(text) if !is_text => Some(text.clone()),
        _ => None,
    };
    let literal = match (param.ty, value, &number) {
        (Type::Model(model), Value::Object(_), _) => return check(model.get(), value, place, counts),
        (_, Value::String(text), _) if is_text => Some(Literal::Text(text)),
        (Type::Integer { min, max }, _, Some(number)) => {
            number.parse::<i128>().ok().filter(|number| (min..=max).contains(number)).map(Literal::Int)
        }
        (Type::Float, _, Some(number)) => number.parse().ok().map(|value| Literal::Float(value, number)),
        (Type::Boolean, Value::Bool(value), _) => Some(Literal::Bool(*value)),
        _ => None,
    };
    match literal {
        None => counts.other_types += 1,
        Some(literal) if accepts(literal) => {}
        Some(literal) => {
            counts.refused += 1;
            println!("{place}: {literal:?} breaks {:?}", param.limits);
        }
    }
}
