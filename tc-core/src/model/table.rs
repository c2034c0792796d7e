//! The spec of a struct as the macros write it: by value, so that the compiler evaluates it only where it is used.

use crate::spec::{ModelSpec, ParamSpec};

/// The spec of a struct of `N` members.
#[derive(Debug)]
pub struct Table<const N: usize> {
    /// The name of the struct.
    pub name: &'static str,
    /// The documentation of the struct.
    pub doc: &'static str,
    /// The members in the order of declaration.
    pub params: [ParamSpec; N],
}

/// A struct whose spec is written as a table.
///
/// The compiler evaluates a constant that is a reference in every build of the crate that declares it. It evaluates this
/// constant only in crates that call the action.
#[doc(hidden)]
pub trait Tabled<const N: usize> {
    /// The spec.
    const TABLE: Table<N>;
}

/// Returns the table as a [`ModelSpec`].
pub const fn tabled<T: Tabled<N>, const N: usize>() -> &'static ModelSpec {
    const { &ModelSpec { name: T::TABLE.name, doc: T::TABLE.doc, params: &T::TABLE.params } }
}
