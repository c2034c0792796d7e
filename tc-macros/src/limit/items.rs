//! How `items = 1..=100` is read from an attribute, checked against its field, and written.

use proc_macro2::TokenStream;
use quote::quote;
use tc_spec::LimitKind;

use super::Limit;
use super::count::Count;
use crate::diagnostics::Diagnostics;
use crate::literal::{Default, Number};
use crate::model::{FieldType, Kind};
use crate::parse::Entry;

/// The accepted number of items.
pub(super) struct Items(Count);

pub(super) fn read(entry: &Entry, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Option<Items> {
    let range = entry.parse("items = ..=100", errors)?;
    match field_type {
        Some(field_type) if !field_type.shape.is_list() && field_type.kind != Kind::Named => {
            let instead = match field_type.kind {
                Kind::Text => "; `length` counts the characters of a text",
                Kind::Integer | Kind::Float => "; `range` limits numbers",
                _ => "",
            };
            let noun = field_type.kind.noun();
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

    /// A list cannot have a default.
    fn rejects(&self, _: &Default) -> Option<String> {
        None
    }
}
