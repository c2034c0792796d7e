//! Converts literals of `request!` to values of fields, and constants to values that limits can check.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::kind::{BOOL, F64, I32, I64, LIST, OTHER, TEXT, TEXTS, U32, U64};
use super::{Param, Single};
use crate::spec::{ConstValue, Literal};

/// A type of a field that a literal can be written for.
///
/// The conversion does not check the literal, which `accepts` does: every literal has a value, so that a refused literal is
/// one compile error and not two.
#[diagnostic::on_unimplemented(
    message = "a literal cannot be used for a parameter of type `{Self}`",
    label = "unsupported type"
)]
pub trait FromLiteral {
    /// Returns the value of the literal.
    fn from_literal(literal: Literal<'_>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Param> FromLiteral for T {
    fn from_literal(literal: Literal<'_>) -> Self {
        <T as Param>::from_literal(literal)
    }
}

fn bytes(literal: Literal<'_>) -> Vec<u8> {
    let Literal::List(items) = literal else { return Vec::new() };
    let byte = |item: &Literal<'_>| match item {
        Literal::Int(number) => u8::try_from(*number).unwrap_or_default(),
        _ => 0,
    };
    items.iter().map(byte).collect()
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Vec<u8> {
    fn from_literal(literal: Literal<'_>) -> Self {
        bytes(literal)
    }
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Bytes {
    fn from_literal(literal: Literal<'_>) -> Self {
        bytes(literal).into()
    }
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Option<Vec<u8>> {
    fn from_literal(literal: Literal<'_>) -> Self {
        Some(bytes(literal))
    }
}

#[diagnostic::do_not_recommend]
impl FromLiteral for Option<Bytes> {
    fn from_literal(literal: Literal<'_>) -> Self {
        Some(bytes(literal).into())
    }
}

/// How `const` code reads a constant of this type.
pub trait Kind {
    /// The number that selects one of [`Constant`]'s functions.
    const KIND: u8;
}

/// Returns the kind of a constant.
pub const fn kind_of<T: Kind + ?Sized>(_: &T) -> u8 {
    T::KIND
}

/// Reads constants of this kind.
#[derive(Debug)]
pub struct Constant<const KIND: u8>;

#[diagnostic::do_not_recommend]
impl<T: Single> Kind for T {
    const KIND: u8 = T::KIND;
}

#[diagnostic::do_not_recommend]
impl Kind for &str {
    const KIND: u8 = TEXT;
}

#[diagnostic::do_not_recommend]
impl<T> Kind for Option<T> {
    const KIND: u8 = OTHER;
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Kind for [&str; N] {
    const KIND: u8 = TEXTS;
}

#[diagnostic::do_not_recommend]
impl Kind for &[&str] {
    const KIND: u8 = TEXTS;
}

macro_rules! others {
    ($($other:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Kind for $other {
            const KIND: u8 = OTHER;
        }

        #[diagnostic::do_not_recommend]
        impl<const N: usize> Kind for [$other; N] {
            const KIND: u8 = LIST;
        }

        #[diagnostic::do_not_recommend]
        impl Kind for &[$other] {
            const KIND: u8 = LIST;
        }
    )*};
}

others!(char, i8, i16, i128, isize, u16, u128, usize);

macro_rules! lists {
    ($($item:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<const N: usize> Kind for [$item; N] {
            const KIND: u8 = LIST;
        }

        #[diagnostic::do_not_recommend]
        impl Kind for &[$item] {
            const KIND: u8 = LIST;
        }
    )*};
}

lists!(String, bool, u8, i32, i64, u32, u64, f32, f64, DateTime<Utc>);

impl Constant<TEXTS> {
    /// Returns the value of the constant.
    pub const fn read<'a>(texts: &'a [&'a str]) -> ConstValue<'a> {
        ConstValue::Texts(texts)
    }
}

impl Constant<TEXT> {
    /// Returns the value of the constant.
    pub const fn read<'a>(text: &&'a str) -> ConstValue<'a> {
        ConstValue::One(Literal::Text(text))
    }
}

macro_rules! constants {
    ($($kind:ident $ty:ty: $value:ident => $known:expr),* $(,)?) => {$(
        impl Constant<$kind> {
            /// Returns the value of the constant.
            pub const fn read($value: &$ty) -> ConstValue<'_> {
                $known
            }
        }
    )*};
}

impl Constant<OTHER> {
    /// Returns an unknown value, which is checked at run time.
    pub const fn read<T>(_: &T) -> ConstValue<'_> {
        ConstValue::One(Literal::Unknown)
    }
}

impl Constant<LIST> {
    /// Returns the number of items.
    pub const fn read<T>(items: &[T]) -> ConstValue<'_> {
        ConstValue::Count(items.len())
    }
}

constants! {
    BOOL bool: value => ConstValue::One(Literal::Bool(*value)),
    I32 i32: number => ConstValue::One(Literal::Int(*number as i128)),
    I64 i64: number => ConstValue::One(Literal::Int(*number as i128)),
    U32 u32: number => ConstValue::One(Literal::Int(*number as i128)),
    U64 u64: number => ConstValue::One(Literal::Int(*number as i128)),
    F64 f64: number => ConstValue::One(Literal::Float(*number, "beyond its limits")),
}
