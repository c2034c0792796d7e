//! The type that the macros write for a field whose type cannot be a parameter. It accepts every value, so that the error of the
//! macro is the only one.

use super::member::{List, Number};
use super::{FromLiteral, IntoParam};
use tc_spec::Literal;

/// Replaces the type of a field that the macro refused. A program with such a field does not compile.
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
