//! What an answer can be decoded into.

use serde_json::Value as Json;

use super::envelope::{self, Envelope};
use crate::facts::ModelSpec;
use crate::model::Model;

/// A type that an answer decodes into: every model, `()`, and `serde_json::Value` for actions nobody modelled.
pub trait Answer: Sized {
    /// What the documentation promises of it; nothing for free JSON.
    #[doc(hidden)]
    fn facts() -> &'static ModelSpec;

    /// Reads a whole body.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn read(body: &[u8]) -> Result<Envelope<Self>, serde_json::Error>;
}

impl<T: Model> Answer for T {
    fn facts() -> &'static ModelSpec {
        T::MODEL
    }

    #[allow(private_interfaces)]
    fn read(body: &[u8]) -> Result<Envelope<Self>, serde_json::Error> {
        envelope::read(body)
    }
}

impl Answer for Json {
    fn facts() -> &'static ModelSpec {
        <()>::MODEL
    }

    #[allow(private_interfaces)]
    fn read(body: &[u8]) -> Result<Envelope<Self>, serde_json::Error> {
        serde_json::from_slice(body).map(envelope::from_json)
    }
}
