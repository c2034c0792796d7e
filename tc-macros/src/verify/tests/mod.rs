//! The errors of `verify`.

#![allow(clippy::needless_pass_by_value, reason = "`quote!` stands where it is used")]

mod arguments;
mod limits;
mod members;
mod types;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use crate::diagnostics::Diagnostics;
use crate::parse::ActionArgs;

/// The errors of an action, and the tokens of the checks for the compiler.
#[track_caller]
fn action(args: TokenStream, item: syn::ItemStruct) -> (Vec<String>, String) {
    let mut errors = Diagnostics::new();
    let args = ActionArgs::action(args, &mut errors);
    let Ok(mut model) = crate::check::model(&args, "tc_action", item, &mut errors) else { panic!("no model") };
    model.action = Some(crate::check::action(&args, &model, &mut errors));
    let left = super::action(&args, &model, &mut errors);
    (messages(errors), left.to_string())
}

#[track_caller]
fn model(args: TokenStream, item: syn::ItemStruct) -> (Vec<String>, String) {
    let mut errors = Diagnostics::new();
    let args = ActionArgs::model(args, &mut errors);
    let Ok(model) = crate::check::model(&args, "tc_model", item, &mut errors) else { panic!("no model") };
    let left = super::model(&args, &model, &mut errors);
    (messages(errors), left.to_string())
}

fn messages(errors: Diagnostics) -> Vec<String> {
    fn texts(tokens: TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => texts(group.stream(), found),
                TokenTree::Literal(literal) => {
                    let text: syn::LitStr = syn::parse_quote!(#literal);
                    found.push(text.value());
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    texts(errors.finish(), &mut found);
    found
}

fn request(service: &str, version: &str, fields: TokenStream, name: &str) -> (Vec<String>, String) {
    let name = quote::format_ident!("{name}");
    action(quote!(service = #service, version = #version, verify), parse_quote!(struct #name { #fields }))
}

/// Checks that the fields cause no error in the request `name`.
#[track_caller]
fn check_equal(service: &str, version: &str, name: &str, fields: TokenStream) {
    assert_eq!(request(service, version, fields, name).0, Vec::<String>::new());
}

/// Checks that the fields cause one error.
#[track_caller]
fn check_error(service: &str, version: &str, name: &str, fields: TokenStream, message: &str) {
    assert_eq!(request(service, version, fields, name).0, [message]);
}

/// Checks a member of an object in responses.
#[track_caller]
fn check_response_member(fields: TokenStream, message: Option<&str>) {
    let found = model(quote!(verify("cvm", "2017-03-12", "Instance")), parse_quote!(struct Instance { #fields })).0;
    assert_eq!(found, message.map(str::to_owned).into_iter().collect::<Vec<_>>());
}

const CVM: (&str, &str) = ("cvm", "2017-03-12");

/// The errors of a member of an object in requests.
fn member(service: &str, version: &str, object: &str, fields: TokenStream) -> Vec<String> {
    let args = quote!(verify(#service, #version, #object));
    let found = model(args, parse_quote!(struct Model { #fields })).0;
    found.into_iter().filter(|text| !text.contains(" requires ")).collect()
}
