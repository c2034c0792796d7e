//! The type that the macros put where a field's own type cannot be a parameter. It takes every value, so that the macro's
//! error is the only one.

use super::member::{List, Number};
use super::{FromLiteral, IntoParam};
use tc_spec::Literal;

/// Stands for the type of a field that was refused at compile time. A program that would make one does not compile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refused(());

/// Any value, for a parameter of the type [`Refused`].
#[derive(Debug)]
pub struct Anything;

impl<V> IntoParam<Refused, Anything> for V {
    fn into_param(self) -> Refused {
        Refused(())
    }
}

impl FromLiteral for Refused {
    fn from_literal(_: Literal<'_>) -> Self {
        Self(())
    }
}

impl List for Refused {
    type Item = Self;

    fn into_vec(self) -> Vec<Self> {
        Vec::new()
    }
}

impl Number for Refused {
    fn get(&self) -> Option<u64> {
        None
    }

    fn set(&mut self, _: u64) {}
}
