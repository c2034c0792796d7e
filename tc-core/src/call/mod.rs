//! What a client can send: every action with a struct, and any action by its name.

mod any_action;
#[cfg(feature = "catalog")]
mod from_catalog;
mod paging;

pub use any_action::AnyAction;
pub use paging::Paging;
pub(crate) use paging::PagingForm;
pub(crate) use sealed::Sealed;

use crate::action::Action;
use crate::error::Error;
use crate::model::{Violations, validate};
use crate::payload::{self, Params};
use crate::request::Target;
use crate::response::Answer;

/// What a client can send: every [`Action`], and [`AnyAction`]. Implemented by this crate only.
pub trait Call: Sealed {
    /// The type of the response.
    type Response: Answer + Send + 'static;
}

mod sealed {
    use super::{Params, Target, Violations};

    /// The parts of a call, independent of the type of its response.
    #[allow(unnameable_types)]
    pub trait Sealed {
        /// The action of the call, and what its spec says about it.
        fn target(&self) -> Target;

        /// The parameters that are sent.
        #[allow(private_interfaces)]
        fn parameters(&self) -> Params<'_>;

        /// Checks the parameters against the spec, if there is one.
        fn check(&self) -> Result<(), Violations>;
    }
}

impl<A: Action> Sealed for A {
    fn target(&self) -> Target {
        Target::of(const { &A::SPEC })
    }

    #[allow(private_interfaces)]
    fn parameters(&self) -> Params<'_> {
        Params::Model(self)
    }

    fn check(&self) -> Result<(), Violations> {
        validate(self)
    }
}

impl<A: Action> Call for A {
    type Response = A::Response;
}

/// Encodes the JSON body of a call without checking limits, for tools and tests.
///
/// ```
/// use tc_core::{AnyAction, encode_json};
/// let zones = AnyAction::new("cvm", "2017-03-12", "DescribeZones").params(serde_json::json!({"Limit": 1}));
/// assert_eq!(encode_json(&zones)?, br#"{"Limit":1}"#);
/// # Ok::<(), tc_core::Error>(())
/// ```
///
/// # Errors
/// A value that JSON cannot represent, such as NaN.
pub fn encode_json<C: Call>(call: &C) -> Result<Vec<u8>, Error> {
    Ok(payload::json_text(call.parameters())?)
}

/// Flattens the parameters of a call to names and values, sorted by the bytes of the names and not percent-encoded, without
/// checking limits, for tools and tests.
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
/// A value that a query cannot represent: an explicit empty list, bytes, NaN or an infinity.
pub fn encode_query<C: Call>(call: &C) -> Result<Vec<(String, String)>, Error> {
    Ok(payload::pairs(call.parameters())?)
}
