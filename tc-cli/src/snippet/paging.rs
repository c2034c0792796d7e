//! How an action pages, by the names of the wire, for languages whose SDKs do not page.

use tc_spec::{FieldPath, PageForm, Type};

use crate::actions::Target;

/// How the parameters of the next page follow from a page.
pub(super) enum Advance {
    /// By the number of items so far.
    Offset { name: &'static str, is_text: bool },
    /// By the number of pages so far; the first page has the number `first`.
    Number { name: &'static str, first: u64, is_text: bool },
    /// By a token of the response; there are no more pages if it is empty, or if the member `more` is false.
    Token { name: &'static str, next: Vec<&'static str>, more: Option<Vec<&'static str>> },
}

/// How an action pages.
pub(super) struct Paging {
    pub(super) advance: Advance,
    /// Where a response has its items, and the number of all items.
    pub(super) items: Vec<&'static str>,
    pub(super) total: Option<Vec<&'static str>>,
}

impl Paging {
    /// `None` if the action does not page.
    pub(super) fn of(target: &Target) -> Option<Self> {
        let spec = target.spec;
        let page = spec.page?;
        let response = spec.response.get();
        let wire = |path: FieldPath| -> Option<Vec<&'static str>> {
            Some(response.path(path)?.into_iter().map(|param| param.name).collect())
        };
        let is_text = |name: &str| spec.request.param(name).is_some_and(|param| matches!(param.ty, Type::String));
        let advance = match page.form {
            PageForm::Offset { offset, .. } => Advance::Offset { name: offset, is_text: is_text(offset) },
            PageForm::Number { number, first, .. } => Advance::Number { name: number, first, is_text: is_text(number) },
            PageForm::Token { token, next, more, .. } => {
                Advance::Token { name: token, next: wire(next)?, more: more.and_then(wire) }
            }
        };
        Some(Self { advance, items: wire(page.items)?, total: page.total.and_then(wire) })
    }
}
