//! What the catalog declares of a member, compared with the type of a field: what `verify` asks. The macros ask it of the
//! types that their tokens tell, the compiler of the others.

use crate::{EnumSpec, Limit, Literal, Message, Type};

/// The declared type of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    /// `string`
    String,
    /// `date`
    Date,
    /// `datetime`, which has no zone.
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
    /// Why a value of the type `ty` does not fit, and what to write instead; none where it fits. `in_answers` where answers
    /// contain it: what they hold is not the caller's choice.
    ///
    /// ```
    /// use tc_spec::{Declared, Type};
    /// assert_eq!(Declared::Int64.refuses(Type::UINT64, false), None);
    /// assert!(Declared::Int64.refuses(Type::UINT64, true).is_some());
    /// assert_eq!(Declared::DateTime.refuses(Type::Json, true), None);
    /// ```
    pub const fn refuses(self, ty: Type, in_answers: bool) -> Option<&'static str> {
        match (self, ty) {
            (Self::Int64, Type::Integer { max, .. }) if in_answers && max <= u32::MAX as i128 => {
                Some("a number in a response can have more than 32 bits; write `i64`")
            }
            (Self::Uint64, Type::Integer { max, .. }) if in_answers && max <= u32::MAX as i128 => {
                Some("a number in a response can have more than 32 bits; write `u64`")
            }
            (Self::Int64, Type::Integer { min: 0, .. }) if in_answers => {
                Some("a number in a response can be negative; write `i64`")
            }
            (_, Type::Json)
            | (Self::String | Self::Date | Self::DateTime, Type::String | Type::Enum(_))
            | (Self::Time, Type::Time | Type::String)
            | (Self::Int64 | Self::Uint64, Type::Integer { .. })
            | (Self::Float, Type::Float)
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

/// What the catalog declares of the member whose type the macro could not see.
#[derive(Debug, Clone, Copy)]
pub struct Declaration {
    /// The member: "`Type` of mps DescribePersonSamples".
    pub member: &'static str,
    /// Its declared type.
    pub ty: Declared,
    /// The metadata's word for it: `datetime_iso`.
    pub word: &'static str,
    /// Whether answers contain it.
    pub in_answers: bool,
    /// The documented limits that the field does not state, each as one would write it.
    pub limits: &'static [(Limit, &'static str)],
}

/// Whether a field of the type `ty` agrees with what the catalog declares.
///
/// # Panics
/// At compile time, where it does not.
#[track_caller]
pub const fn check_declared(ty: Type, declared: Declaration) {
    let line = Message::new().text(declared.member);
    if let Some(advice) = declared.ty.refuses(ty, declared.in_answers) {
        let line = line.text(" is ").text(declared.word).text(", but this field is ").text(ty.noun());
        panic!("{}", line.text("; ").text(advice).as_str());
    }
    let mut limits = declared.limits;
    while let [(limit, written), rest @ ..] = limits {
        match ty {
            Type::Enum(spec) => {
                if let Some(value) = refused(limit, spec) {
                    let line = line.text(" does not accept ").quoted(value).text(", a value of ").text(spec.name);
                    panic!("{}", line.text("; the documentation has `").text(written).text("`").as_str());
                }
            }
            // The type itself keeps the limit.
            Type::Integer { min, max } if limit.accepts(Literal::Int(min)) && limit.accepts(Literal::Int(max)) => {}
            // These take no limits.
            Type::Json | Type::Time | Type::Boolean | Type::Binary | Type::Model(_) => {}
            Type::String | Type::Date | Type::DateTime | Type::Integer { .. } | Type::Float => {
                let line = Message::new().text("the documentation limits ").text(declared.member);
                panic!("{}", line.text("; add `#[tc(").text(written).text(")]`").as_str());
            }
        }
        limits = rest;
    }
}

/// Whether the default that a field states by the name of a value is the documented one.
///
/// # Panics
/// At compile time, where it is not.
#[track_caller]
pub const fn check_declared_default(member: &str, given: &str, documented: &str) {
    if !crate::check::same(given.as_bytes(), documented.as_bytes()) {
        let line = Message::new().text("the documented default of ").text(member).text(" is ").quoted(documented);
        panic!("{}", line.text(", not ").quoted(given).as_str());
    }
}

/// The first value of the enum that the limit does not accept.
const fn refused(limit: &Limit, spec: &EnumSpec) -> Option<&'static str> {
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
    fn a_type_fits_what_is_declared() {
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
        for (ty, in_requests, in_answers) in fits {
            for declared in all {
                assert_eq!(
                    declared.refuses(ty, false).is_none(),
                    in_requests.contains(&declared),
                    "{ty:?} {declared:?}"
                );
                assert_eq!(declared.refuses(ty, true).is_none(), in_answers.contains(&declared), "{ty:?} {declared:?}");
            }
        }
    }

    #[test]
    fn every_value_of_an_enum_keeps_the_limits() {
        let texts = |texts| Limit::Values(Values::Texts(texts));
        assert_eq!(refused(&texts(&["asc", "desc", "none"]), &SPEC), None);
        assert_eq!(refused(&texts(&["asc", "none"]), &SPEC), Some("desc"));
        assert_eq!(refused(&Limit::Length(Length { min: 0, max: Some(3) }), &SPEC), Some("desc"));
    }
}
