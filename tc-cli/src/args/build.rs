//! From parameters as they were given to the request.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use tc_spec::{ModelSpec, ParamSpec, Type};

use super::command_line::Given;
use super::suggest::did_you_mean;
use super::value::{Invalid, missing_file, value};

/// How the words of lists are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One word that begins with `[` is JSON.
    Plain,
    /// Every word is an item, as with tccli's `--cli-unfold-argument`.
    Unfold,
}

/// Something wrong with the parameters of a command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What help to give.
    pub message: String,
}

/// What kind of problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The action has no such parameter; the words that belong to it.
    Unknown(Vec<String>),
    /// The value is not of the parameter's type, or the name is ambiguous.
    Argument,
    /// A value is not the JSON that it should be, or the parts of a list do not fit together.
    Json,
    /// A file that the value names cannot be read.
    File,
}

/// Makes the request out of the parameters of a command line, typed by `model`.
///
/// Types are checked here as far as words need it; limits, and the inside of JSON, are checked by the library.
///
/// # Errors
/// Every problem, in the order of the command line.
pub fn build(model: &'static ModelSpec, params: &[Given], mode: Mode) -> Result<Map<String, Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut root = Node::default();
    for given in params {
        if let Err(problem) = place(model, given, mode, &mut root) {
            problems.push(problem);
        }
    }
    let request = root.finish("", &mut problems);
    match request {
        Value::Object(members) if problems.is_empty() => Ok(members),
        Value::Null if problems.is_empty() => Ok(Map::new()),
        _ => Err(problems),
    }
}

/// Warnings about words such as `@script.sh` that look like files, but name none. The value of a sensitive parameter is not shown.
pub(crate) fn missing_files(model: &'static ModelSpec, params: &[Given]) -> Vec<String> {
    let mut warnings = Vec::new();
    for given in params {
        let Ok(place) = find(model, given) else { continue };
        for name in given.words.iter().filter_map(|word| missing_file(word)) {
            let problem = if place.sensitive {
                "the value after `@` names no file".to_owned()
            } else {
                format!("there is no file `{name}`")
            };
            warnings.push(format!("argument --{}: {problem}; the word is sent unchanged", given.name));
        }
    }
    warnings
}

fn place(model: &'static ModelSpec, given: &Given, mode: Mode, root: &mut Node) -> Result<(), Problem> {
    let Place { steps, ty, list, .. } = find(model, given)?;
    let value = value(ty, list, &given.words, mode).map_err(|Invalid { kind, reason }| {
        // Words after a single value are unknown options, as in tccli.
        if !list && given.words.len() > 1 {
            return unknown(given.words[1..].to_vec(), format!("`--{}` takes one value", given.name));
        }
        let parts = if given.words.is_empty() || kind == ProblemKind::File {
            String::new()
        } else {
            in_parts(ty, list, &given.name)
        };
        Problem { kind, message: format!("argument --{}: {reason}{parts}", given.name) }
    })?;
    root.insert(&steps, value).map_err(|()| {
        argument(format!("argument --{}: it is given as a whole and in parts; give one of them", given.name))
    })
}

/// How an object or a list of objects is written without JSON: `; write --Filters.0.Name VALUE, or JSON`.
fn in_parts(ty: Type, list: bool, name: &str) -> String {
    let Type::Model(model) = ty else { return String::new() };
    let Some(first) = model.get().params.first() else { return String::new() };
    let index = if list { ".0" } else { "" };
    let more = if model.get().params.len() > 1 { " …" } else { "" };
    format!("; write --{name}{index}.{} VALUE{more}, or JSON", first.name)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(&'static str),
    Index(usize),
    Free(String),
}

struct Place {
    steps: Vec<Step>,
    ty: Type,
    list: bool,
    sensitive: bool,
}

/// Where a name such as `Filters.0.Name` leads.
fn find(model: &'static ModelSpec, given: &Given) -> Result<Place, Problem> {
    let pieces: Vec<&str> = given.name.split('.').collect();
    let mut steps = Vec::new();
    let mut model = model;
    let mut at = 0;
    let mut sensitive = false;
    loop {
        let param = member(model, &pieces, at, given)?;
        sensitive |= param.sensitive;
        steps.push(Step::Name(param.name));
        at += 1;
        let mut list = param.is_list();
        if list && at < pieces.len() {
            let Ok(index) = pieces[at].parse::<usize>() else {
                let (before, after) = (pieces[..at].join("."), pieces[at..].join("."));
                return Err(unknown_name(given, format!("`{before}` is a list; write --{before}.0.{after}")));
            };
            steps.push(Step::Index(index));
            at += 1;
            list = false;
        }
        if at == pieces.len() {
            return Ok(Place { steps, ty: param.ty, list, sensitive });
        }
        match param.ty {
            Type::Model(nested) => model = nested.get(),
            Type::Json => {
                steps.extend(pieces[at..].iter().map(|piece| Step::Free((*piece).to_owned())));
                return Ok(Place { steps, ty: Type::Json, list: false, sensitive });
            }
            _ => {
                let name = pieces[..at].join(".");
                return Err(unknown_name(given, format!("`{name}` has no members")));
            }
        }
    }
}

/// The member that a piece names or shortens.
fn member(model: &'static ModelSpec, pieces: &[&str], at: usize, given: &Given) -> Result<&'static ParamSpec, Problem> {
    let name = pieces[at];
    if let Some(exact) = model.param(name) {
        return Ok(exact);
    }
    let before = pieces[..at].iter().fold(String::new(), |path, piece| path + piece + ".");
    let mut fitting = model.params.iter().filter(|param| !name.is_empty() && param.name.starts_with(name));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(first), Some(second)) => {
            let names = [first, second].into_iter().chain(fitting).map(|param| format!("--{before}{}", param.name));
            let names = names.collect::<Vec<_>>().join(", ");
            Err(argument(format!("ambiguous option: --{} could match {names}", given.name)))
        }
        _ => {
            let near = did_you_mean(name, model.params.iter().map(|param| param.name));
            let of = if at == 0 { "the action".to_owned() } else { format!("`{}`", before.trim_end_matches('.')) };
            Err(unknown_name(given, format!("{of} has no parameter `{name}`{near}")))
        }
    }
}

fn unknown_name(given: &Given, message: String) -> Problem {
    let option = format!("--{}", given.name);
    let words = if given.inline {
        vec![format!("{option}={}", given.words.concat())]
    } else {
        std::iter::once(option).chain(given.words.iter().cloned()).collect()
    };
    unknown(words, message)
}

fn unknown(words: Vec<String>, message: String) -> Problem {
    Problem { kind: ProblemKind::Unknown(words), message }
}

fn argument(message: String) -> Problem {
    Problem { kind: ProblemKind::Argument, message }
}

/// A request while its parts are put together.
#[derive(Default)]
enum Node {
    #[default]
    Empty,
    Whole(Value),
    Members(Vec<(String, Node)>),
    Items(BTreeMap<usize, Node>),
}

impl Node {
    /// Puts `value` at the end of `steps`, replacing a value that is already there.
    fn insert(&mut self, steps: &[Step], value: Value) -> Result<(), ()> {
        let Some((step, rest)) = steps.split_first() else {
            return match self {
                Self::Empty | Self::Whole(_) => {
                    *self = Self::Whole(value);
                    Ok(())
                }
                _ => Err(()),
            };
        };
        let name = match step {
            Step::Index(index) => {
                if matches!(self, Self::Empty) {
                    *self = Self::Items(BTreeMap::new());
                }
                let Self::Items(items) = self else { return Err(()) };
                return items.entry(*index).or_default().insert(rest, value);
            }
            Step::Name(name) => *name,
            Step::Free(name) => name,
        };
        if matches!(self, Self::Empty) {
            *self = Self::Members(Vec::new());
        }
        let Self::Members(members) = self else { return Err(()) };
        let position = members.iter().position(|(member, _)| member == name).unwrap_or_else(|| {
            members.push((name.to_owned(), Self::Empty));
            members.len() - 1
        });
        members[position].1.insert(rest, value)
    }

    fn finish(self, path: &str, problems: &mut Vec<Problem>) -> Value {
        match self {
            Self::Empty => Value::Null,
            Self::Whole(value) => value,
            Self::Members(members) => {
                let dot = if path.is_empty() { "" } else { "." };
                let finished = members.into_iter().map(|(name, node)| {
                    let value = node.finish(&format!("{path}{dot}{name}"), problems);
                    (name, value)
                });
                Value::Object(finished.collect())
            }
            Self::Items(items) => {
                if items.keys().ne((0..items.len()).collect::<Vec<_>>().iter()) {
                    let message =
                        format!("The index of the array parameter: --{path} must start from 0, and the step size is 1");
                    problems.push(Problem { kind: ProblemKind::Json, message });
                }
                items.into_iter().map(|(index, node)| node.finish(&format!("{path}.{index}"), problems)).collect()
            }
        }
    }
}
