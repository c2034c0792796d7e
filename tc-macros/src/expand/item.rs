//! The struct handed back: helper attributes gone, missing derives added, its documentation completed.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Fields, ItemStruct};

use super::docs;
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
    let derives = &model.derives;
    let derives = if derives.is_empty() { None } else { Some(quote!(#[derive(#(#derives),*)])) };
    let mut tokens = quote!(#derives);
    item.to_tokens(&mut tokens);
    tokens
}
