//! All that generated code and the benchmarks may call; outside semver.

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
pub use tc_spec::{
    ActionSpec, BodyForm, Charset, EnumSpec, EnumValue, ErrorClass, ErrorSpec, Items, Length, Limit, Literal, Method,
    ModelRef, ModelSpec, PageForm, PageSpec, ParamSpec, Range, Shape, SignatureMethod, Status, Type, Values,
};

/// `Vec`, under a name that is not in the prelude: at a user's own place a lint would call its path unnecessary.
pub type ListOf<T> = Vec<T>;

/// The spec of a model, as a function: a model may contain itself.
pub const fn model_of<T: Model>() -> &'static ModelSpec {
    T::MODEL
}

/// Sets a parameter: the body of every setter.
pub fn set<T, How>(param: &mut T, value: impl IntoParam<T, How>) {
    *param = value.into_param();
}

/// Puts a literal into a parameter.
pub fn put<T: FromLiteral>(param: &mut T, literal: Literal<'_>) {
    *param = T::from_literal(literal);
}

/// Skips the next value of `map`.
///
/// # Errors
/// What the deserializer says.
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<serde::de::IgnoredAny>().map(drop)
}

/// Every violation of `model`.
///
/// # Errors
/// That there are any.
pub fn validate(model: &dyn Fields) -> Result<(), Violations> {
    crate::model::validate(model)
}

/// What the function named by `check = …` found.
///
/// # Errors
/// That.
pub fn checked<E>(found: Result<(), E>) -> Result<(), Violation>
where
    Violation: From<E>,
{
    found.map_err(Violation::from)
}

/// The model of an action's response.
pub const fn response_of<A: Action>() -> ModelRef {
    ModelRef::of(model_of::<A::Response>)
}

/// The documented error codes of an action.
pub const fn errors_of<A: Action>() -> &'static [ErrorSpec] {
    <A::Error as ServiceError>::CODES
}

/// Stands for a value beside a compile error; never called.
pub fn inert<T>() -> T {
    unreachable!("beside a compile error")
}

/// The enum's value for a literal.
pub fn text_from_literal<T: TextEnum>(literal: Literal<'_>) -> T {
    match literal {
        Literal::Text(text) => text.into(),
        _ => "".into(),
    }
}

/// Reads an enum's value.
///
/// # Errors
/// What the deserializer says of a value that is no text.
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

/// The class of an error code whose enum does not say it.
pub const fn class_of(code: &str) -> ErrorClass {
    match ErrorClass::of(code) {
        Some(class) => class,
        None => ErrorClass::State,
    }
}

/// Writes the documented sentence of `code`.
///
/// # Errors
/// What the formatter says.
pub fn describe<T: ServiceError>(code: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match T::CODES.iter().find(|spec| spec.code == code) {
        Some(spec) if !spec.doc.is_empty() => f.pad(spec.doc),
        _ => f.pad(code),
    }
}

/// The query of a call, as a GET sends it: what the benchmarks time.
///
/// # Errors
/// Those of [`encode_query`](crate::encode_query).
pub fn query<C: crate::Call>(call: &C) -> Result<String, crate::Error> {
    Ok(crate::payload::join(&crate::encode_query(call)?))
}

/// Reads the content of a `Response` by its spec: what was coerced (the first hundred). What the example
/// `official_answers` counts.
///
/// # Errors
/// The first required member that cannot be read, or content that is not JSON.
pub fn read_by_spec(
    content: &[u8],
    model: &'static crate::spec::ModelSpec,
) -> Result<Vec<crate::response::Coercion>, String> {
    crate::response::read_by_spec(content, model)
}
