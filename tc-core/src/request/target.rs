//! The action of a call.

use std::borrow::Cow;

use crate::spec::{ActionSpec, BodyForm, ErrorSpec, Method, ModelRef, SignatureMethod};

/// The action of a call: its names, and the parts of its spec that a request needs.
#[derive(Debug, Clone)]
#[allow(unnameable_types)]
pub struct Target {
    pub(crate) service: Cow<'static, str>,
    pub(crate) version: Cow<'static, str>,
    pub(crate) action: Cow<'static, str>,
    pub(crate) body: BodyForm,
    pub(crate) skip_sign: bool,
    pub(crate) unsigned_payload: bool,
    pub(crate) method: Option<Method>,
    pub(crate) signature: Option<SignatureMethod>,
    pub(crate) idempotent: bool,
    pub(crate) rate: Option<u32>,
    pub(crate) errors: &'static [ErrorSpec],
    /// The documented response of an action without a struct.
    pub(crate) response: Option<ModelRef>,
}

impl Target {
    /// An action without a spec.
    pub(crate) fn new(
        service: impl Into<Cow<'static, str>>,
        version: impl Into<Cow<'static, str>>,
        action: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            service: service.into(),
            version: version.into(),
            action: action.into(),
            body: BodyForm::Json,
            skip_sign: false,
            unsigned_payload: false,
            method: None,
            signature: None,
            idempotent: false,
            rate: None,
            errors: &[],
            response: None,
        }
    }

    /// The action of `spec`.
    pub(crate) fn of(spec: &'static ActionSpec) -> Self {
        Self {
            service: spec.service.into(),
            version: spec.version.into(),
            action: spec.name.into(),
            body: spec.body,
            skip_sign: spec.skip_sign,
            unsigned_payload: spec.unsigned_payload,
            method: spec.method,
            signature: spec.signature,
            idempotent: spec.idempotent,
            rate: spec.rate,
            errors: spec.errors,
            response: None,
        }
    }
}
