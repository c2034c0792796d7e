//! The types that a response can be decoded into.

use serde_json::Value as Json;

use super::envelope::{self, Envelope, Typed, Untyped};
use crate::model::Model;
use crate::spec::ModelSpec;

/// A type that a response can be decoded into: every [`Model`], `()`, and `serde_json::Value`.
///
/// This trait is sealed: it has no other implementations.
pub trait Answer: Sized + sealed::Sealed {
    /// The spec of the type. That of untyped JSON has no members.
    #[doc(hidden)]
    fn spec() -> &'static ModelSpec;

    /// Whether it is untyped JSON, which keeps every member as it was sent.
    #[doc(hidden)]
    const UNTYPED: bool = false;

    /// Reads a whole body, and stores the content of its `Response` in `value` if there is one.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error>;
}

mod sealed {
    pub trait Sealed {}
    impl<T: crate::model::Model> Sealed for T {}
    impl Sealed for serde_json::Value {}
}

impl<T: Model> Answer for T {
    fn spec() -> &'static ModelSpec {
        T::MODEL
    }

    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error> {
        envelope::read(text, Typed(value))
    }
}

impl Answer for Json {
    #[doc(hidden)]
    const UNTYPED: bool = true;

    fn spec() -> &'static ModelSpec {
        <()>::MODEL
    }

    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error> {
        envelope::read(text, Untyped(value))
    }
}
