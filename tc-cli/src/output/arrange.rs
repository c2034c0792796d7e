//! Which members of an answer are shown, and in which order.

use std::str::FromStr;

use serde_json::{Map, Value};
use tc_spec::{ModelSpec, Type};

/// Which members of an answer are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// Those that are declared, as tccli shows them: in the order of declaration, absent ones as null.
    Declared,
    /// The same, and after them those that the server sent beyond its declaration.
    All,
    /// Those that the server sent, as it sent them.
    Sent,
}

impl Members {
    /// All choices, in the order in which help lists them.
    pub const ALL: [Self; 3] = [Self::Declared, Self::All, Self::Sent];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::All => "all",
            Self::Sent => "sent",
        }
    }
}

impl FromStr for Members {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|members| members.name() == text);
        found.ok_or_else(|| format!("`--members` is `{text}`; declared, all and sent are accepted"))
    }
}

/// Puts the members of `value` into the order of `model`.
pub fn arrange(value: Value, model: &ModelSpec, members: Members) -> Value {
    match (value, members) {
        (value, Members::Sent) => value,
        (Value::Object(sent), _) => object(sent, model, members),
        (Value::Array(items), _) => items.into_iter().map(|item| arrange(item, model, members)).collect(),
        (scalar, _) => scalar,
    }
}

fn object(mut sent: Map<String, Value>, model: &ModelSpec, members: Members) -> Value {
    // A model without members is unknown.
    if model.params.is_empty() {
        return Value::Object(sent);
    }
    let mut arranged = Map::with_capacity(model.params.len());
    for param in model.params {
        let value = sent.shift_remove(param.name).unwrap_or_default();
        let value = match param.ty {
            Type::Model(nested) if !value.is_null() => arrange(value, nested.get(), members),
            _ => value,
        };
        arranged.insert(param.name.to_owned(), value);
    }
    if members == Members::All {
        arranged.extend(sent);
    }
    Value::Object(arranged)
}
