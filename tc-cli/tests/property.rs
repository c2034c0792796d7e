//! A thousand random requests, drawn from the catalog, mean the same in every form of command line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tc_catalog::Site;
use tc_cli::args::{CommandLine, Mode, build, write};
use tc_spec::{ModelSpec, ParamSpec, Type};

/// A small generator: the same requests on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    pub(crate) fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

pub(crate) fn object(random: &mut Random, model: &'static ModelSpec, depth: usize) -> Value {
    let mut members = Map::new();
    for param in model.params {
        if !random.one_in(4) && (depth < 3 || !matches!(param.ty, Type::Model(_))) {
            members.insert(param.name.to_owned(), member(random, param, depth));
        }
    }
    Value::Object(members)
}

fn member(random: &mut Random, param: &ParamSpec, depth: usize) -> Value {
    if !param.is_list() {
        return value(random, param.ty, depth);
    }
    (0..random.below(4)).map(|_| value(random, param.ty, depth)).collect()
}

fn value(random: &mut Random, ty: Type, depth: usize) -> Value {
    match ty {
        Type::Integer { min, .. } if min >= 0 => json!(random.next() >> random.below(64)),
        Type::Integer { .. } => json!((random.next() >> random.below(64)).cast_signed()),
        Type::Float | Type::Float32 => json!(f64::from(u32::try_from(random.below(1_000_000)).unwrap()) / 64.0),
        Type::Boolean => json!(random.one_in(2)),
        Type::Model(model) => object(random, model.get(), depth + 1),
        Type::Json => json!({"a": [1, null]}),
        _ => {
            const TEXTS: [&str; 14] = [
                "",
                "a b",
                "中文 ñ",
                "-5",
                "--Limit",
                "--a b",
                "[x",
                "[]",
                "{\"a\":1}",
                "'\"\\",
                "=",
                "a,b",
                "123",
                "\n\t",
            ];
            json!(TEXTS[random.below(TEXTS.len())])
        }
    }
}

/// The request as one option for each parameter, JSON where it is nested.
fn plain(request: &Map<String, Value>) -> Vec<String> {
    request.iter().map(|(name, value)| format!("--{name}={}", word(value))).collect()
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The request as paths; lists of single values as words where words can say them.
fn unfolded(value: &Value, path: &str, words: &mut Vec<String>) {
    match value {
        Value::Object(members) if path.is_empty() || !members.is_empty() => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                unfolded(value, &path, words);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for (index, item) in items.iter().enumerate() {
                unfolded(item, &format!("{path}.{index}"), words);
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(|item| !word(item).starts_with("--L")) => {
            words.push(format!("--{path}"));
            words.extend(items.iter().map(word));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                words.push(format!("--{path}.{index}={}", word(item)));
            }
            if items.is_empty() {
                words.push(format!("--{path}"));
            }
        }
        other => words.push(format!("--{path}={}", word(other))),
    }
}

#[test]
fn a_thousand_random_requests_are_the_same_in_every_form() {
    let catalog = tc_cli::actions::catalog().unwrap();
    let mut actions = Vec::new();
    for service in catalog.services() {
        if service.versions(Site::China).len() > 0 {
            let module = service.module(Site::China, None).unwrap();
            actions.extend(module.actions().map(|action| (service, action)));
        }
    }
    let mut random = Random(0x5EED_1234_5678_9ABC);
    let mut shapes = BTreeMap::new();
    for _ in 0..1000 {
        let (service, action) = actions[random.below(actions.len())];
        let spec = tc_cli::actions::target(service, Site::China, action).unwrap().spec;
        let request = object(&mut random, spec.request, 0);
        let members = request.as_object().unwrap();
        *shapes
            .entry(members.values().filter(|value| value.is_object() || value.is_array()).count().min(3))
            .or_insert(0) += 1;
        let mut words = Vec::new();
        unfolded(&request, "", &mut words);
        for (words, mode) in [(plain(members), Mode::Plain), (words, Mode::Unfold), (write(members), Mode::Plain)] {
            let line = CommandLine::parse(words.iter().cloned()).unwrap();
            let built =
                build(spec.request, &line.params, mode).unwrap_or_else(|problems| panic!("{words:?}: {problems:?}"));
            assert_eq!(Value::Object(built), request, "{} {}: {words:?}", service.name(), spec.name);
        }
    }
    assert!(
        shapes.len() == 4 && shapes.values().all(|count| *count > 40),
        "the requests are of every shape: {shapes:?}"
    );
}
