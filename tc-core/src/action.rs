//! An action of the cloud: a request struct with the spec of its call.

use crate::error_code::ServiceError;
use crate::model::Model;
use crate::spec::ActionSpec;

/// An action: a request struct with the spec of its call.
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

/// An action that pages. `#[tc_action(page(…))]` writes it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pages",
    label = "its #[tc_action] has no `page(…)`",
    note = "add `page(items = …)` to its #[tc_action], with the field of the response that has the list"
)]
pub trait Paged: Action {
    /// What its list holds.
    type Item;

    /// The first item or page, and the number of items, that the request asks for, as far as it says so.
    fn window(&self) -> (Option<u64>, Option<u64>);

    /// Sets the parameters of the page: `limit` items from `offset` on. With page numbers, `offset` is the number of the page.
    fn set_window(&mut self, offset: u64, limit: u64);

    /// Asks for the page of this token, where the action pages by tokens.
    fn set_token(&mut self, token: &str) {
        let _ = token;
    }

    /// The token of the next page, where the action pages by tokens; none on the last page.
    fn next_token(response: &Self::Response) -> Option<String> {
        let _ = response;
        None
    }

    /// The number of items in all, none where the answer does not say.
    fn total(response: &Self::Response) -> Option<u64>;

    /// How many items this page has.
    fn count(response: &Self::Response) -> usize;

    /// The items of this page.
    fn items(response: Self::Response) -> Vec<Self::Item>;
}
