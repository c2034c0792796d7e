//! The checks of `request!`: literals, constants and missing fields.
//!
//! An unknown field is not checked here: the assignment that `request!` writes for it is already a compile error.

use crate::check::same;
use crate::{ConstValue, Literal, Message, ModelSpec, ParamSpec, Problem, Shape, Type, check, check_count};

/// Checks the literal given for `field`: its type and limits, and for a list the number of items.
///
/// The items themselves are checked by [`check_item`].
///
/// # Panics
/// If the literal is not accepted.
#[track_caller]
pub const fn check_literal(model: &ModelSpec, field: &str, given: Literal<'_>) {
    if let Some(param) = model.field(field) {
        let problem = match given {
            Literal::List(items) => return check_item_count(model, field, items.len()),
            Literal::Unknown => None,
            given if param.is_list() => Some(Problem::Scalar(given)),
            given => check(param, given),
        };
        if let Some(problem) = problem {
            report(model, param, None, problem);
        }
    }
}

/// Checks the number of items of a list literal given for `field`.
///
/// # Panics
/// If the number is not accepted or the field is not a list.
#[track_caller]
pub const fn check_item_count(model: &ModelSpec, field: &str, items: usize) {
    if let Some(param) = model.field(field) {
        let problem = match param.ty {
            // Bytes and JSON arrays are also written as lists.
            Type::Json | Type::Binary => None,
            _ if !param.is_list() => Some(Problem::List),
            // An empty optional list is not sent, so its limits do not apply; `validate()` does the same.
            _ if items == 0 && matches!(param.shape, Shape::Many) && !param.required => None,
            _ => check_count(param, items),
        };
        if let Some(problem) = problem {
            report(model, param, None, problem);
        }
    }
}

/// Checks the limits of one literal in a list that also has other expressions, so that rustc checks the types.
///
/// # Panics
/// If a limit does not accept the item.
#[track_caller]
pub const fn check_item_limits(model: &ModelSpec, field: &str, index: usize, given: Literal<'_>) {
    if let Some(param) = model.field(field)
        && param.is_list()
        && let Some(problem) = check(param, given)
        && !matches!(problem, Problem::Type(_))
    {
        report(model, param, Some(index), problem);
    }
}

/// Checks the limits of a constant given for `field`; rustc checks its type.
///
/// # Panics
/// If a limit does not accept its value.
#[track_caller]
pub const fn check_constant(model: &ModelSpec, field: &str, value: ConstValue<'_>) {
    let Some(param) = model.field(field) else { return };
    match value {
        ConstValue::One(given) if !param.is_list() => {
            if let Some(problem) = check(param, given)
                && !matches!(problem, Problem::Type(_))
            {
                report(model, param, None, problem);
            }
        }
        ConstValue::Count(count) if param.is_list() => check_item_count(model, field, count),
        ConstValue::Texts(texts) if param.is_list() => {
            let mut at = 0;
            while at < texts.len() {
                check_item_limits(model, field, at, Literal::Text(texts[at]));
                at += 1;
            }
            check_item_count(model, field, texts.len());
        }
        _ => {}
    }
}

/// Checks one literal of a list literal given for `field`: its type and limits.
///
/// # Panics
/// If the item is not accepted.
#[track_caller]
pub const fn check_item(model: &ModelSpec, field: &str, index: usize, given: Literal<'_>) {
    if let Some(param) = model.field(field)
        && param.is_list()
        && let Some(problem) = check(param, given)
    {
        report(model, param, Some(index), problem);
    }
}

/// Checks that the fields `given` include every required field of `model`.
///
/// Passes if one of `given` is unknown: rustc reports that field, and a misspelt field is one mistake, not two.
///
/// # Panics
/// If a required field is missing.
#[track_caller]
pub const fn check_required(model: &ModelSpec, given: &[&str]) {
    let (mut params, mut missing) = (model.params, 0);
    while let [param, rest @ ..] = params {
        if param.required && !contains(given, param.field) {
            missing += 1;
        }
        params = rest;
    }
    if missing > 0 && all_known(model, given) {
        report_missing(model, given, missing);
    }
}

const fn all_known(model: &ModelSpec, given: &[&str]) -> bool {
    let mut given = given;
    while let [name, rest @ ..] = given {
        if model.field(name).is_none() {
            return false;
        }
        given = rest;
    }
    true
}

#[track_caller]
const fn report_missing(model: &ModelSpec, given: &[&str], missing: usize) -> ! {
    let mut line = Message::new();
    let (mut params, mut before) = (model.params, "`");
    while let [param, rest @ ..] = params {
        if param.required && !contains(given, param.field) {
            line = line.text(before).text(param.field).text("`");
            before = ", `";
        }
        params = rest;
    }
    let head = if missing == 1 { "missing required field " } else { "missing required fields " };
    panic!("{}", Message::new().text(head).text(line.as_str()).text(" of ").text(model.name).as_str());
}

#[track_caller]
const fn report(model: &ModelSpec, param: &ParamSpec, index: Option<usize>, problem: Problem<'_>) -> ! {
    let line = Message::new().text("`").text(param.name);
    let line = match index {
        Some(index) => line.text(".").number(index as i128),
        None => line,
    };
    let line = line.text("` of ").text(model.name).text(" ");
    panic!("{}", problem.describe(line, param).as_str())
}

const fn contains(names: &[&str], name: &str) -> bool {
    let (mut names, name) = (names, name.as_bytes());
    while let [first, rest @ ..] = names {
        if same(first.as_bytes(), name) {
            return true;
        }
        names = rest;
    }
    false
}
