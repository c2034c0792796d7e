//! Compares the formatted output of the macros with recorded files that are short enough to read.
//!
//! `TC_RECORD=1 cargo test -p tc-tests --test expand` records them.

// A proc-macro crate exports only macros, so the source files of its stages are modules here.
#[path = "../../tc-macros/src/check/mod.rs"]
mod check;
#[path = "../../tc-macros/src/diagnostics.rs"]
mod diagnostics;
// The output for items with errors is tested by compile_fail.
#[allow(unused_imports, dead_code)]
#[path = "../../tc-macros/src/expand/mod.rs"]
mod expand;
#[path = "../../tc-macros/src/limit/mod.rs"]
mod limit;
#[path = "../../tc-macros/src/literal.rs"]
mod literal;
#[path = "../../tc-macros/src/model.rs"]
mod model;
#[allow(dead_code, reason = "compile_fail tests the rest")]
#[path = "../../tc-macros/src/parse/mod.rs"]
mod parse;
#[path = "../../tc-macros/src/request/mod.rs"]
mod request;
#[path = "../../tc-macros/src/tokens.rs"]
mod tokens;

use diagnostics::Diagnostics;
use parse::ActionArgs;
use proc_macro2::TokenStream;
use quote::quote;

#[track_caller]
fn check(tokens: TokenStream, errors: Diagnostics, expected: &str) {
    assert_eq!(errors.finish().to_string(), "");
    let file: syn::File = syn::parse2(tokens).unwrap();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("expand").join(expected);
    tc_tests::record::recorded(path, &prettyplease::unparse(&file));
}

#[test]
fn an_action_becomes_constants_and_one_line_calls() {
    let mut errors = Diagnostics::new();
    let args = quote! { service = "iai", version = "2020-03-03", rate = 20, page(total = group_num, items = groups) };
    let args = ActionArgs::action(args, &mut errors);
    let item = syn::parse_quote! {
        /// Lists the groups of a person.
        pub struct GetPersonGroupInfo {
            /// Whose groups.
            #[tc(charset = "A-Za-z0-9-%@#&_", length = 1..=64)]
            pub person_id: String,
            #[tc(default = 0)]
            pub offset: Option<u64>,
            #[tc(range = ..=100, default = 10)]
            pub limit: Option<u64>,
        }
    };
    let Ok(mut model) = check::model(&args, "tc_action", item, &mut errors) else { panic!("no model") };
    model.action = Some(check::action(&args, &model, &mut errors));
    check(expand::model(&model), errors, "action.expanded");
}

#[test]
fn a_model_with_a_field_of_a_named_type_implements_debug_clone_and_eq_through_param() {
    let mut errors = Diagnostics::new();
    let args = ActionArgs::model(TokenStream::new(), &mut errors);
    let item = syn::parse_quote! {
        #[derive(Debug, Clone, Eq)]
        pub struct Filter {
            #[tc(values = ["zone", "project-id"])]
            pub name: String,
            pub order: Option<Order>,
            #[tc(values = [1, -2], items = 1..)]
            pub days: Vec<i64>,
        }
    };
    let Ok(model) = check::model(&args, "tc_model", item, &mut errors) else { panic!("no model") };
    check(expand::model(&model), errors, "model.expanded");
}

#[test]
fn an_enum_of_texts_has_a_variant_for_undocumented_values() {
    let mut errors = Diagnostics::new();
    let item = syn::parse_quote! {
        /// How to sort.
        pub enum Order {
            /// The smallest first.
            #[tc(name = "ASC")]
            Ascending,
        }
    };
    let args = ActionArgs::model(quote!(), &mut errors);
    let texts = check::texts(&args, item, &mut errors);
    check(expand::texts(&texts), errors, "enum.expanded");
}

#[test]
fn error_codes_become_a_table() {
    let mut errors = Diagnostics::new();
    let item = syn::parse_quote! {
        pub enum ZoneError {
            /// The zone is sold out.
            #[tc(code = "ResourcesSoldOut.Zone", class = state)]
            SoldOut,
            /// The service failed.
            InternalError,
        }
    };
    let args = ActionArgs::error(quote!(), &mut errors);
    let codes = check::error(&args, item, &mut errors);
    check(expand::error(&codes), errors, "error.expanded");
}

#[test]
fn the_completion_marker_of_rust_analyzer_adds_one_token_to_the_struct_literal() {
    let literal = |fields: TokenStream| {
        let expanded = request::request(quote!((tc_core) DescribeZones { limit: 5, #fields })).to_string();
        let (_, rest) = expanded.split_once("let _ = || DescribeZones").expect("the literal for editors");
        rest.split_once(';').expect("its end").0.to_owned()
    };
    assert_eq!(literal(quote!(raCompletionMarker)).replace("raCompletionMarker ", ""), literal(quote!()));
}

#[test]
fn a_request_becomes_a_check_for_each_literal_and_an_assignment_for_each_field() {
    let tokens = request::request(quote! {
        (tc_core) GetPersonGroupInfo { person_id: "2001", limit: TWENTY, names: ["a", "b"], offset, ..base }
    });
    check(quote!(fn call() { #tokens }), Diagnostics::new(), "request.expanded");
}
