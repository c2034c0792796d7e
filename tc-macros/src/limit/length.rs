//! How `length = 1..=64` is read from an attribute, checked against its field, and written.

use proc_macro2::TokenStream;
use quote::quote;
use tc_spec::LimitKind;

use super::Limit;
use super::count::{Count, plural};
use crate::diagnostics::Diagnostics;
use crate::literal::{Default, Number};
use crate::model::{FieldType, Kind};
use crate::parse::Entry;

/// The accepted number of characters.
pub(super) struct Length(Count);

pub(super) fn read(entry: &Entry, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Option<Length> {
    let range = entry.parse("length = 1..=64", errors)?;
    let kind = field_type.map_or(Kind::Named, |field_type| field_type.kind);
    if kind.may_be_text() {
        return Count::of("length", &range, errors).map(Length);
    }
    let instead = if matches!(kind, Kind::Integer | Kind::Float) { "; `range` limits numbers" } else { "" };
    errors.at(entry.span(), format_args!("`length` counts characters, but this field is {}{instead}", kind.noun()));
    None
}

impl Limit for Length {
    fn tokens(&self) -> TokenStream {
        let count = self.0.tokens();
        quote!(__tc::Limit::Length(__tc::Length #count))
    }

    fn kind(&self) -> LimitKind {
        LimitKind::Length
    }

    fn ends(&self) -> (Option<Number>, Option<Number>) {
        self.0.ends()
    }

    fn sentence(&self, each: bool) -> String {
        self.0.phrase("character") + if each { " each." } else { "." }
    }

    fn rejects(&self, value: &Default) -> Option<String> {
        match value {
            Default::Text(text) => {
                let count = text.chars().count();
                let accepted = self.0.phrase("character").to_lowercase();
                let why = format!("has {}, but the field's `length` accepts {accepted}", plural(count, "character"));
                (!self.0.contains(count)).then_some(why)
            }
            _ => None,
        }
    }
}
