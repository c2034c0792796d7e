//! The parameter `ClientToken`, by which the cloud recognises a call that is sent again.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;

use crate::model::{Fields, Value, Violation};
use crate::payload::Params;
use crate::spec::{ModelSpec, Type};

const NAME: &str = "ClientToken";

/// The source of new tokens, if the client adds any.
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

/// A random UUID. It must only be unique; the two sources have independent seeds.
fn uuid() -> String {
    let system = RandomState::new().build_hasher().finish();
    let bits = (u128::from(system) << 64) ^ fastrand::u128(..);
    let bits = bits & !(0xF << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The parameters of a call, with a new `ClientToken` if the action has this parameter and it is not set.
pub(super) struct WithToken<'a> {
    params: Params<'a>,
    /// Whether the caller set a token.
    given: bool,
    new: Option<NewToken<'a>>,
}

/// Fields, with a new token in place of the field at `index`.
struct NewToken<'a> {
    fields: &'a dyn Fields,
    index: usize,
    token: String,
}

impl<'a> WithToken<'a> {
    pub(super) fn new(params: Params<'a>, source: &TokenSource) -> Self {
        let (mut given, mut new) = (false, None);
        match params {
            Params::Model(fields) => {
                let params = fields.model().params;
                let found = params.iter().position(|param| param.name == NAME && matches!(param.ty, Type::String));
                if let Some(index) = found {
                    given = !matches!(fields.member(index), Value::Absent | Value::Text(""));
                    let source = source.0.as_ref().filter(|_| !given);
                    new = source.map(|source| NewToken { fields, index, token: source() });
                }
            }
            Params::Json(json) | Params::Files(json, _) => {
                given = json.get(NAME).and_then(serde_json::Value::as_str).is_some_and(|token| !token.is_empty());
            }
        }
        Self { params, given, new }
    }

    /// Whether the cloud recognises the call when it is sent again.
    pub(super) fn has_token(&self) -> bool {
        self.given || self.new.is_some()
    }

    pub(super) fn params(&self) -> Params<'_> {
        self.new.as_ref().map_or(self.params, |new| Params::Model(new))
    }
}

impl Fields for NewToken<'_> {
    fn model(&self) -> &'static ModelSpec {
        self.fields.model()
    }

    fn member(&self, index: usize) -> Value<'_> {
        if index == self.index { Value::Text(&self.token) } else { self.fields.member(index) }
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
