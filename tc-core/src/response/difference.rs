//! Compares the members of a response with those of its struct, in the text of the body.

use super::coercion::Coercion;
use super::scan::{self, Malformed, Scanner, excerpt, kind};
use crate::model::push_name;
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};
use crate::text::shown;

/// How many paths of each kind are kept. Each struct of a long list may differ.
const KEPT: usize = 100;

/// The members that differ, each as a path: `InstanceSet.0.Cpu`.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Members that are absent and were read as an empty value that is not `None`.
    pub(super) missing: Vec<String>,
    /// Members of the response that the struct does not have.
    pub(super) unread: Vec<String>,
    /// Members that are probably misspelt in the struct.
    pub(super) hints: Vec<Hint>,
}

/// An absent member, and a member of the response with nearly the same name.
#[derive(Debug)]
pub(super) struct Hint {
    path: String,
    param: &'static ParamSpec,
    received: String,
    /// The value of the received member, or only its kind if the member is sensitive.
    value: String,
    /// Whether the names differ only in case.
    case_only: bool,
}

impl Hint {
    /// Returns what to change in the struct.
    pub(super) fn advice(&self) -> String {
        let Self { param, received, .. } = self;
        let (field, name) = (param.field, param.name);
        format!("the response has `{received}`, and `{field}` reads `{name}`: write `#[tc(name = \"{received}\")]`")
    }

    /// Returns a coercion if the names differ only in case.
    pub(super) fn coercion(&self) -> Option<Coercion> {
        let read_as = match (self.param.shape, self.param.ty) {
            (Shape::Maybe | Shape::MaybeMany, _) | (_, Type::Json) => "null",
            (Shape::Many, _) => "[]",
            (_, Type::Integer { .. } | Type::Float | Type::Float32) => "0",
            (_, Type::Boolean) => "false",
            (_, Type::Model(_)) => "{}",
            _ => "\"\"",
        };
        self.case_only.then(|| Coercion {
            path: self.path.clone(),
            expected: "a member of another spelling",
            found: format!("`{}`: {}", self.received, self.value),
            read_as: read_as.to_owned(),
            hint: Some(self.advice()),
        })
    }
}

/// Compares the members of a `Response` with `model`.
pub(super) fn differences(content: &[u8], model: &'static ModelSpec) -> Differences {
    let mut walk =
        Walk { scanner: Scanner::new(content), path: String::new(), depth: 0, found: Differences::default() };
    if walk.scanner.peek() == Some(b'{') {
        // The body may have an error that lenient reading corrected. The differences before it are kept.
        let _ = walk.object(model, true);
    }
    walk.found
}

struct Walk<'a> {
    scanner: Scanner<'a>,
    path: String,
    depth: usize,
    found: Differences,
}

impl Walk<'_> {
    fn object(&mut self, model: &'static ModelSpec, envelope: bool) -> Result<(), Malformed> {
        let Differences { missing, unread, hints } = &self.found;
        if [missing.len(), unread.len(), hints.len()] == [KEPT; 3] {
            // All lists are full.
            return self.scanner.value().map(drop);
        }
        self.scanner.enter();
        let mut seen = vec![false; model.params.len()];
        let mut others: Vec<(String, String)> = Vec::new();
        let mut first = true;
        while self.scanner.more(&mut first, b'}')? {
            let (name, _) = scan::text(self.scanner.name()?);
            if let Some(index) = model.params.iter().position(|param| param.name == name) {
                seen[index] = true;
                self.below(&name, |walk| walk.member(&model.params[index]))?;
                continue;
            }
            let raw = self.scanner.value()?;
            if !(envelope && matches!(&*name, "RequestId" | "Error" | "DeprecatedWarning")) {
                let name = shown(&name, 80);
                push(&mut self.found.unread, || joined(&self.path, &name));
                if others.len() < KEPT {
                    // Whether its value is sensitive depends on the parameter that it is compared with below.
                    others.push((name, excerpt(raw, 80)));
                }
            }
        }
        for (param, _) in model.params.iter().zip(seen).filter(|(_, seen)| !seen) {
            if matches!(param.shape, Shape::One | Shape::Many) {
                push(&mut self.found.missing, || joined(&self.path, param.name));
            }
            let similar = others.iter().find(|(name, _)| folded(name).eq(folded(param.name)));
            if let Some((name, value)) = similar {
                push(&mut self.found.hints, || Hint {
                    path: joined(&self.path, param.name),
                    param,
                    received: name.clone(),
                    value: if param.sensitive { kind(value.as_bytes()).to_owned() } else { value.clone() },
                    case_only: name.eq_ignore_ascii_case(param.name),
                });
            }
        }
        Ok(())
    }

    fn member(&mut self, param: &'static ParamSpec) -> Result<(), Malformed> {
        let next = self.scanner.peek();
        match param.ty {
            Type::Model(nested) if next == Some(b'{') && !param.is_list() => {
                self.nested(|walk| walk.object(nested.get(), false))
            }
            Type::Model(nested) if next == Some(b'[') && param.is_list() => self.nested(|walk| {
                walk.scanner.enter();
                let (mut first, mut index) = (true, 0_usize);
                while walk.scanner.more(&mut first, b']')? {
                    if walk.scanner.peek() == Some(b'{') {
                        let number = itoa::Buffer::new().format(index).to_owned();
                        walk.below(&number, |walk| walk.nested(|walk| walk.object(nested.get(), false)))?;
                    } else {
                        walk.scanner.value()?;
                    }
                    index += 1;
                }
                Ok(())
            }),
            _ => self.scanner.value().map(drop),
        }
    }

    /// Calls `inside` one level deeper; skips the value at the depth that serde_json does not read.
    fn nested(&mut self, inside: impl FnOnce(&mut Self) -> Result<(), Malformed>) -> Result<(), Malformed> {
        if self.depth == 127 {
            return self.scanner.value().map(drop);
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    /// Calls `inside` with `name` at the end of the path.
    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = push_name(&mut self.path, name);
        let result = inside(self);
        self.path.truncate(len);
        result
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn push<T>(found: &mut Vec<T>, one: impl FnOnce() -> T) {
    if found.len() < KEPT {
        found.push(one());
    }
}

/// A name in lower case without word separators.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-' | '.' | ' '));
    letters.flat_map(char::to_lowercase)
}
