//! The `ClientToken` by which the cloud recognises a call that comes twice.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

use crate::model::Violation;
use crate::model::{Fields, Value};
use crate::payload::Params;
use crate::spec::{ModelSpec, Type};

const NAME: &str = "ClientToken";

/// Where new tokens come from; nowhere, if none are to be made.
#[derive(Clone)]
pub(super) struct TokenSource(Option<Arc<dyn Fn() -> String + Send + Sync>>);

impl TokenSource {
    pub(super) fn new(source: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(source)))
    }

    pub(super) fn none() -> Self {
        Self(None)
    }
}

impl Default for TokenSource {
    fn default() -> Self {
        Self::new(uuid)
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource")
    }
}

/// A random UUID. Uniqueness is all it needs, and the two sources are seeded apart.
fn uuid() -> String {
    let system = RandomState::new().build_hasher().finish();
    let bits = (u128::from(system) << 64) ^ fastrand::u128(..);
    let bits = bits & !(0xF << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The token of a call: one that was given, a new one where the action takes one, or none.
pub(super) enum Token {
    None,
    Given,
    New { index: usize, token: String },
}

impl Token {
    pub(super) fn of(params: Params<'_>, source: &TokenSource) -> Self {
        match params {
            Params::Model(fields) => {
                let params = fields.model().params;
                let found = params.iter().position(|param| param.name == NAME && matches!(param.ty, Type::String));
                match found {
                    None => Self::None,
                    Some(index) => match fields.member(index) {
                        Value::Absent | Value::Text("") => match &source.0 {
                            Some(source) => Self::New { index, token: source() },
                            None => Self::None,
                        },
                        _ => Self::Given,
                    },
                }
            }
            Params::Json(json) | Params::Files(json, _) => match json.get(NAME).and_then(serde_json::Value::as_str) {
                None | Some("") => Self::None,
                Some(_) => Self::Given,
            },
        }
    }

    /// Whether the cloud will recognise the call when it comes twice.
    pub(super) fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Hands over the parameters, with the new token among them.
    pub(super) fn put<T>(&self, params: Params<'_>, to: impl FnOnce(Params<'_>) -> T) -> T {
        match (self, params) {
            (Self::New { index, token }, Params::Model(fields)) => {
                to(Params::Model(&WithToken { fields, index: *index, token }))
            }
            _ => to(params),
        }
    }
}

struct WithToken<'a> {
    fields: &'a dyn Fields,
    index: usize,
    token: &'a str,
}

impl Fields for WithToken<'_> {
    fn model(&self) -> &'static ModelSpec {
        self.fields.model()
    }

    fn member(&self, index: usize) -> Value<'_> {
        if index == self.index { Value::Text(self.token) } else { self.fields.member(index) }
    }

    fn check(&self) -> Result<(), Violation> {
        self.fields.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_a_random_uuid() {
        let tokens: std::collections::BTreeSet<String> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(tokens.len(), 1000);
        for token in tokens {
            let parts: Vec<&str> = token.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12], "{token}");
            assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{token}");
        }
    }
}
