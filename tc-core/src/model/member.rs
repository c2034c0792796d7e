//! How `page(…)` walks through a response: what generated code names without having seen the other struct.

use super::{Fields, Model, Value};
use crate::spec::ModelSpec;

/// The member of a struct whose name has this hash. `#[tc_model]` writes it for lists and models.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field of this name that is a list or a struct",
    label = "not found in `{Self}`",
    note = "`page(items = …)` takes a field of the response that is a list, or a path to one such as `result.list`"
)]
pub trait Member<const NAME: u64>: Sized {
    /// Its type.
    type Type;

    /// Takes it out.
    fn take(self) -> Self::Type;
}

impl<T: Member<NAME>, const NAME: u64> Member<NAME> for Option<T>
where
    T::Type: Default,
{
    type Type = T::Type;

    fn take(self) -> T::Type {
        self.map(T::take).unwrap_or_default()
    }
}

impl<T: Member<NAME>, const NAME: u64> Member<NAME> for Box<T> {
    type Type = T::Type;

    fn take(self) -> T::Type {
        T::take(*self)
    }
}

/// A list that may be absent.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a list, so it cannot be the `items` of a page")]
pub trait List {
    /// What it is a list of.
    type Item;

    /// Its items.
    fn into_vec(self) -> Vec<Self::Item>;
}

#[diagnostic::do_not_recommend]
impl<T> List for Vec<T> {
    type Item = T;

    fn into_vec(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> List for Option<Vec<T>> {
    type Item = T;

    fn into_vec(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}

/// `Offset` and `Limit` are `i64` or `u64`, required or not.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be used to choose a page", note = "write `Option<u64>`")]
pub trait Number {
    /// The number, none where it is absent or negative.
    fn get(&self) -> Option<u64>;

    /// Puts `number` there, or the greatest number that fits.
    fn set(&mut self, number: u64);
}

macro_rules! numbers {
    ($($int:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Number for $int {
            fn get(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }

            fn set(&mut self, number: u64) {
                *self = number.try_into().unwrap_or($int::MAX);
            }
        }
    )*};
}

numbers!(i32, i64, u32, u64);

#[diagnostic::do_not_recommend]
impl<T: Number + Default> Number for Option<T> {
    fn get(&self) -> Option<u64> {
        self.as_ref().and_then(T::get)
    }

    fn set(&mut self, number: u64) {
        self.get_or_insert_default().set(number);
    }
}

/// A number that travels as text.
#[diagnostic::do_not_recommend]
impl Number for String {
    fn get(&self) -> Option<u64> {
        self.parse().ok()
    }

    fn set(&mut self, number: u64) {
        *self = number.to_string();
    }
}

/// The parameter of `page(token = …)` is a `String`, `i64` or `u64`, required or not.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot hold the token of a page", note = "write `Option<String>`")]
pub trait PageToken {
    /// Puts the token of a response there. A token that does not fit changes nothing.
    fn set(&mut self, token: &str);
}

macro_rules! tokens {
    ($($ty:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl PageToken for $ty {
            fn set(&mut self, token: &str) {
                if let Ok(token) = token.parse() {
                    *self = token;
                }
            }
        }
    )*};
}

tokens!(i32, i64, u32, u64);

#[diagnostic::do_not_recommend]
impl PageToken for String {
    fn set(&mut self, token: &str) {
        token.clone_into(self);
    }
}

#[diagnostic::do_not_recommend]
impl<T: PageToken + Default> PageToken for Option<T> {
    fn set(&mut self, token: &str) {
        self.get_or_insert_default().set(token);
    }
}

/// The token of the next page, at the end of the path `next`; none where the token is absent or empty, or where the
/// response says at the end of `more` that there is no other page.
pub fn next_token(response: &dyn Fields, next: &[&str], more: Option<&[&str]>) -> Option<String> {
    let has_more = match more.map(|more| at(response, more)) {
        Some(Value::Bool(more)) => more,
        Some(Value::Int(more)) => more != 0,
        Some(Value::Uint(more)) => more != 0,
        _ => true,
    };
    let token = match at(response, next) {
        Value::Text(token) => token.to_owned(),
        Value::Int(token) => token.to_string(),
        Value::Uint(token) => token.to_string(),
        _ => String::new(),
    };
    Some(token).filter(|token| has_more && !token.is_empty())
}

/// The number at the end of a path of field names.
pub fn total(model: &dyn Fields, path: &[&str]) -> Option<u64> {
    match at(model, path) {
        Value::Uint(number) => Some(number),
        Value::Int(number) => u64::try_from(number).ok(),
        _ => None,
    }
}

/// The number of items of the list at the end of a path of field names.
pub fn count(model: &dyn Fields, path: &[&str]) -> usize {
    at(model, path).count().unwrap_or(0)
}

/// The value at the end of a path of field names.
pub(crate) fn at<'a>(model: &'a dyn Fields, path: &[&str]) -> Value<'a> {
    let Some((first, rest)) = path.split_first() else { return Value::Absent };
    let Some(index) = model.model().params.iter().position(|param| param.field == *first) else { return Value::Absent };
    match model.member(index) {
        Value::Model(model) if !rest.is_empty() => at(model, rest),
        value if rest.is_empty() => value,
        _ => Value::Absent,
    }
}

/// A model, or one that may be absent: what a path may step through.
pub trait Nested {
    /// Its spec.
    const SPEC: &'static ModelSpec;
}

impl<T: Model> Nested for T {
    const SPEC: &'static ModelSpec = T::MODEL;
}

impl<T: Model> Nested for Option<T> {
    const SPEC: &'static ModelSpec = T::MODEL;
}
