//! The traits of actions.

use crate::error_code::ServiceError;
use crate::model::Model;
use crate::spec::ActionSpec;

/// An action: a request struct with the spec of its call.
///
/// `#[tc_action]` implements it. `tests/by_hand` shows how to implement it without the macro.
pub trait Action: Model {
    /// The spec of the action.
    const SPEC: ActionSpec;

    /// The type of the response.
    type Response: Model + Send + 'static;

    /// The documented business error codes; [`ErrorCode`](crate::ErrorCode) accepts every code.
    type Error: ServiceError;
}

/// An action with pages. `#[tc_action(page(…))]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pages",
    label = "its #[tc_action] has no `page(…)`",
    note = "add `page(items = …)` to its #[tc_action], with the field of the response that has the list"
)]
pub trait Paged: Action {
    /// The type of the items.
    type Item;

    /// Returns the first item or page and the number of items in the parameters of the request, if they are set.
    fn window(&self) -> (Option<u64>, Option<u64>);

    /// Sets the parameters of the page: `limit` items from `offset` on. With page numbers, `offset` is the number of the page.
    fn set_window(&mut self, offset: u64, limit: u64);

    /// Sets the token of the page, for actions with page tokens.
    fn set_token(&mut self, token: &str) {
        let _ = token;
    }

    /// Returns the token of the next page, for actions with page tokens. `None` on the last page.
    fn next_token(response: &Self::Response) -> Option<String> {
        let _ = response;
        None
    }

    /// Returns the total number of items, or `None` if the response has no total.
    fn total(response: &Self::Response) -> Option<u64>;

    /// Returns the number of items of this page.
    fn count(response: &Self::Response) -> usize;

    /// Returns the items of this page.
    fn items(response: Self::Response) -> Vec<Self::Item>;
}
