//! `items = 1..=100`: how many items a list may have.

use proc_macro2::TokenStream;
use quote::quote;
use tc_spec::LimitKind;

use super::Limit;
use super::count::Count;
use crate::diagnostics::Diagnostics;
use crate::model::{Default, Kind, Look, Number};
use crate::parse::Entry;

/// The accepted numbers of items.
pub(super) struct Items(Count);

pub(super) fn read(entry: &Entry, look: Option<&Look>, errors: &mut Diagnostics) -> Option<Items> {
    let range = entry.parse("items = ..=100", errors)?;
    match look {
        Some(look) if !look.shape.is_list() && look.kind != Kind::Named => {
            let instead = match look.kind {
                Kind::Text => "; `length` counts the characters of a text",
                Kind::Integer | Kind::Float => "; `range` limits numbers",
                _ => "",
            };
            let noun = look.kind.noun();
            let message = format!("`items` counts the items of a list, but this field is {noun}{instead}");
            errors.at(entry.span(), message);
            None
        }
        _ => Count::of("items", &range, errors).map(Items),
    }
}

impl Limit for Items {
    fn tokens(&self) -> TokenStream {
        let count = self.0.tokens();
        quote!(__tc::Limit::Items(__tc::Items #count))
    }

    fn kind(&self) -> LimitKind {
        LimitKind::Items
    }

    fn ends(&self) -> (Option<Number>, Option<Number>) {
        self.0.ends()
    }

    fn sentence(&self, _: bool) -> String {
        self.0.phrase("item") + "."
    }

    /// A list has no default.
    fn refuses(&self, _: &Default) -> Option<String> {
        None
    }
}
