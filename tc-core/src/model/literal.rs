//! Literals and constants in `request!`: into the field, and into what the limits can judge.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::{Param, Single};
use crate::facts::{Given, Known};

/// A field that a literal can be written for. The verdict on the literal is another's: here every literal gives a
/// value, so that a refused one is one error and not two.
#[diagnostic::on_unimplemented(
    message = "no literal can be given for a parameter of type `{Self}`",
    label = "no type of a parameter"
)]
pub trait Literal {
    /// The value of the literal.
    fn given(given: Given<'_>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Param> Literal for T {
    fn given(given: Given<'_>) -> Self {
        <T as Param>::given(given)
    }
}

fn bytes(given: Given<'_>) -> Vec<u8> {
    let Given::List(items) = given else { return Vec::new() };
    let byte = |item: &Given<'_>| match item {
        Given::Int(number) => u8::try_from(*number).unwrap_or_default(),
        _ => 0,
    };
    items.iter().map(byte).collect()
}

#[diagnostic::do_not_recommend]
impl Literal for Vec<u8> {
    fn given(given: Given<'_>) -> Self {
        bytes(given)
    }
}

#[diagnostic::do_not_recommend]
impl Literal for Bytes {
    fn given(given: Given<'_>) -> Self {
        bytes(given).into()
    }
}

#[diagnostic::do_not_recommend]
impl Literal for Option<Vec<u8>> {
    fn given(given: Given<'_>) -> Self {
        Some(bytes(given))
    }
}

#[diagnostic::do_not_recommend]
impl Literal for Option<Bytes> {
    fn given(given: Given<'_>) -> Self {
        Some(bytes(given).into())
    }
}

/// What a `const fn` can learn of a constant's type.
pub trait Kind {
    /// The number that selects one of [`Constant`]'s functions.
    const KIND: u8;
}

/// The kind of a constant.
pub const fn kind_of<T: Kind + ?Sized>(_: &T) -> u8 {
    T::KIND
}

/// Reads a constant of this kind.
#[derive(Debug)]
pub struct Constant<const KIND: u8>;

/// A type whose values no `const fn` can read in general.
const OTHER: u8 = 0;
const LIST: u8 = 1;
const TEXTS: u8 = 2;
const TEXT: u8 = 3;

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
    /// What the constant says.
    pub const fn known<'a>(texts: &'a [&'a str]) -> Known<'a> {
        Known::Texts(texts)
    }
}

impl Constant<TEXT> {
    /// What the constant says.
    pub const fn known<'a>(text: &&'a str) -> Known<'a> {
        Known::One(Given::Text(text))
    }
}

macro_rules! constants {
    ($($kind:literal $ty:ty: $value:ident => $known:expr),* $(,)?) => {$(
        impl Constant<$kind> {
            /// What the constant says.
            pub const fn known($value: &$ty) -> Known<'_> {
                $known
            }
        }
    )*};
}

impl Constant<OTHER> {
    /// What the constant says: nothing that could be judged now.
    pub const fn known<T>(_: &T) -> Known<'_> {
        Known::One(Given::Unknown)
    }
}

impl Constant<LIST> {
    /// What the constant says: how many there are.
    pub const fn known<T>(items: &[T]) -> Known<'_> {
        Known::Count(items.len())
    }
}

constants! {
    4 bool: value => Known::One(Given::Bool(*value)),
    5 i32: number => Known::One(Given::Int(*number as i128)),
    6 i64: number => Known::One(Given::Int(*number as i128)),
    7 u32: number => Known::One(Given::Int(*number as i128)),
    8 u64: number => Known::One(Given::Int(*number as i128)),
    9 f32: number => Known::One(Given::Float(*number as f64, "beyond its limits")),
    10 f64: number => Known::One(Given::Float(*number, "beyond its limits")),
}
