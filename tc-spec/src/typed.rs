//! Checks of a spec that need the type of a field, which the macros cannot know from its tokens. The compiler evaluates
//! them; each returns the spec, or panics at the caller's location with a message for the user.

use crate::{Literal, Message, ParamSpec, Shape, check};

/// Whether the type is what its tokens look like.
///
/// # Panics
/// At compile time, where an alias hides an `Option` or a `Vec`.
#[track_caller]
pub const fn shape(param: ParamSpec, shape: Shape) -> ParamSpec {
    if param.shape as u8 != shape as u8 {
        let advice = match param.shape {
            Shape::Many | Shape::MaybeMany => "a `Vec`; write `Vec<…>` instead of the alias",
            Shape::One | Shape::Maybe => "an `Option`; write `Option<…>` instead of the alias",
        };
        let line = Message::new().text("the type of `").text(param.field).text("` is an alias of ");
        panic!("{}", line.text(advice).as_str());
    }
    param
}

/// The same spec, where its limit at `index` applies to its type.
///
/// # Panics
/// At compile time, where it does not.
#[track_caller]
pub const fn limit(param: ParamSpec, index: usize) -> ParamSpec {
    let limit = &param.limits[index];
    if !limit.applies_to(param.ty, param.is_list()) {
        let message = Message::new().text(limit.purpose()).text(", but `").text(param.field).text("` is ");
        panic!("{}", message.text(param.ty.noun()).as_str());
    }
    param
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
