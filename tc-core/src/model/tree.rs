//! JSON that is read by a spec into an owned tree, for actions whose spec is built at run time. The tree implements [`Fields`].

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Number, Value as Json};

use super::{Fields, Value, ValueList, Violation, push_name};
use crate::spec::{Literal, Message, ModelSpec, ParamSpec, Problem, Type, did_you_mean};

/// The members of a model, in the order of its spec.
#[derive(Clone)]
pub(crate) struct Tree {
    spec: &'static ModelSpec,
    members: Vec<Node>,
}

/// One value.
#[derive(Clone)]
enum Node {
    Absent,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    /// A text, or a time as it was written.
    Text(String),
    Bytes(Vec<u8>),
    Model(Tree),
    Texts(Vec<String>),
    List(Vec<Node>),
    Json(Json),
}

impl Tree {
    /// Reads `json`. Returns the tree, and a violation for every member that is unknown, missing or of another type. Such members
    /// are absent in the tree.
    ///
    /// Numbers and booleans may be texts, which the cloud accepts. Null is absent.
    pub(crate) fn read(spec: &'static ModelSpec, json: &Json) -> (Self, Vec<Violation>) {
        let mut reader = Reader { path: String::new(), found: Vec::new() };
        let tree = match json {
            _ if is_too_deep(json) => {
                reader.found.push(Violation::new("", "the parameters have more than 127 levels of lists and objects"));
                Self { spec, members: Vec::new() }
            }
            Json::Object(members) => reader.model(spec, members),
            Json::Null => reader.model(spec, &Map::new()),
            _ => {
                reader.found.push(Violation::new("", "the parameters of an action must be a JSON object"));
                Self { spec, members: Vec::new() }
            }
        };
        (tree, reader.found)
    }
}

/// Whether JSON has more levels than serde_json reads, which is 127. More could overflow the stack.
pub(crate) fn is_too_deep(json: &Json) -> bool {
    fn exceeds(json: &Json, left: usize) -> bool {
        match json {
            Json::Array(items) => left == 0 || items.iter().any(|item| exceeds(item, left - 1)),
            Json::Object(members) => left == 0 || members.values().any(|member| exceeds(member, left - 1)),
            _ => false,
        }
    }
    exceeds(json, 127)
}

impl Fields for Tree {
    fn model(&self) -> &'static ModelSpec {
        self.spec
    }

    fn member(&self, index: usize) -> Value<'_> {
        self.members.get(index).map_or(Value::Absent, Node::value)
    }
}

impl Node {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Absent => Value::Absent,
            Self::Bool(value) => Value::Bool(*value),
            Self::Int(number) => Value::Int(*number),
            Self::Uint(number) => Value::Uint(*number),
            Self::Float(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Model(tree) => Value::Model(tree),
            Self::Texts(texts) => Value::Texts(texts),
            Self::List(nodes) => Value::List(nodes),
            Self::Json(json) => Value::Json(json),
        }
    }
}

impl ValueList for Vec<Node> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Value<'_> {
        self[index].value()
    }
}

struct Reader {
    path: String,
    found: Vec<Violation>,
}

impl Reader {
    fn model(&mut self, spec: &'static ModelSpec, members: &Map<String, Json>) -> Tree {
        for name in members.keys().filter(|name| spec.param(name).is_none()) {
            let hint = did_you_mean(name, spec.params.iter().map(|param| param.name));
            self.below(name, |reader| reader.report(format!("is not a member of {}{hint}", spec.name)));
        }
        let read = |param: &'static ParamSpec| {
            self.below(param.name, |reader| match members.get(param.name) {
                Some(json) if !json.is_null() => reader.member(param, json),
                _ => {
                    if param.required {
                        reader.report("is required and missing");
                    }
                    Node::Absent
                }
            })
        };
        Tree { spec, members: spec.params.iter().map(read).collect() }
    }

    fn member(&mut self, param: &'static ParamSpec, json: &Json) -> Node {
        if !param.is_list() {
            return self.one(param, json);
        }
        let Json::Array(items) = json else {
            let shown = if json.is_number() { json.to_string() } else { String::new() };
            self.problem(param, literal(json, &shown).map(Problem::Scalar), "must be a list, not an object");
            return Node::Absent;
        };
        let mut digits = itoa::Buffer::new();
        let nodes: Vec<Node> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.below(digits.format(index), |reader| reader.one(param, item)))
            .collect();
        // An item that was reported is absent, and the indices of the others do not change.
        if !nodes.iter().all(|node| matches!(node, Node::Text(_))) {
            return Node::List(nodes);
        }
        let text = |node| match node {
            Node::Text(text) => Some(text),
            _ => None,
        };
        Node::Texts(nodes.into_iter().filter_map(text).collect())
    }

    fn one(&mut self, param: &'static ParamSpec, json: &Json) -> Node {
        let read = match (param.ty, json) {
            (Type::Json, json) => Some(Node::Json(json.clone())),
            (Type::Model(model), Json::Object(members)) => Some(Node::Model(self.model(model.get(), members))),
            (Type::String | Type::Date | Type::DateTime | Type::Enum(_), Json::String(text)) => {
                Some(Node::Text(text.clone()))
            }
            (Type::Time, Json::String(text)) => {
                chrono::DateTime::parse_from_rfc3339(text).ok().map(|_| Node::Text(text.clone()))
            }
            (Type::Binary, Json::String(text)) => STANDARD.decode(text).ok().map(Node::Bytes),
            (Type::Boolean, Json::Bool(value)) => Some(Node::Bool(*value)),
            (Type::Boolean, Json::String(text)) => match text.as_str() {
                "true" | "True" => Some(Node::Bool(true)),
                "false" | "False" => Some(Node::Bool(false)),
                _ => None,
            },
            (Type::Integer { .. }, Json::Number(number)) => self.integer(param, integer(number)),
            (Type::Integer { .. }, Json::String(text)) => {
                let number = Some(text).filter(|text| !text.starts_with('+')).and_then(|text| text.parse().ok());
                self.integer(param, number)
            }
            (Type::Float | Type::Float32, Json::Number(number)) => finite(number.as_f64()),
            (Type::Float | Type::Float32, Json::String(text)) => finite(text.parse().ok()),
            _ => None,
        };
        read.unwrap_or_else(|| {
            let shown = if json.is_number() { json.to_string() } else { String::new() };
            let problem = match json {
                Json::Array(_) => Some(Problem::List),
                json => literal(json, &shown).map(Problem::Type),
            };
            let other = if json.is_null() { "null" } else { "an object" };
            match (param.ty, json) {
                (Type::Time, Json::String(_)) => {
                    self.report("must be a time such as 2022-01-01T00:00:00+08:00, not other text");
                }
                (Type::Binary, Json::String(_)) => self.report("must be bytes in base64, not other text"),
                _ => self.problem(param, problem, &format!("must be {}, not {other}", param.ty.expected())),
            }
            Node::Absent
        })
    }

    /// Converts a number. One that the type cannot contain is reported and absent.
    fn integer(&mut self, param: &'static ParamSpec, number: Option<i128>) -> Option<Node> {
        let number = number?;
        let node = i64::try_from(number).map(Node::Int).or_else(|_| u64::try_from(number).map(Node::Uint)).ok();
        match param.ty {
            Type::Integer { min, max } if (min..=max).contains(&number) && node.is_some() => node,
            _ => {
                self.problem(param, Some(Problem::Integer(number)), "");
                Some(Node::Absent)
            }
        }
    }

    fn problem(&mut self, param: &ParamSpec, problem: Option<Problem<'_>>, otherwise: &str) {
        match problem {
            Some(problem) => self.report(problem.describe(Message::new(), param).to_string()),
            None => self.report(otherwise),
        }
    }

    fn report(&mut self, message: impl Into<String>) {
        self.found.push(Violation::new(self.path.clone(), message));
    }

    /// Calls `inside` with `name` at the end of the path.
    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = push_name(&mut self.path, name);
        let result = inside(self);
        self.path.truncate(len);
        result
    }
}

fn finite(number: Option<f64>) -> Option<Node> {
    number.filter(|number| number.is_finite()).map(Node::Float)
}

fn integer(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// Returns the value for a message, in which a number is written as `shown`. `None` for an object and null.
fn literal<'a>(json: &'a Json, shown: &'a str) -> Option<Literal<'a>> {
    match json {
        Json::Bool(value) => Some(Literal::Bool(*value)),
        Json::String(text) => Some(Literal::Text(text)),
        Json::Array(_) => Some(Literal::List(&[])),
        Json::Number(number) => match integer(number) {
            Some(number) => Some(Literal::Int(number)),
            None => Some(Literal::Float(number.as_f64().unwrap_or(f64::NAN), shown)),
        },
        Json::Object(_) | Json::Null => None,
    }
}
