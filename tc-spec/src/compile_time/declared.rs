//! The check of `verify`: the type of a field is compared with the type that the catalog declares for the member.
//!
//! The macros use it for types that they know from the tokens. For other types the compiler evaluates it.

use crate::{EnumSpec, Limit, Literal, Message, Type};

/// The declared type of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// `string`
    String,
    /// `date`
    Date,
    /// `datetime`, which has no time zone.
    DateTime,
    /// `datetime_iso`
    Time,
    /// `int64`
    Int64,
    /// `uint64`
    Uint64,
    /// `float`
    Float,
    /// `bool`
    Boolean,
    /// `binary`
    Binary,
    /// An object.
    Model,
}

impl Declared {
    /// Returns why a field of type `ty` cannot hold the member and what to write instead; `None` if it can.
    ///
    /// A member that occurs in responses (`in_response`) needs a type for all values that the server may send.
    ///
    /// ```
    /// use tc_spec::Type;
    /// use tc_spec::compile_time::Declared;
    /// assert_eq!(Declared::Int64.mismatch(Type::UINT64, false), None);
    /// assert!(Declared::Int64.mismatch(Type::UINT64, true).is_some());
    /// assert_eq!(Declared::DateTime.mismatch(Type::Json, true), None);
    /// ```
    pub const fn mismatch(self, ty: Type, in_response: bool) -> Option<&'static str> {
        match (self, ty) {
            (Self::Int64, Type::Integer { max, .. }) if in_response && max <= u32::MAX as i128 => {
                Some("a number in a response can have more than 32 bits; write `i64`")
            }
            (Self::Uint64, Type::Integer { max, .. }) if in_response && max <= u32::MAX as i128 => {
                Some("a number in a response can have more than 32 bits; write `u64`")
            }
            (Self::Int64, Type::Integer { min: 0, .. }) if in_response => {
                Some("a number in a response can be negative; write `i64`")
            }
            (_, Type::Json)
            | (Self::String | Self::Date | Self::DateTime, Type::String | Type::Enum(_))
            | (Self::Time, Type::Time | Type::String)
            | (Self::Int64 | Self::Uint64, Type::Integer { .. })
            | (Self::Float, Type::Float | Type::Float32)
            | (Self::Boolean, Type::Boolean)
            | (Self::Binary, Type::Binary)
            | (Self::Model, Type::Model(_)) => None,
            (Self::DateTime, Type::Time) => Some("it has no time zone, so it is not a point in time; write `String`"),
            (Self::Date, Type::Time) => Some("a date is not a point in time; write `String`"),
            (Self::String | Self::Date | Self::DateTime, _) => Some("write `String`"),
            (Self::Time, _) => Some("write `DateTime<Utc>` or `String`"),
            (Self::Int64, _) => Some("write `i64`"),
            (Self::Uint64, _) => Some("write `u64`"),
            (Self::Float, _) => Some("write `f64`"),
            (Self::Boolean, _) => Some("write `bool`"),
            (Self::Binary, _) => Some("write `Vec<u8>` with `#[tc(binary)]`"),
            (Self::Model, _) => Some("write a struct with #[tc_model]"),
        }
    }
}

/// The declaration of a member in the catalog, for a field whose type the macro does not know.
#[derive(Debug, Clone, Copy)]
pub struct Declaration {
    /// The member: "`Type` of mps DescribePersonSamples".
    pub member: &'static str,
    /// Its declared type.
    pub ty: Declared,
    /// The name of the declared type, for messages: "`datetime_iso`".
    pub type_name: &'static str,
    /// Whether the member occurs in responses.
    pub in_response: bool,
    /// The documented limits that the field does not have, each with its source text.
    pub limits: &'static [(Limit, &'static str)],
}

/// Checks that a field of type `ty` can hold the member, and that it has the documented limits.
///
/// # Panics
/// If it cannot, or has not.
#[track_caller]
pub const fn check_declared(ty: Type, declared: Declaration) {
    let line = Message::new().text(declared.member);
    if let Some(advice) = declared.ty.mismatch(ty, declared.in_response) {
        let line = line.text(" is ").text(declared.type_name).text(", but this field is ").text(ty.noun());
        panic!("{}", line.text("; ").text(advice).as_str());
    }
    let mut limits = declared.limits;
    while let [(limit, written), rest @ ..] = limits {
        match ty {
            Type::Enum(spec) => {
                if let Some(value) = first_outside(limit, spec) {
                    let line = line.text(" does not accept ").quoted(value).text(", a value of ").text(spec.name);
                    panic!("{}", line.text("; the documentation has `").text(written).text("`").as_str());
                }
            }
            // The type has no values outside the limit.
            Type::Integer { min, max } if limit.accepts(Literal::Int(min)) && limit.accepts(Literal::Int(max)) => {}
            // Limits do not apply to these types.
            Type::Json | Type::Time | Type::Boolean | Type::Binary | Type::Model(_) => {}
            Type::String | Type::Date | Type::DateTime | Type::Integer { .. } | Type::Float | Type::Float32 => {
                let line = Message::new().text("the documentation limits ").text(declared.member);
                panic!("{}", line.text("; add `#[tc(").text(written).text(")]`").as_str());
            }
        }
        limits = rest;
    }
}

/// Checks that the default of a field, given as a variant of an enum, is the documented one.
///
/// # Panics
/// If it is not.
#[track_caller]
pub const fn check_declared_default(member: &str, given: &str, documented: &str) {
    if !crate::check::same(given.as_bytes(), documented.as_bytes()) {
        let line = Message::new().text("the documented default of ").text(member).text(" is ").quoted(documented);
        panic!("{}", line.text(", not ").quoted(given).as_str());
    }
}

/// The first value of the enum that the limit does not accept.
const fn first_outside(limit: &Limit, spec: &EnumSpec) -> Option<&'static str> {
    let mut values = spec.values;
    while let [value, rest @ ..] = values {
        if !limit.accepts(Literal::Text(value.name)) {
            return Some(value.name);
        }
        values = rest;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EnumValue, Length, ModelCell, ModelRef, Values};

    const I32: Type = Type::Integer { min: i32::MIN as i128, max: i32::MAX as i128 };
    const U32: Type = Type::Integer { min: 0, max: u32::MAX as i128 };
    const SPEC: EnumSpec =
        EnumSpec::new("Order", "", &[EnumValue { name: "asc", doc: "" }, EnumValue { name: "desc", doc: "" }]);

    fn model() -> Type {
        let cell = ModelCell::new(|| Box::leak(Box::new(crate::ModelSpec::new("Filter", &[]))));
        Type::Model(ModelRef::cell(Box::leak(Box::new(cell))))
    }

    #[test]
    fn a_type_is_compared_with_the_declared_type() {
        use Declared::{Binary, Boolean, Date, DateTime, Float, Int64, Model, String, Time, Uint64};
        let all = [String, Date, DateTime, Time, Int64, Uint64, Float, Boolean, Binary, Model];
        let fits: [(Type, &[Declared], &[Declared]); 12] = [
            (Type::String, &[String, Date, DateTime, Time], &[String, Date, DateTime, Time]),
            (Type::Enum(&SPEC), &[String, Date, DateTime], &[String, Date, DateTime]),
            (Type::Time, &[Time], &[Time]),
            (Type::INT64, &[Int64, Uint64], &[Int64, Uint64]),
            (Type::UINT64, &[Int64, Uint64], &[Uint64]),
            (I32, &[Int64, Uint64], &[]),
            (U32, &[Int64, Uint64], &[]),
            (Type::Float, &[Float], &[Float]),
            (Type::Boolean, &[Boolean], &[Boolean]),
            (Type::Binary, &[Binary], &[Binary]),
            (model(), &[Model], &[Model]),
            (Type::Json, &all, &all),
        ];
        for (ty, in_requests, in_response) in fits {
            for declared in all {
                assert_eq!(
                    declared.mismatch(ty, false).is_none(),
                    in_requests.contains(&declared),
                    "{ty:?} {declared:?}"
                );
                assert_eq!(
                    declared.mismatch(ty, true).is_none(),
                    in_response.contains(&declared),
                    "{ty:?} {declared:?}"
                );
            }
        }
    }

    #[test]
    fn a_limit_applies_to_every_value_of_an_enum() {
        let texts = |texts| Limit::Values(Values::Texts(texts));
        assert_eq!(first_outside(&texts(&["asc", "desc", "none"]), &SPEC), None);
        assert_eq!(first_outside(&texts(&["asc", "none"]), &SPEC), Some("desc"));
        assert_eq!(first_outside(&Limit::Length(Length { min: 0, max: Some(3) }), &SPEC), Some("desc"));
    }
}
