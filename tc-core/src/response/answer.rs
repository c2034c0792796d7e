//! What an answer can be decoded into.

use serde_json::Value as Json;

use super::envelope::{self, Envelope};
use crate::model::Model;
use crate::spec::ModelSpec;

/// A type that an answer decodes into: every model, `()`, and `serde_json::Value` for actions nobody modelled.
pub trait Answer: Sized {
    /// What the documentation promises of it; nothing for free JSON.
    #[doc(hidden)]
    fn facts() -> &'static ModelSpec;

    /// Reads a whole body, and the answer in it, if there is one, into `value`.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error>;
}

impl<T: Model> Answer for T {
    fn facts() -> &'static ModelSpec {
        T::MODEL
    }

    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error> {
        envelope::read(text, value)
    }
}

impl Answer for Json {
    fn facts() -> &'static ModelSpec {
        <()>::MODEL
    }

    #[allow(private_interfaces)]
    fn read(text: &str, value: &mut Option<Self>) -> Result<Envelope, serde_json::Error> {
        Ok(envelope::from_json(serde_json::from_str(text)?, value))
    }
}
