//! How the macros write the spec of a struct: by value, so that the compiler evaluates them only where they are used.

use crate::spec::{ModelSpec, ParamSpec};

/// The spec of a struct of `N` members.
#[derive(Debug)]
pub struct Table<const N: usize> {
    /// The struct's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its members in the order of declaration.
    pub params: [ParamSpec; N],
}

/// A struct whose spec is written as a table.
///
/// A constant of a reference would be evaluated in every build of the crate that declares it, this one only for those
/// who call the action.
#[doc(hidden)]
pub trait Tabled<const N: usize> {
    /// The spec.
    const TABLE: Table<N>;
}

/// The table as a model's spec.
pub const fn tabled<T: Tabled<N>, const N: usize>() -> &'static ModelSpec {
    const { &ModelSpec { name: T::TABLE.name, doc: T::TABLE.doc, params: &T::TABLE.params } }
}
