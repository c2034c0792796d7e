//! How `charset = "A-Za-z0-9-_"` is read from an attribute, checked against its field, and written.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use tc_spec::LimitKind;

use super::Limit;
use crate::diagnostics::Diagnostics;
use crate::literal::Default;
use crate::model::{FieldType, Kind};
use crate::parse::Entry;

/// The accepted characters, as written and as ranges.
pub(super) struct Charset {
    text: String,
    ranges: Vec<(char, char)>,
}

pub(super) fn read(entry: &Entry, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Option<Charset> {
    let written = entry.text(errors)?;
    let kind = field_type.map_or(Kind::Named, |field_type| field_type.kind);
    if kind.may_be_text() {
        return characters(&written, errors);
    }
    let message = format!("`charset` lists the characters of a text, but this field is {}", kind.noun());
    errors.at(entry.span(), message);
    None
}

/// Parses `A-Za-z0-9-%@#&_`. A `-` at the beginning, at the end, or directly after a range is a normal character.
fn characters(written: &LitStr, errors: &mut Diagnostics) -> Option<Charset> {
    let text = written.value();
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        errors.error(written, "this charset is empty; write the accepted characters, as in `charset = \"A-Za-z0-9-\"`");
        return None;
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let first = letters[at];
        // In a range, there is a character on both sides of the `-`.
        let last = match letters.get(at + 1..at + 3) {
            Some(['-', last]) if first != '-' => Some(*last),
            _ => None,
        };
        let last = match last {
            Some(last) => {
                if first > last {
                    errors.error(
                        written,
                        format_args!("the range `{first}-{last}` is empty; write the smaller end first"),
                    );
                    return None;
                }
                at += 3;
                last
            }
            None => {
                at += 1;
                first
            }
        };
        ranges.push((first, last));
    }
    Some(Charset { text, ranges })
}

impl Limit for Charset {
    fn tokens(&self) -> TokenStream {
        let text = &self.text;
        let ranges = self.ranges.iter().map(|(first, last)| quote!((#first, #last)));
        quote!(__tc::Limit::Charset(__tc::Charset { text: #text, ranges: &[#(#ranges),*] }))
    }

    fn kind(&self) -> LimitKind {
        LimitKind::Charset
    }

    fn sentence(&self, _: bool) -> String {
        format!("Characters: `{}`.", self.text)
    }

    fn rejects(&self, value: &Default) -> Option<String> {
        let Default::Text(text) = value else { return None };
        let is_foreign = |it: &char| self.ranges.iter().all(|(first, last)| it < first || last < it);
        let foreign = text.chars().find(is_foreign)?;
        Some(format!("has the character `{foreign}`, which is not in the field's `charset`"))
    }
}
