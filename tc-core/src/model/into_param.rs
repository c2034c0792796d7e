//! The conversions of setters and `request!`, so that `20`, `"text"` and `["a", "b"]` need neither a type nor `.into()`.

use std::borrow::Cow;

use bytes::Bytes;
use chrono::{DateTime, FixedOffset, Utc};

use super::{TextEnum, Upload, kind};

/// A value that can be converted to a parameter of type `T`.
///
/// These are a value of the field's type or of the type inside its `Option` or `Box`; any string for texts and enums; and for
/// lists every iterator over such values. `How` is always inferred.
///
/// An expression whose type follows only from the field (`.into()`, `.parse()?`, `.collect()`) needs a type annotation.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used for a parameter of type `{T}`",
    label = "the parameter has the type `{T}`",
    note = "a parameter accepts its own type and the type inside its `Option`; a `String` or an enum also accepts any Rust string; a list also accepts an iterator; convert a number of another type first, as in `i64::try_from(n)?`"
)]
pub trait IntoParam<T, How> {
    /// Converts the value.
    fn into_param(self) -> T;
}

/// A type that is not a list, and that is converted to itself.
///
/// The macros implement it for the types that they annotate.
pub trait Single {
    /// How `const` code reads a constant of this type. Most types cannot be read.
    #[doc(hidden)]
    const KIND: u8 = kind::OTHER;
}

// The types for `How`: one for each kind of conversion, so that their impls do not overlap.

/// A value of the same type.
#[derive(Debug)]
pub struct Same;
#[derive(Debug)]
pub struct SameOption;
#[derive(Debug)]
pub struct SameBox;
#[derive(Debug)]
pub struct Wrapped<How>(How);
#[derive(Debug)]
pub struct Boxed<How>(How);
#[derive(Debug)]
pub struct Each<How>(How);
#[derive(Debug)]
pub struct Converted;

macro_rules! singles {
    ($($single:ty = $kind:ident),*) => {$(
        impl Single for $single {
            const KIND: u8 = kind::$kind;
        }
    )*};
}

// An f32 is OTHER: its shortest decimal is checked, which no `const fn` can compute.
singles!(
    String = OTHER, bool = BOOL, i32 = I32, i64 = I64, u32 = U32, u64 = U64, f32 = OTHER, f64 = F64,
    DateTime<Utc> = OTHER, serde_json::Value = OTHER, Bytes = OTHER, Upload = OTHER
);

#[diagnostic::do_not_recommend]
impl<T: Single> IntoParam<T, Same> for T {
    fn into_param(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoParam<Option<T>, SameOption> for Option<T> {
    fn into_param(self) -> Option<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoParam<Box<T>, SameBox> for Box<T> {
    fn into_param(self) -> Box<T> {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoParam<T, How>, T, How> IntoParam<Option<T>, Wrapped<How>> for V {
    fn into_param(self) -> Option<T> {
        Some(self.into_param())
    }
}

#[diagnostic::do_not_recommend]
impl<V: IntoParam<T, How>, T, How> IntoParam<Box<T>, Boxed<How>> for V {
    fn into_param(self) -> Box<T> {
        Box::new(self.into_param())
    }
}

#[diagnostic::do_not_recommend]
impl<I, T, How> IntoParam<Vec<T>, Each<How>> for I
where
    I: IntoIterator,
    I::Item: IntoParam<T, How>,
{
    fn into_param(self) -> Vec<T> {
        self.into_iter().map(IntoParam::into_param).collect()
    }
}

macro_rules! texts {
    ($($text:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoParam<String, Converted> for $text {
            fn into_param(self) -> String {
                let text: &str = &self;
                text.into()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<E: TextEnum> IntoParam<E, Converted> for $text {
            fn into_param(self) -> E {
                let text: &str = &self;
                text.into()
            }
        }
    )*};
}

texts!(&str, &String, Cow<'_, str>, Box<str>, std::rc::Rc<str>, std::sync::Arc<str>);

#[diagnostic::do_not_recommend]
impl IntoParam<String, Converted> for &&str {
    fn into_param(self) -> String {
        String::from(*self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<String, Converted> for char {
    fn into_param(self) -> String {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<E: TextEnum> IntoParam<E, Converted> for &&str {
    fn into_param(self) -> E {
        E::from(*self)
    }
}

#[diagnostic::do_not_recommend]
impl<E: TextEnum> IntoParam<E, Converted> for String {
    fn into_param(self) -> E {
        E::from(self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<DateTime<Utc>, Converted> for DateTime<FixedOffset> {
    fn into_param(self) -> DateTime<Utc> {
        self.with_timezone(&Utc)
    }
}

macro_rules! references {
    ($($copied:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoParam<$copied, Converted> for &$copied {
            fn into_param(self) -> $copied {
                *self
            }
        }
    )*};
}

references!(bool, i32, i64, u32, u64, f32, f64, DateTime<Utc>);

/// The macros use these conversions for `#[tc(binary)]` fields.
#[diagnostic::do_not_recommend]
impl IntoParam<Bytes, Converted> for Vec<u8> {
    fn into_param(self) -> Bytes {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<Bytes, Converted> for &[u8] {
    fn into_param(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<Upload, Converted> for Vec<u8> {
    fn into_param(self) -> Upload {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<Upload, Converted> for Bytes {
    fn into_param(self) -> Upload {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl IntoParam<Upload, Converted> for &[u8] {
    fn into_param(self) -> Upload {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<const SIZE: usize> IntoParam<Bytes, Converted> for &[u8; SIZE] {
    fn into_param(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

#[diagnostic::do_not_recommend]
impl<const SIZE: usize> IntoParam<Upload, Converted> for &[u8; SIZE] {
    fn into_param(self) -> Upload {
        self[..].into()
    }
}

/// `Vec<u8>` is the only list whose items are not parameters.
impl Single for u8 {}

#[diagnostic::do_not_recommend]
impl IntoParam<u8, Converted> for &u8 {
    fn into_param(self) -> u8 {
        *self
    }
}
