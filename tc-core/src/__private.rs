//! Everything that generated code, the benchmarks and `tcapi` call. It is not part of the public API.

use std::fmt;

pub use std::boxed::Box;
pub use std::option::Option;
pub use std::result::Result;
pub use std::string::String;
pub use std::vec::Vec;

pub use serde::de::MapAccess;
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(feature = "catalog")]
pub use tc_macros::import;
pub use tc_macros::{add_response_equals_type_or_response_equals_unit, request};

pub use crate::action::{Action, Paged};
pub use crate::client::request;
pub use crate::error_code::{ErrorCode, ServiceError};
pub use crate::model::Value;
pub use crate::model::binary::BinaryParam;
pub use crate::model::document::{deserialize, deserialize_request};
pub use crate::model::fields::{Fields, Model};
pub use crate::model::into_param::{IntoParam, Single};
pub use crate::model::literal::{Constant, FromLiteral, Kind, kind_of};
pub use crate::model::member::{List, Member, Nested, Number, PageToken, count, next_token, total};
pub use crate::model::param::{Param, TextEnum, spec_of};
pub use crate::model::refused::Refused;
pub use crate::model::serialize::{debug, serialize};
pub use crate::model::table::{Table, Tabled, tabled};
pub use crate::model::violation::{Violation, Violations};
pub use tc_spec::compile_time::{
    Declaration, Declared, check_constant, check_declared, check_declared_default, check_default, check_item,
    check_item_count, check_item_limits, check_limit, check_literal, check_more, check_next, check_required,
    check_shape, check_total,
};
pub use tc_spec::limit::*;
pub use tc_spec::{
    ActionSpec, BodyForm, EnumSpec, EnumValue, ErrorClass, ErrorSpec, Literal, Method, ModelRef, ModelSpec, PageForm,
    PageSpec, ParamSpec, Shape, SignatureMethod, Status, Type,
};

/// `Vec` under another name: in code with the user's span, a lint would report the path of a prelude type as unnecessary.
pub type ListOf<T> = Vec<T>;

/// Returns the spec of a model. It is a function, because a model may contain itself.
pub const fn model_of<T: Model>() -> &'static ModelSpec {
    T::MODEL
}

/// Sets a parameter. Every setter calls it.
pub fn set<T, How>(param: &mut T, value: impl IntoParam<T, How>) {
    *param = value.into_param();
}

/// Sets a parameter to the value of a literal.
pub fn put<T: FromLiteral>(param: &mut T, literal: Literal<'_>) {
    *param = T::from_literal(literal);
}

/// Skips the next value of `map`.
///
/// # Errors
/// The error of the deserializer.
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<serde::de::IgnoredAny>().map(drop)
}

/// Checks all limits of `model`.
///
/// # Errors
/// The violations.
pub fn validate(model: &dyn Fields) -> Result<(), Violations> {
    crate::model::validate(model)
}

/// Converts the result of the function that `check = …` names.
///
/// # Errors
/// The violation that the function returned.
pub fn checked<E>(found: Result<(), E>) -> Result<(), Violation>
where
    Violation: From<E>,
{
    found.map_err(Violation::from)
}

/// Returns the model of the response of an action.
pub const fn response_of<A: Action>() -> ModelRef {
    ModelRef::of(model_of::<A::Response>)
}

/// Returns the documented error codes of an action.
pub const fn errors_of<A: Action>() -> &'static [ErrorSpec] {
    <A::Error as ServiceError>::CODES
}

/// Replaces a value beside a compile error. It is never called.
pub fn inert<T>() -> T {
    unreachable!("beside a compile error")
}

/// Returns the value of an enum for a literal.
pub fn text_from_literal<T: TextEnum>(literal: Literal<'_>) -> T {
    match literal {
        Literal::Text(text) => text.into(),
        _ => "".into(),
    }
}

/// Reads the value of an enum.
///
/// # Errors
/// If the value is not a text.
pub fn deserialize_text<'de, T: TextEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(std::marker::PhantomData<T>);

    impl<T: TextEnum> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok(text.into())
        }
    }

    deserializer.deserialize_str(Text(std::marker::PhantomData))
}

/// Returns the class of an error code for which no class is written.
pub const fn class_of(code: &str) -> ErrorClass {
    match ErrorClass::of(code) {
        Some(class) => class,
        None => ErrorClass::State,
    }
}

/// Writes the documented description of `code`.
///
/// # Errors
/// The error of the formatter.
pub fn describe<T: ServiceError>(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match T::CODES.iter().find(|spec| spec.code == code) {
        Some(spec) if !spec.doc.is_empty() => f.pad(spec.doc),
        _ => f.pad(code),
    }
}

/// Returns the query of a call, as a GET sends it. The benchmarks measure it.
///
/// # Errors
/// Those of [`encode_query`](crate::encode_query).
pub fn query<C: crate::Call>(call: &C) -> Result<String, crate::Error> {
    Ok(crate::payload::join(&crate::encode_query(call)?))
}

/// Reads the content of a `Response` by its spec, and returns the first hundred coercions. The Explorer lists them, and the
/// example `official_examples` counts them.
///
/// # Errors
/// The first required member that cannot be read, or content that is not JSON.
pub fn read_by_spec(
    content: &[u8],
    model: &'static crate::spec::ModelSpec,
) -> Result<Vec<crate::response::Coercion>, String> {
    crate::response::read_by_spec(content, model)
}
