//! Where an answer and the struct it was read into differ in their members: looked for when asked, in the text.

use super::coercion::Coercion;
use super::scan::{self, Malformed, Scanner, excerpt, kind};
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};
use crate::text::shown;

/// How many paths of each kind are kept: in a list of a thousand structs each could lack the same member.
const KEPT: usize = 100;

/// The members that differ, each as a path: `InstanceSet.0.Cpu`.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// Absent, and read as an empty value that cannot be told from one that arrived.
    pub(super) missing: Vec<String>,
    /// Arrived, and not a member of the struct.
    pub(super) unread: Vec<String>,
    /// What may be one member under two names.
    pub(super) hints: Vec<Hint>,
}

/// An absent member, and one of nearly the same name that arrived.
#[derive(Debug)]
pub(super) struct Hint {
    path: String,
    param: &'static ParamSpec,
    arrived: String,
    /// What it held, where that may be shown.
    value: String,
    /// The names differ in nothing but case.
    case_only: bool,
}

impl Hint {
    /// What to change in the struct.
    pub(super) fn advice(&self) -> String {
        let Self { param, arrived, .. } = self;
        let (field, name) = (param.field, param.name);
        format!("`{arrived}` arrived; `{field}` reads `{name}`: write `#[tc(name = \"{arrived}\")]`")
    }

    /// As a coercion, where the names differ only in case.
    pub(super) fn coercion(&self) -> Option<Coercion> {
        let read_as = match (self.param.shape, self.param.ty) {
            (Shape::Maybe | Shape::MaybeMany, _) | (_, Type::Json) => "null",
            (Shape::Many, _) => "[]",
            (_, Type::Integer { .. } | Type::Float) => "0",
            (_, Type::Boolean) => "false",
            (_, Type::Model(_)) => "{}",
            _ => "\"\"",
        };
        self.case_only.then(|| Coercion {
            path: self.path.clone(),
            expected: "a member of another spelling",
            found: format!("`{}`: {}", self.arrived, self.value),
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
        // What was read once is no JSON only where the second look mended it; then what was found so far counts.
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
            // There is nothing more to find.
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
                    // Of a member that has no spec nobody said whether it is sensitive: its namesake's word counts.
                    others.push((name, excerpt(raw, 80)));
                }
            }
        }
        for (param, _) in model.params.iter().zip(seen).filter(|(_, seen)| !seen) {
            if matches!(param.shape, Shape::One | Shape::Many) {
                push(&mut self.found.missing, || joined(&self.path, param.name));
            }
            let alike = others.iter().find(|(name, _)| folded(name).eq(folded(param.name)));
            if let Some((name, value)) = alike {
                push(&mut self.found.hints, || Hint {
                    path: joined(&self.path, param.name),
                    param,
                    arrived: name.clone(),
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

    /// Nothing deeper than serde_json reads was read.
    fn nested(&mut self, inside: impl FnOnce(&mut Self) -> Result<(), Malformed>) -> Result<(), Malformed> {
        if self.depth == 127 {
            return self.scanner.value().map(drop);
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = self.path.len();
        if len > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
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

/// A name without case and word breaks.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-' | '.' | ' '));
    letters.flat_map(char::to_lowercase)
}
