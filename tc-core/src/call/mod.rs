//! What a client can send: every action, and any action by its name.

mod any_action;
#[cfg(feature = "catalog")]
mod from_catalog;
mod paging;

use std::borrow::Cow;

pub use any_action::AnyAction;
pub use paging::Paging;
pub(crate) use paging::PagingForm;

use crate::action::Action;
use crate::error::Error;
use crate::model::{Violations, validate};
use crate::payload::{self, Params};
use crate::response::Answer;
use crate::spec::{ActionSpec, BodyForm, ErrorSpec, Method, SignatureMethod};

/// What a client can send: every [`Action`], and [`AnyAction`].
///
/// This trait is sealed: it has no other implementations.
pub trait Call: sealed::Sealed {
    /// What the response is decoded into.
    type Response: Answer + Send + 'static;

    /// Which action it is, and what is known of it.
    #[doc(hidden)]
    fn target(&self) -> Target;

    /// What it sends.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn parameters(&self) -> Params<'_>;

    /// Checks it against its spec, if it has one.
    #[doc(hidden)]
    fn judge(&self) -> Result<(), Violations>;
}

mod sealed {
    pub trait Sealed {}
    impl<A: crate::action::Action> Sealed for A {}
    impl Sealed for super::AnyAction {}
}

impl<A: Action> Call for A {
    type Response = A::Response;

    fn target(&self) -> Target {
        Target::of(const { &A::SPEC })
    }

    #[allow(private_interfaces)]
    fn parameters(&self) -> Params<'_> {
        Params::Model(self)
    }

    fn judge(&self) -> Result<(), Violations> {
        validate(self)
    }
}

/// Which action a call is for, and what of its spec the call needs.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Target {
    pub(crate) service: Cow<'static, str>,
    pub(crate) version: Cow<'static, str>,
    pub(crate) name: Cow<'static, str>,
    pub(crate) body: BodyForm,
    pub(crate) skip_sign: bool,
    pub(crate) unsigned_payload: bool,
    pub(crate) method: Option<Method>,
    pub(crate) signature: Option<SignatureMethod>,
    pub(crate) idempotent: bool,
    pub(crate) rate: Option<u32>,
    pub(crate) errors: &'static [ErrorSpec],
}

impl Target {
    fn of(spec: &'static ActionSpec) -> Self {
        Self {
            service: spec.service.into(),
            version: spec.version.into(),
            name: spec.name.into(),
            body: spec.body,
            skip_sign: spec.skip_sign,
            unsigned_payload: spec.unsigned_payload,
            method: spec.method,
            signature: spec.signature,
            idempotent: spec.idempotent,
            rate: spec.rate,
            errors: spec.errors,
        }
    }
}

/// The JSON body of a call, without any limit being checked: the door for tools and tests.
///
/// ```
/// use tc_core::{AnyAction, encode_json};
/// let zones = AnyAction::new("cvm", "2017-03-12", "DescribeZones").params(serde_json::json!({"Limit": 1}));
/// assert_eq!(encode_json(&zones)?, br#"{"Limit":1}"#);
/// # Ok::<(), tc_core::Error>(())
/// ```
///
/// # Errors
/// A number that is NaN or infinite.
pub fn encode_json<C: Call>(call: &C) -> Result<Vec<u8>, Error> {
    Ok(payload::json(call.parameters())?)
}

/// The flattened names and values of a call, sorted by the bytes of the names and not yet percent-encoded, without any
/// limit being checked: the door for tools and tests.
///
/// ```
/// use tc_core::{AnyAction, encode_query};
/// let samples = AnyAction::new("mps", "2019-06-12", "DescribePersonSamples")
///     .params(serde_json::json!({"PersonIds": ["10569"], "Limit": 20}));
/// assert_eq!(encode_query(&samples)?, [("Limit".into(), "20".into()), ("PersonIds.0".into(), "10569".into())]);
/// # Ok::<(), tc_core::Error>(())
/// ```
///
/// # Errors
/// What a query cannot say: an explicitly empty list, bytes, NaN or an infinity.
pub fn encode_query<C: Call>(call: &C) -> Result<Vec<(String, String)>, Error> {
    Ok(payload::query(call.parameters())?)
}
