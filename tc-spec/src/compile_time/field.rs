//! The checks of `#[tc(…)]` on a field that need the type of the field, which the macros cannot see in its tokens. Each
//! returns the spec.

use crate::{Literal, Message, ParamSpec, Shape, check};

/// Checks that the type of the field has the shape that its tokens show.
///
/// # Panics
/// If the type is an alias of an `Option` or a `Vec`.
#[track_caller]
pub const fn check_shape(param: ParamSpec, shape: Shape) -> ParamSpec {
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

/// Checks that the limit at `index` applies to the type of the field.
///
/// # Panics
/// If it does not.
#[track_caller]
pub const fn check_limit(param: ParamSpec, index: usize) -> ParamSpec {
    let limit = &param.limits[index];
    if !limit.applies_to(param.ty, param.is_list()) {
        let message = Message::new().text(limit.purpose()).text(", but `").text(param.field).text("` is ");
        panic!("{}", message.text(param.ty.noun()).as_str());
    }
    param
}

/// Checks the default and adds it to the spec.
///
/// # Panics
/// If the type of the field or one of its limits does not accept the default.
#[track_caller]
pub const fn check_default(param: ParamSpec, value: Literal<'static>) -> ParamSpec {
    if let Some(problem) = check(&param, value) {
        let line = Message::new().text("the default of `").text(param.field).text("` ");
        panic!("{}", problem.describe(line, &param).as_str());
    }
    param.default(value)
}
