//! The parameters of a call before they are written in a language: without sensitive values, and without files.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tc_spec::{ModelSpec, Type};

use crate::error::{Error, arguments};

/// A value of a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    /// The name of the variable that holds a sensitive text.
    Variable(String),
    List(Vec<Literal>),
    Object(Vec<(String, Literal)>),
}

/// A parameter that is bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) source: Source,
}

/// Where the bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A file: `@report.pdf`.
    Path(String),
    /// The text itself.
    Text(String),
}

/// The parameters of a call.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameters {
    /// Those that are not bytes.
    pub(super) members: Vec<(String, Literal)>,
    pub(super) files: Vec<File>,
    /// Every variable that the members name, in order.
    pub(super) variables: Vec<String>,
}

impl Parameters {
    /// The parameters of a request of this model. Members that the model does not have are kept.
    ///
    /// # Errors
    /// The parameters are neither an object nor null.
    pub(super) fn new(model: &'static ModelSpec, params: &Value) -> Result<Self, Error> {
        let empty = Map::new();
        let given = match params {
            Value::Object(members) => members,
            Value::Null => &empty,
            _ => return Err(arguments("the parameters of a call are a JSON object")),
        };
        let mut reader = Reader::default();
        let (mut members, mut files) = (Vec::new(), Vec::new());
        for (name, value) in given {
            match (model.param(name).map(|param| param.ty), value) {
                (Some(Type::Binary), Value::String(text)) => {
                    let source = match text.strip_prefix('@').filter(|path| !path.is_empty()) {
                        Some(path) => Source::Path(path.to_owned()),
                        None => Source::Text(text.clone()),
                    };
                    files.push(File { name: name.clone(), source });
                }
                _ => members.push((name.clone(), reader.member(model, name, value, ""))),
            }
        }
        Ok(Self { members, files, variables: reader.variables })
    }

    /// The members as one object.
    pub(super) fn object(&self) -> Literal {
        Literal::Object(self.members.clone())
    }
}

#[derive(Default)]
struct Reader {
    variables: Vec<String>,
    taken: BTreeSet<String>,
}

impl Reader {
    fn member(&mut self, model: &'static ModelSpec, name: &str, value: &Value, before: &str) -> Literal {
        let path = format!("{before}{name}");
        match model.param(name) {
            Some(param) if param.sensitive => self.secret(value, &path),
            Some(param) => match param.ty {
                Type::Model(nested) => self.nested(nested.get(), value, &path),
                _ => plain(value),
            },
            None => plain(value),
        }
    }

    fn nested(&mut self, model: &'static ModelSpec, value: &Value, path: &str) -> Literal {
        match value {
            Value::Object(members) => {
                let before = format!("{path}.");
                let read = members.iter().map(|(name, value)| (name.clone(), self.member(model, name, value, &before)));
                Literal::Object(read.collect())
            }
            Value::Array(items) => {
                let read =
                    items.iter().enumerate().map(|(index, item)| self.nested(model, item, &format!("{path}.{index}")));
                Literal::List(read.collect())
            }
            other => plain(other),
        }
    }

    /// Every text of a sensitive value becomes a variable.
    fn secret(&mut self, value: &Value, path: &str) -> Literal {
        match value {
            Value::Array(items) => {
                let read = items.iter().enumerate().map(|(index, item)| self.secret(item, &format!("{path}.{index}")));
                Literal::List(read.collect())
            }
            Value::Object(members) => {
                let read =
                    members.iter().map(|(name, value)| (name.clone(), self.secret(value, &format!("{path}.{name}"))));
                Literal::Object(read.collect())
            }
            Value::Null => Literal::Null,
            _ => Literal::Variable(self.variable(path)),
        }
    }

    fn variable(&mut self, path: &str) -> String {
        let name = variable_name(path);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.taken.contains(name));
        let name = free.unwrap_or(name);
        self.taken.insert(name.clone());
        self.variables.push(name.clone());
        name
    }
}

/// `LoginSettings.Password` becomes `LOGIN_SETTINGS_PASSWORD`.
fn variable_name(path: &str) -> String {
    let mut name = String::new();
    let mut before_is_lower = false;
    for letter in path.chars() {
        if letter.is_ascii_uppercase() && before_is_lower {
            name.push('_');
        }
        name.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' });
        before_is_lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
    }
    // The names of the credential's own variables begin so.
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.starts_with("TENCENTCLOUD_") {
        name.insert(0, '_');
    }
    name
}

fn plain(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Bool(*value),
        Value::Number(number) => Literal::Number(number.clone()),
        Value::String(text) => Literal::Text(text.clone()),
        Value::Array(items) => Literal::List(items.iter().map(plain).collect()),
        Value::Object(members) => {
            Literal::Object(members.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
    }
}

/// How a language writes values.
pub(super) trait Syntax {
    const INDENT: &'static str;
    const LIST: [&'static str; 2];
    const OBJECT: [&'static str; 2];

    fn number(&self, number: &serde_json::Number) -> String;
    fn text(&self, text: &str) -> String;
    fn variable(&self, name: &str) -> String;

    fn null(&self) -> String {
        "null".to_owned()
    }

    fn bool(&self, value: bool) -> String {
        value.to_string()
    }

    fn key(&self, name: &str) -> String {
        self.text(name)
    }

    /// The members of an object, each with its key and its value. A value may have several lines.
    fn members(&self, members: &[(String, String)]) -> Vec<String> {
        members.iter().map(|(key, value)| format!("{key}: {value}")).collect()
    }
}

/// A value in a language. Nested values are on separate lines, `depth` indents further in.
pub(super) fn write<S: Syntax>(syntax: &S, literal: &Literal, depth: usize) -> String {
    let block = |[open, close]: [&str; 2], lines: Vec<String>| {
        if lines.is_empty() {
            return format!("{open}{close}");
        }
        let (inner, outer) = (S::INDENT.repeat(depth + 1), S::INDENT.repeat(depth));
        let lines: String = lines.iter().flat_map(|line| [&inner, line.as_str(), ",\n"]).collect();
        format!("{open}\n{lines}{outer}{close}")
    };
    match literal {
        Literal::Null => syntax.null(),
        Literal::Bool(value) => syntax.bool(*value),
        Literal::Number(number) => syntax.number(number),
        Literal::Text(text) => syntax.text(text),
        Literal::Variable(name) => syntax.variable(name),
        Literal::List(items) if !items.iter().any(|item| matches!(item, Literal::List(_) | Literal::Object(_))) => {
            let items: Vec<String> = items.iter().map(|item| write(syntax, item, depth)).collect();
            let [open, close] = S::LIST;
            format!("{open}{}{close}", items.join(", "))
        }
        Literal::List(items) => block(S::LIST, items.iter().map(|item| write(syntax, item, depth + 1)).collect()),
        Literal::Object(members) => {
            let written = |(name, value): &(String, Literal)| (syntax.key(name), write(syntax, value, depth + 1));
            let members: Vec<(String, String)> = members.iter().map(written).collect();
            block(S::OBJECT, syntax.members(&members))
        }
    }
}

/// A text in double quotes, with the escapes that Python, Go and JavaScript share; `code` writes a character that is invisible,
/// changes the direction of text, or ends a line.
pub(super) fn quoted(text: &str, code: impl Fn(u32) -> String) -> String {
    let mut literal = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            letter if letter == '\'' || letter.escape_debug().len() == 1 => literal.push(letter),
            letter => literal.push_str(&code(u32::from(letter))),
        }
    }
    literal.push('"');
    literal
}
