//! A call as a command for `tcapi`.

use std::fmt::Write;

use serde_json::Value;
use tc_catalog::Site;
use tc_spec::BodyForm;

use super::Call;
use super::literal::{Literal, Source};
use super::shell::{JSON_FUNCTION, json_word};
use crate::actions;
use crate::args::{self, CommandLine, Mode, build, quoted};

/// The command, an option on each line. Parameters that options cannot say exactly are JSON on standard input.
pub(super) fn command(call: &Call<'_>) -> String {
    let spec = call.target.spec;
    let mut lines = vec![format!("tcapi {} {}", call.target.folder, spec.name)];
    let default =
        actions::service(call.target.folder).ok().and_then(|service| service.versions(call.target.site).next());
    if default != Some(spec.version) {
        lines.push(format!("--version {}", spec.version));
    }
    if call.target.site == Site::International {
        lines.push("--site international".to_owned());
    }
    lines.push(format!("--region {}", call.place.region));
    if let Some(endpoint) = &call.place.endpoint {
        lines.push(format!("--endpoint {}", quoted(endpoint)));
    }
    if call.paging.is_some() {
        lines.push("--all".to_owned());
    }
    let members = &call.parameters.members;
    let options = options(call);
    let mut head = String::new();
    match options {
        Some(options) => lines.extend(options),
        None => {
            if !call.parameters.variables.is_empty() {
                head.push_str(JSON_FUNCTION);
            }
            let _ = writeln!(head, "printf '%s' {} |", json_word(&Literal::Object(members.clone())));
            lines.push("--cli-input-json -".to_owned());
        }
    }
    for file in &call.parameters.files {
        let value = match &file.source {
            Source::Path(path) => format!("@{path}"),
            Source::Text(text) => text.clone(),
        };
        lines.push(format!("--{}={}", file.name, quoted(&value)));
    }
    if spec.body == BodyForm::OctetStream && call.parameters.files.is_empty() {
        lines.push("< body.bin".to_owned());
    }
    format!("{head}{}\n", lines.join(" \\\n  "))
}

/// An option for each value; `None` if the options do not read back as the same request.
fn options(call: &Call<'_>) -> Option<Vec<String>> {
    let mut stand_ins = StandIns::default();
    let members = &call.parameters.members;
    let object = stand_ins.value(&Literal::Object(members.clone()))?;
    let words = args::write(object.as_object()?);
    // A word that begins with `@` may name a file, and no argument of a program holds a NUL.
    let is_plain = |word: &String| !word.starts_with('@') && !word.contains("=@") && !word.contains('\0');
    if !words.iter().all(is_plain) {
        return None;
    }
    let line = CommandLine::parse(words.iter().cloned()).ok()?;
    if !line.words.is_empty() || !line.unknown.is_empty() || line.options != crate::args::Options::default() {
        return None;
    }
    let built = build(call.target.spec.request, &line.params, Mode::Plain).ok()?;
    if Value::Object(built) != object {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match (stand_ins.variable(&word), lines.last_mut()) {
            // After `=`, since a value of the variable may begin with dashes.
            (Some(variable), Some(last)) if !last.contains([' ', '=']) => {
                last.extend(["=\"$", variable, "\""]);
            }
            (Some(_), _) => return None,
            (None, _) if word.contains(STAND_IN) => return None,
            (None, _) if word.starts_with("--") => lines.push(quoted(&word)),
            (None, last) => {
                let last = last?;
                last.push(' ');
                last.push_str(&quoted(&word));
            }
        }
    }
    Some(lines)
}

/// A character that no request needs, around the number of a stand-in.
const STAND_IN: char = '\u{e000}';

/// Texts in place of variables, until the words are written.
#[derive(Default)]
struct StandIns(Vec<String>);

impl StandIns {
    /// The value with stand-ins; `None` if a text of it looks like one.
    fn value(&mut self, literal: &Literal) -> Option<Value> {
        Some(match literal {
            Literal::Null => Value::Null,
            Literal::Bool(value) => Value::Bool(*value),
            Literal::Number(number) => Value::Number(number.clone()),
            Literal::Text(text) if text.contains(STAND_IN) => return None,
            Literal::Text(text) => Value::String(text.clone()),
            Literal::Variable(name) => {
                self.0.push(name.clone());
                Value::String(format!("{STAND_IN}{}{STAND_IN}", self.0.len() - 1))
            }
            Literal::List(items) => items.iter().map(|item| self.value(item)).collect::<Option<Vec<_>>>()?.into(),
            Literal::Object(members) => {
                let members = members.iter().map(|(name, value)| Some((name.clone(), self.value(value)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
        })
    }

    /// The variable that a word stands for.
    fn variable(&self, word: &str) -> Option<&str> {
        let index = word.strip_prefix(STAND_IN)?.strip_suffix(STAND_IN)?;
        self.0.get(index.parse::<usize>().ok()?).map(String::as_str)
    }
}
