//! Answers made from the types and limits of an action: the same for the same seed, in pages that agree with their total.

use serde_json::{Map, Number, Value};
use tc_spec::{ActionSpec, FieldPath, Items, Limit, ModelSpec, PageForm, ParamSpec, Type};

use super::scalar::scalar;

/// What the answers are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maker {
    /// Other seeds give other values.
    pub seed: u64,
    /// How many items there are of everything that pages.
    pub items: u64,
}

impl Default for Maker {
    /// Seed 0, 42 items.
    fn default() -> Self {
        Self { seed: 0, items: 42 }
    }
}

/// The number of items of a page if neither the request nor the documentation gives one.
const PAGE: u64 = 20;
/// How deep objects are nested in each other.
const DEPTH: usize = 6;

/// The answer of an action to these parameters, without a RequestId.
pub fn answer(spec: &ActionSpec, params: &Value, maker: Maker) -> Value {
    let making = Making { maker, params, within: Vec::new() };
    let model = spec.response.get();
    let mut answer = making.object(model, hash(maker.seed, spec.name), 0);
    if let Some(page) = spec.page {
        let wire = |path: FieldPath| -> Option<Vec<&'static str>> {
            Some(model.path(path)?.into_iter().map(|param| param.name).collect())
        };
        let Some(steps) = model.path(page.items) else { return answer };
        let Some((list, names)) = steps.last().zip(wire(page.items)) else { return answer };
        let chosen = making.chosen(list);
        let total = chosen.as_ref().map_or(maker.items, |chosen| chosen.len() as u64);
        let (start, size, next) = position(spec, page.form, params, total);
        let rows = (start..total.min(start.saturating_add(size))).map(|index| {
            let seed = hash(maker.seed ^ index.wrapping_mul(0x9E37_79B9), list.name);
            let mut row = making.item(list, seed, index);
            if let (Some((member, values)), Value::Object(row)) =
                (chosen.as_ref().and_then(|chosen| chosen.get(usize::try_from(index).ok()?)), &mut row)
            {
                row.insert((*member).to_owned(), values.clone());
            }
            row
        });
        put(&mut answer, &names, rows.collect());
        if let Some(path) = page.total.and_then(wire) {
            put(&mut answer, &path, counted(page.total.and_then(|path| model.path(path)), total));
        }
        if let PageForm::Token { next: path, more, .. } = page.form {
            if let Some(path) = wire(path) {
                let text = if next < total { format!("page-{next}") } else { String::new() };
                let number = model.path(page_next(page.form)).and_then(|path| path.last().copied());
                let value = match number.map(|param| param.ty) {
                    Some(Type::Integer { .. }) => Value::from(if next < total { next } else { 0 }),
                    _ => Value::from(text),
                };
                put(&mut answer, &path, value);
            }
            if let Some(path) = more.and_then(wire) {
                put(&mut answer, &path, Value::from(next < total));
            }
        }
    } else {
        agree(&mut answer, model);
    }
    // A member called `Error` would make a failure of the answer.
    if let Some(error) = answer.get_mut("Error") {
        *error = Value::Null;
    }
    answer
}

/// The total of an answer that does not page is the length of its only list.
fn agree(answer: &mut Value, model: &ModelSpec) {
    let mut lists = model.params.iter().filter(|param| param.is_list());
    let (Some(list), None) = (lists.next(), lists.next()) else { return };
    let count = answer[list.name].as_array().map_or(0, Vec::len) as u64;
    for total in ["TotalCount", "Total", "Count"] {
        if let Some(param) = model.param(total) {
            answer[total] = counted(Some(vec![param]), count);
        }
    }
}

/// A request that the limits accept: the required parameters, or if no parameter is required the first ones of a single value; with
/// `whole`, all of them.
pub fn request(spec: &ActionSpec, whole: bool) -> Value {
    let chosen = |param: &&ParamSpec, any: bool| {
        !param.deprecated && (whole || if any { param.required } else { !matches!(param.ty, Type::Model(_)) })
    };
    let any = spec.request.params.iter().any(|param| param.required);
    let most = if whole || any { usize::MAX } else { 3 };
    let params = spec.request.params.iter().filter(|param| chosen(param, any)).take(most);
    let members = params.map(|param| (param.name.to_owned(), made(param, whole, &mut Vec::new())));
    Value::Object(members.collect())
}

/// The parameters that were given, and the others of [`request`] that they lack, at every depth: a required member of an object that
/// was given is added to it. With `whole`, all members are added. Without any required parameter, nothing is added at the top.
pub fn completed(spec: &ActionSpec, params: Map<String, Value>, whole: bool) -> Value {
    members(spec.request, params, whole, &mut Vec::new())
}

/// The given members of an object, then those that are added, in the order of the model. Unknown members are last.
fn members(
    model: &'static ModelSpec,
    mut given: Map<String, Value>,
    whole: bool,
    within: &mut Vec<&'static str>,
) -> Value {
    let mut object = Map::new();
    for param in model.params {
        let value = match given.shift_remove(param.name) {
            Some(value) => with_members(param, value, whole, within),
            None if !param.deprecated && (whole || param.required) => made(param, whole, within),
            None => continue,
        };
        object.insert(param.name.to_owned(), value);
    }
    object.extend(given);
    Value::Object(object)
}

/// A given value, with the members that its objects lack.
fn with_members(param: &'static ParamSpec, value: Value, whole: bool, within: &mut Vec<&'static str>) -> Value {
    let Type::Model(model) = param.ty else { return value };
    match value {
        Value::Array(items) => items.into_iter().map(|item| with_members(param, item, whole, within)).collect(),
        Value::Object(given) => {
            let model = model.get();
            within.push(model.name);
            let object = members(model, given, whole, within);
            within.pop();
            object
        }
        other => other,
    }
}

fn made(param: &'static ParamSpec, whole: bool, within: &mut Vec<&'static str>) -> Value {
    let one = |within: &mut Vec<&'static str>, index: u64| match param.ty {
        Type::Model(model) => {
            let model = model.get();
            if within.contains(&model.name) {
                return Value::Object(Map::new());
            }
            within.push(model.name);
            let object = members(model, Map::new(), whole, within);
            within.pop();
            object
        }
        _ => match param.default {
            Some(tc_spec::Literal::Int(default)) => Number::from_i128(default).map_or(Value::Null, Value::Number),
            Some(tc_spec::Literal::Bool(default)) => Value::from(default),
            Some(tc_spec::Literal::Text(default)) if !default.is_empty() => Value::from(default),
            _ => scalar(param, hash(0, param.name), index),
        },
    };
    if !param.is_list() {
        return one(within, 0);
    }
    let least = param.limits.iter().find_map(|limit| match limit {
        Limit::Items(Items { min, .. }) => Some((*min).max(1) as u64),
        _ => None,
    });
    (0..least.unwrap_or(1)).map(|index| one(within, index)).collect()
}

fn page_next(form: PageForm) -> FieldPath {
    match form {
        PageForm::Token { next, .. } => next,
        _ => &[],
    }
}

/// The first item, the size of a page, and the first item of the next page.
fn position(spec: &ActionSpec, form: PageForm, params: &Value, total: u64) -> (u64, u64, u64) {
    let given = |name: &str| number(&params[name]);
    let size_of = |name: &str| {
        let param = spec.request.param(name);
        let default = param.and_then(|param| param.default);
        let documented = match default {
            Some(tc_spec::Literal::Int(default)) => u64::try_from(default).ok(),
            _ => None,
        };
        given(name).or(documented).unwrap_or(PAGE).max(1)
    };
    let (start, size) = match form {
        PageForm::Offset { offset, limit } => (given(offset).unwrap_or(0), size_of(limit)),
        PageForm::Number { number, size, first } => {
            let size = size_of(size);
            (given(number).unwrap_or(first).saturating_sub(first).saturating_mul(size), size)
        }
        PageForm::Token { token, size, .. } => {
            let start = params[token].as_str().and_then(|token| token.strip_prefix("page-")?.parse().ok());
            (start.or_else(|| given(token)).unwrap_or(0), size.map_or(PAGE, size_of))
        }
    };
    (start.min(total), size, start.saturating_add(size))
}

/// A total in the type of its member: some are texts.
fn counted(path: Option<Vec<&'static ParamSpec>>, total: u64) -> Value {
    match path.and_then(|path| path.last().map(|param| param.ty)) {
        Some(Type::String) => Value::from(total.to_string()),
        _ => Value::from(total),
    }
}

fn put(answer: &mut Value, path: &[&str], value: Value) {
    let mut at = answer;
    for name in path {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[*name];
    }
    *at = value;
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

struct Making<'a> {
    maker: Maker,
    params: &'a Value,
    within: Vec<&'static str>,
}

impl Making<'_> {
    /// The items that the request names, as `InstanceIds` names the items with these `InstanceId`s.
    fn chosen(&self, list: &ParamSpec) -> Option<Vec<(&'static str, Value)>> {
        let Type::Model(model) = list.ty else { return None };
        let params = self.params.as_object()?;
        for param in model.get().params {
            let plural = [format!("{}s", param.name), format!("{}Set", param.name)];
            let ids = plural.iter().find_map(|name| params.get(name.as_str())?.as_array());
            if let Some(ids) = ids.filter(|ids| !ids.is_empty() && ids.iter().all(|id| !id.is_object())) {
                return Some(ids.iter().map(|id| (param.name, id.clone())).collect());
            }
        }
        None
    }

    fn object(&self, model: &'static ModelSpec, seed: u64, index: u64) -> Value {
        let members = model.params.iter().map(|param| {
            let seed = hash(seed, param.name);
            (param.name.to_owned(), self.member(param, seed, index))
        });
        Value::Object(members.collect())
    }

    fn member(&self, param: &'static ParamSpec, seed: u64, index: u64) -> Value {
        if !param.is_list() {
            // A member of the response repeats the parameter of the same name.
            if let Some(same) = self.params.get(param.name).filter(|given| fits(given, param.ty)) {
                return same.clone();
            }
            return self.item(param, seed, index);
        }
        let count = param.limits.iter().find_map(|limit| match limit {
            Limit::Items(Items { min, max }) => Some((*min).max(1).min(max.unwrap_or(usize::MAX))),
            _ => None,
        });
        let count = count.unwrap_or(1 + usize::from(seed.is_multiple_of(2))) as u64;
        (0..count).map(|item| self.item(param, hash(seed, &item.to_string()), item)).collect()
    }

    /// One value of a member, or one item of a list.
    fn item(&self, param: &'static ParamSpec, seed: u64, index: u64) -> Value {
        match param.ty {
            Type::Model(model) => {
                let model = model.get();
                if self.within.len() >= DEPTH || self.within.contains(&model.name) {
                    return Value::Object(Map::new());
                }
                let within = self.within.iter().copied().chain([model.name]).collect();
                Making { maker: self.maker, params: &Value::Null, within }.object(model, seed, index)
            }
            _ => scalar(param, seed, index),
        }
    }
}

/// Whether a given value can stand in the answer.
fn fits(given: &Value, ty: Type) -> bool {
    match ty {
        Type::String | Type::Enum(_) => given.is_string(),
        Type::Integer { .. } => given.is_i64() || given.is_u64(),
        Type::Boolean => given.is_boolean(),
        _ => false,
    }
}

/// FNV-1a, mixed at the end, so that neighbouring names have nothing in common.
fn hash(seed: u64, text: &str) -> u64 {
    let mut hash = seed ^ 0xCBF2_9CE4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ (hash >> 32)
}
