//! A struct of members.

use crate::ParamSpec;

/// A struct of parameters: a request, a response, or one nested in them.
#[derive(Debug, Clone, Copy)]
pub struct ModelSpec {
    /// The struct's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its members in the order of declaration.
    pub params: &'static [ParamSpec],
}

impl ModelSpec {
    /// A model of these members.
    pub const fn new(name: &'static str, params: &'static [ParamSpec]) -> Self {
        Self { name, doc: "", params }
    }

    /// With its documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The member of this wire name.
    pub fn param(&self, name: &str) -> Option<&'static ParamSpec> {
        self.params.iter().find(|param| param.name == name)
    }
}
