//! Access to the members that `page(…)` names, in structs that the macro of the action cannot see.

use super::{Fields, Model, Value};
use crate::spec::ModelSpec;

/// The member of a struct whose name has this hash. `#[tc_model]` implements it for lists and models.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field of this name that is a list or a struct",
    label = "no list or struct of this name in `{Self}`",
    note = "`page(items = …)` takes a field of the response that is a list, or a path to one such as `result.list`; the number in `Member<…>` is a hash of the name of the field"
)]
pub trait Member<const NAME: u64>: Sized {
    /// The type of the member.
    type Type;

    /// Returns the member.
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
    /// The type of the items.
    type Item;

    /// Returns the items.
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

/// The type of a parameter such as `Offset` or `Limit`: `i64` or `u64`, required or not.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be used to choose a page", note = "write `Option<u64>`")]
pub trait Number {
    /// Returns the number, or `None` if it is absent or negative.
    fn get(&self) -> Option<u64>;

    /// Sets the number, or the greatest one that fits.
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

/// A number that is sent as text.
#[diagnostic::do_not_recommend]
impl Number for String {
    fn get(&self) -> Option<u64> {
        self.parse().ok()
    }

    fn set(&mut self, number: u64) {
        *self = number.to_string();
    }
}

/// The type of the parameter of `page(token = …)`: `String`, `i64` or `u64`, required or not.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot hold the token of a page", note = "write `Option<String>`")]
pub trait PageToken {
    /// Sets the token of a response. A token that cannot be converted is ignored.
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

/// Returns the token of the next page, at the path `next`. `None` if it is absent or empty, or if the member at the path `more`
/// is false or 0.
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

/// Returns the number at a path of field names.
pub fn total(model: &dyn Fields, path: &[&str]) -> Option<u64> {
    match at(model, path) {
        Value::Uint(number) => Some(number),
        Value::Int(number) => u64::try_from(number).ok(),
        _ => None,
    }
}

/// Returns the number of items of the list at a path of field names.
pub fn count(model: &dyn Fields, path: &[&str]) -> usize {
    at(model, path).count().unwrap_or(0)
}

/// Returns the value at a path of field names.
pub(crate) fn at<'a>(model: &'a dyn Fields, path: &[&str]) -> Value<'a> {
    let Some((first, rest)) = path.split_first() else { return Value::Absent };
    let Some(index) = model.model().params.iter().position(|param| param.field == *first) else { return Value::Absent };
    match model.member(index) {
        Value::Model(model) if !rest.is_empty() => at(model, rest),
        value if rest.is_empty() => value,
        _ => Value::Absent,
    }
}

/// A model or an optional model, which may be inside a path.
pub trait Nested {
    /// The spec of the model.
    const SPEC: &'static ModelSpec;
}

impl<T: Model> Nested for T {
    const SPEC: &'static ModelSpec = T::MODEL;
}

impl<T: Model> Nested for Option<T> {
    const SPEC: &'static ModelSpec = T::MODEL;
}
