//! What an answer can be decoded into.

use serde_json::Value as Json;

use super::envelope::{self, Envelope, Free, Typed};
use crate::model::Model;
use crate::spec::ModelSpec;

/// A type that an answer decodes into: every model, `()`, and `serde_json::Value` for actions nobody modelled.
pub trait Answer: Sized {
    /// What the documentation promises of it; nothing for free JSON.
    #[doc(hidden)]
    fn spec() -> &'static ModelSpec;

    /// Whether it is free JSON: every member is kept, and none has a documented type.
    #[doc(hidden)]
    const FREE: bool = false;

    /// Reads a whole body, and the answer in it, if there is one, into `value`.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error>;
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
    const FREE: bool = true;

    fn spec() -> &'static ModelSpec {
        <()>::MODEL
    }

    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error> {
        envelope::read(text, Free(value))
    }
}
