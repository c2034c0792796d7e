//! Writes the struct itself, without helper attributes and with missing derives and more documentation.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Fields, ItemStruct};

use super::{derive, docs};
use crate::model::Struct;

pub(crate) fn item(model: &Struct) -> TokenStream {
    let mut item: ItemStruct = model.item.clone();
    if let Fields::Named(fields) = &mut item.fields {
        for (written, field) in fields.named.iter_mut().zip(&model.fields) {
            let line = docs::field(field);
            if !line.is_empty() {
                let line = if field.doc.is_empty() { line } else { format!("\n\n{line}") };
                written.attrs.push(docs::attribute(&line));
            }
        }
    }
    if let Some(action) = &model.action {
        let page = docs::action(model, action);
        let page = if model.doc.is_empty() { page } else { format!("\n\n{page}") };
        item.attrs.push(docs::attribute(&page));
    }
    let derives = derive(&model.derives);
    let mut tokens = quote!(#derives);
    item.to_tokens(&mut tokens);
    tokens
}
