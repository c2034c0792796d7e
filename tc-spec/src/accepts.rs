//! The checks of `request!`. The compiler evaluates them; each returns, or panics at the caller's location with a message
//! for the user.

use crate::check::same;
use crate::{ConstValue, Literal, Message, ModelSpec, ParamSpec, Problem, Shape, Type, check, check_count};

/// Checks the literal given for `field`.
///
/// A list counts its items here; each item is [`accepts_item`]'s. An unknown field is not checked: the assignment
/// that follows says so.
///
/// # Panics
/// At compile time, where the literal is not accepted.
#[track_caller]
pub const fn accepts(model: &ModelSpec, field: &str, given: Literal<'_>) {
    if let Some(param) = find(model, field) {
        let problem = match given {
            Literal::List(items) => return accepts_count(model, field, items.len()),
            Literal::Unknown => None,
            given if param.is_list() => Some(Problem::Scalar(given)),
            given => check(param, given),
        };
        if let Some(problem) = problem {
            refuse(model, param, None, problem);
        }
    }
}

/// Checks the number of items of a list literal given for `field`.
///
/// # Panics
/// At compile time, where the number is not accepted or the field is no list.
#[track_caller]
pub const fn accepts_count(model: &ModelSpec, field: &str, items: usize) {
    if let Some(param) = find(model, field) {
        let problem = match param.ty {
            // Bytes and free JSON are written as lists, too.
            Type::Json | Type::Binary => None,
            _ if !param.is_list() => Some(Problem::List),
            // It is left out, as `validate()` takes it, too.
            _ if items == 0 && matches!(param.shape, Shape::Many) && !param.required => None,
            _ => check_count(param, items),
        };
        if let Some(problem) = problem {
            refuse(model, param, None, problem);
        }
    }
}

/// Checks one literal of a list whose other items are no literals, so that the compiler checks the types.
///
/// # Panics
/// At compile time, where the item is not accepted.
#[track_caller]
pub const fn accepts_among(model: &ModelSpec, field: &str, index: usize, given: Literal<'_>) {
    if let Some(param) = find(model, field)
        && param.is_list()
        && let Some(problem) = check(param, given)
        && !matches!(problem, Problem::Type(_))
    {
        refuse(model, param, Some(index), problem);
    }
}

/// Checks a constant given for `field`; the compiler checks its type.
///
/// # Panics
/// At compile time, where its value is not accepted.
#[track_caller]
pub const fn accepts_constant(model: &ModelSpec, field: &str, known: ConstValue<'_>) {
    let Some(param) = find(model, field) else { return };
    match known {
        ConstValue::One(given) if !param.is_list() => {
            if let Some(problem) = check(param, given)
                && !matches!(problem, Problem::Type(_))
            {
                refuse(model, param, None, problem);
            }
        }
        ConstValue::Count(count) if param.is_list() => accepts_count(model, field, count),
        ConstValue::Texts(texts) if param.is_list() => {
            let mut at = 0;
            while at < texts.len() {
                accepts_among(model, field, at, Literal::Text(texts[at]));
                at += 1;
            }
            accepts_count(model, field, texts.len());
        }
        _ => {}
    }
}

/// Checks one literal of a list literal given for `field`.
///
/// # Panics
/// At compile time, where the item is not accepted.
#[track_caller]
pub const fn accepts_item(model: &ModelSpec, field: &str, index: usize, given: Literal<'_>) {
    if let Some(param) = find(model, field)
        && param.is_list()
        && let Some(problem) = check(param, given)
    {
        refuse(model, param, Some(index), problem);
    }
}

/// Asks whether every required parameter of `model` is among the `given` fields.
///
/// Silent where a field is misspelt: that is one mistake, and the compiler says it.
///
/// # Panics
/// At compile time, where one is missing.
#[track_caller]
pub const fn complete(model: &ModelSpec, given: &[&str]) {
    let (mut params, mut missing) = (model.params, 0);
    while let [param, rest @ ..] = params {
        if param.required && !among(given, param.field) {
            missing += 1;
        }
        params = rest;
    }
    if missing > 0 && all_known(model, given) {
        refuse_missing(model, given, missing);
    }
}

const fn all_known(model: &ModelSpec, given: &[&str]) -> bool {
    let mut given = given;
    while let [name, rest @ ..] = given {
        if find(model, name).is_none() {
            return false;
        }
        given = rest;
    }
    true
}

#[track_caller]
const fn refuse_missing(model: &ModelSpec, given: &[&str], missing: usize) -> ! {
    let mut line = Message::new();
    let (mut params, mut before) = (model.params, "`");
    while let [param, rest @ ..] = params {
        if param.required && !among(given, param.field) {
            line = line.text(before).text(param.field).text("`");
            before = ", `";
        }
        params = rest;
    }
    let head = Message::new().text(model.name).text(" needs ").text(line.as_str());
    let tail = if missing == 1 { ", which is required and missing" } else { ", which are required and missing" };
    panic!("{}", head.text(tail).as_str());
}

#[track_caller]
const fn refuse(model: &ModelSpec, param: &ParamSpec, index: Option<usize>, problem: Problem<'_>) -> ! {
    let line = Message::new().text("`").text(param.name);
    let line = match index {
        Some(index) => line.text(".").number(index as i128),
        None => line,
    };
    let line = line.text("` of ").text(model.name).text(" ");
    panic!("{}", problem.describe(line, param).as_str())
}

const fn find<'a>(model: &'a ModelSpec, field: &str) -> Option<&'a ParamSpec> {
    let (mut params, field) = (model.params, field.as_bytes());
    while let [param, rest @ ..] = params {
        if same(param.field.as_bytes(), field) {
            return Some(param);
        }
        params = rest;
    }
    None
}

const fn among(names: &[&str], name: &str) -> bool {
    let (mut names, name) = (names, name.as_bytes());
    while let [first, rest @ ..] = names {
        if same(first.as_bytes(), name) {
            return true;
        }
        names = rest;
    }
    false
}

/// Whether a member of this field's name is a number that counts: what the total of a page has to be.
///
/// # Panics
/// At compile time, where there is none.
#[track_caller]
pub const fn has_number(model: &ModelSpec, field: &str) {
    has(model, field, &NUMBER);
}

/// Whether the model has a field of this name that can be the token of a page: a text or a number.
///
/// # Panics
/// With a message for the user, if it has none.
#[track_caller]
pub const fn has_token(model: &ModelSpec, field: &str) {
    has(model, field, &TOKEN);
}

/// Whether the model has a field of this name that can say whether there is another page: a boolean or a number.
///
/// # Panics
/// With a message for the user, if it has none.
#[track_caller]
pub const fn has_flag(model: &ModelSpec, field: &str) {
    has(model, field, &FLAG);
}

/// What a field of a response must be, in words.
struct Wanted {
    integer: bool,
    text: bool,
    boolean: bool,
    is_not: &'static str,
    use_of_it: &'static str,
    fields: &'static str,
}

const NUMBER: Wanted = Wanted {
    integer: true,
    text: false,
    boolean: false,
    is_not: "` is no number",
    use_of_it: ", and a total is one",
    fields: "`; its numbers are",
};
const TOKEN: Wanted = Wanted {
    integer: true,
    text: true,
    boolean: false,
    is_not: "` is neither a text nor a number",
    use_of_it: ", and a token is",
    fields: "`; its texts and numbers are",
};
const FLAG: Wanted = Wanted {
    integer: true,
    text: false,
    boolean: true,
    is_not: "` is neither a boolean nor a number",
    use_of_it: ", and `more` is",
    fields: "`; its booleans and numbers are",
};

const fn is_wanted(param: &ParamSpec, wanted: &Wanted) -> bool {
    let fits = match param.ty {
        Type::Integer { .. } => wanted.integer,
        Type::String => wanted.text,
        Type::Boolean => wanted.boolean,
        _ => false,
    };
    fits && !param.is_list()
}

#[track_caller]
const fn has(model: &ModelSpec, field: &str, wanted: &Wanted) {
    if let Some(param) = find(model, field) {
        if is_wanted(param, wanted) {
            return;
        }
        let line = Message::new().text("`").text(field).text("` of ").text(model.name).text(wanted.is_not);
        panic!("{}", line.text(wanted.use_of_it).as_str());
    }
    let mut line = Message::new().text(model.name).text(" has no `").text(field).text(wanted.fields);
    let mut at = 0;
    while at < model.params.len() {
        let param = &model.params[at];
        if is_wanted(param, wanted) {
            line = line.text(" `").text(param.field).text("`");
        }
        at += 1;
    }
    panic!("{}", line.as_str())
}
