//! Checks the limits of a struct and of those nested in it, with the functions that the compiler runs.

use super::path::Path;
use super::{Fields, Value, Violation, Violations, value::members};
use crate::spec::{Literal, ParamSpec, Problem, Type, check, check_count};

/// Checks every value of `model` against its spec.
pub(crate) fn validate(model: &dyn Fields) -> Result<(), Violations> {
    validate_after(model, &[])
}

/// As [`validate`]; the error has the violations of `before` first.
pub(crate) fn validate_after(model: &dyn Fields, before: &[Violation]) -> Result<(), Violations> {
    let mut found = Violations::of(model.model().name);
    for violation in before {
        found.push(violation.clone());
    }
    walk(model, Path::Root, &mut found);
    found.into_result()
}

fn walk(model: &dyn Fields, path: Path<'_>, found: &mut Violations) {
    for (param, value) in members(model) {
        let path = Path::Name(&path, param.name);
        if let Some(count) = value.count() {
            report(check_count(param, count), param, path, found);
            // The longest lists are texts without limits, whose items need no check.
            if matches!(value, Value::Texts(_)) && !param.limits_values() {
                continue;
            }
            for (index, item) in value.items().enumerate() {
                one(param, item, Path::Item(&path, index), found);
            }
        } else {
            one(param, value, path, found);
        }
    }
    if let Err(violation) = model.check() {
        found.push(violation.below(&path.text()));
    }
}

fn one(param: &ParamSpec, value: Value<'_>, path: Path<'_>, found: &mut Violations) {
    match value {
        Value::Model(model) => walk(model, path, found),
        Value::Int(number) => report(check(param, Literal::Int(number.into())), param, path, found),
        Value::Uint(number) => report(check(param, Literal::Int(number.into())), param, path, found),
        Value::Float(number) => float(param, number, || number.to_string(), path, found),
        // The decimal that is sent is checked: 0.1, and not the f64 of the same value, 0.10000000149.
        Value::Float32(number) => {
            let sent = number.to_string();
            float(param, sent.parse().unwrap_or(number.into()), || sent.clone(), path, found);
        }
        // A time that is stored as a text was checked when it was read.
        Value::Text(_) if matches!(param.ty, Type::Time) => {}
        Value::Text(text) | Value::Enum(text, true) => report(check(param, Literal::Text(text)), param, path, found),
        // An undocumented value is accepted: the documentation may be incomplete.
        Value::Enum(_, false)
        | Value::Absent
        | Value::Bool(_)
        | Value::Time(_)
        | Value::Bytes(_)
        | Value::Upload(_)
        | Value::Json(_)
        | Value::Texts(_)
        | Value::List(_) => {}
    }
}

fn float(param: &ParamSpec, number: f64, text: impl Fn() -> String, path: Path<'_>, found: &mut Violations) {
    if !number.is_finite() {
        found.push(Violation::new(
            path.text(),
            if param.sensitive {
                "is not a finite number, which JSON cannot express".to_owned()
            } else {
                format!("is {}, which JSON cannot express", text())
            },
        ));
    } else if check(param, Literal::Float(number, "")).is_some() {
        report(check(param, Literal::Float(number, &text())), param, path, found);
    }
}

fn report(problem: Option<Problem<'_>>, param: &ParamSpec, path: Path<'_>, found: &mut Violations) {
    if let Some(problem) = problem {
        found.push(Violation::of_problem(path.text(), param, problem));
    }
}
