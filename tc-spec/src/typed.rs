//! What the macros ask the compiler about a type that their tokens do not tell: each answer is the facts, a refusal is
//! a panic with our sentence, at the caller's place.

use crate::problem::noun;
use crate::{Charset, Count, Literal, Message, ParamSpec, Range, Shape, Type, check};

/// Whether the type is what its tokens look like.
///
/// # Panics
/// At compile time, where an alias hides an `Option` or a `Vec`.
#[track_caller]
pub const fn looks(param: ParamSpec, shape: Shape) -> ParamSpec {
    if param.shape as u8 != shape as u8 {
        let hidden = match param.shape {
            Shape::Many | Shape::MaybeMany => "a `Vec`",
            Shape::One | Shape::Maybe => "an `Option`",
        };
        let line = Message::new().text("the type of `").text(param.field).text("` hides ").text(hidden);
        panic!("{}", line.text(" behind its name; write it out, so that the macro sees it").as_str());
    }
    param
}

/// With the accepted numbers.
///
/// # Panics
/// At compile time, where the type is no number.
#[track_caller]
pub const fn range(param: ParamSpec, range: Range) -> ParamSpec {
    match (param.ty, range) {
        (Type::Float, _) | (Type::Integer { .. }, Range::Int { .. }) => param.range(range),
        _ => refuse(&param, "`range` limits numbers"),
    }
}

/// With the accepted numbers of items.
///
/// # Panics
/// At compile time, where the type is no list.
#[track_caller]
pub const fn items(param: ParamSpec, items: Count) -> ParamSpec {
    if param.is_list() { param.items(items) } else { refuse(&param, "`items` counts the items of a list") }
}

/// With the accepted numbers of characters.
///
/// # Panics
/// At compile time, where the type is no text.
#[track_caller]
pub const fn length(param: ParamSpec, length: Count) -> ParamSpec {
    match param.ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => param.length(length),
        _ => refuse(&param, "`length` counts the characters of a text"),
    }
}

/// With the accepted characters.
///
/// # Panics
/// At compile time, where the type is no text.
#[track_caller]
pub const fn charset(param: ParamSpec, charset: Charset) -> ParamSpec {
    match param.ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => param.charset(charset),
        _ => refuse(&param, "`charset` names the characters of a text"),
    }
}

/// With what the server assumes.
///
/// # Panics
/// At compile time, where the default breaks a limit of its own field.
#[track_caller]
pub const fn default(param: ParamSpec, value: Literal<'static>) -> ParamSpec {
    if let Some(problem) = check(&param, value) {
        let line = Message::new().text("the default of `").text(param.field).text("` ");
        panic!("{}", problem.describe(line, &param).as_str());
    }
    param.default(value)
}

#[track_caller]
const fn refuse(param: &ParamSpec, wants: &str) -> ! {
    let line = Message::new().text(wants).text(", and `").text(param.field).text("` is ");
    panic!("{}", noun(line, param.ty).as_str())
}
