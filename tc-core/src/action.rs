//! An action of the cloud: a request struct with the facts about its call.

use crate::error_code::ServiceError;
use crate::facts::ActionSpec;
use crate::model::Model;

/// An action: a request struct with the facts about its call.
///
/// `#[tc_action]` writes it. By hand it takes the same: see `tests/by_hand`.
pub trait Action: Model {
    /// Everything known of the action.
    const SPEC: ActionSpec;

    /// What comes back.
    type Response: Model + Send + 'static;

    /// The documented business error codes; [`ErrorCode`](crate::ErrorCode) where they are of no interest.
    type Error: ServiceError;
}
