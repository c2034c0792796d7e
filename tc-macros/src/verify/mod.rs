//! `verify`: compares a struct with the catalog.
//!
//! This module compares what the tokens show. The compiler compares types that are not visible in the tokens (an enum, an alias), in
//! constants.

mod field;
mod find;
mod limits;
mod name;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use tc_catalog::Member;
use tc_spec::names::field_name;
use tc_spec::suggest::did_you_mean;

use crate::diagnostics::Diagnostics;
use crate::expand::in_private_scope;
use crate::model::Struct;
use crate::parse::{ActionArgs, Keyed, VerifyArgs};
use find::CatalogObject;

/// Compares the parameters of an action if it has the key `verify`. Returns constants for the checks that only the
/// compiler can do.
pub(crate) fn action(args: &ActionArgs, model: &Struct, errors: &mut Diagnostics) -> TokenStream {
    let Some(verify) = &args.verify else { return TokenStream::new() };
    if let Some(first) = verify.value.names.first() {
        let message = "#[tc_action] is compared by its own `service`, `version` and `name`; remove this text";
        errors.error(first, message);
    }
    let known = find::action(args, verify, model, errors);
    known.map_or_else(TokenStream::new, |known| compare(verify, model, &known, errors))
}

/// Compares the members of a model if it has the key `verify`.
pub(crate) fn model(args: &ActionArgs, model: &Struct, errors: &mut Diagnostics) -> TokenStream {
    let Some(verify) = &args.verify else { return TokenStream::new() };
    let known = find::object(verify, errors);
    known.map_or_else(TokenStream::new, |known| compare(verify, model, &known, errors))
}

/// Reports the key on an enum.
pub(crate) fn texts(args: &ActionArgs, errors: &mut Diagnostics) {
    if let Some(verify) = &args.verify {
        let message = "`verify` does not apply to an enum, which is compared where a verified struct uses it; \
                       remove `verify`";
        errors.at(verify.key.span(), message);
    }
}

fn compare(verify: &Keyed<VerifyArgs>, model: &Struct, known: &CatalogObject, errors: &mut Diagnostics) -> TokenStream {
    let mut constants = TokenStream::new();
    // A member whose field is misspelt is not also reported as missing.
    let mut meant: Vec<&str> = Vec::new();
    for field in &model.fields {
        let excepted = verify.value.except.iter().any(|except| except.unraw() == field.name);
        let is_request_id = field.wire == "RequestId" && !known.object.is_in_request();
        match known.object.member(&field.wire) {
            _ if field.invalid_type.is_some() || excepted || is_request_id => {}
            Some(member) => constants.extend(field::compare(field, member, known, errors)),
            None => meant.extend(name::unknown(field, model, known, errors)),
        }
    }
    for except in &verify.value.except {
        let name = except.unraw().to_string();
        let is_absent = |member: Member<'_>| field_name(member.name()).trim_start_matches("r#") == name;
        if model.fields.iter().all(|field| field.name != name) && !known.object.members().any(is_absent) {
            let hint = did_you_mean(&name, model.fields.iter().map(|field| field.name.as_str()));
            errors.error(except, format_args!("`except` names a field `{name}` that does not exist{hint}"));
        }
    }
    if known.object.is_in_request() {
        absent(verify, model, known, &meant, errors);
    }
    if constants.is_empty() { constants } else { in_private_scope(&model.krate, &quote!(#constants)) }
}

/// Reports required members that have no field.
fn absent(verify: &Keyed<VerifyArgs>, model: &Struct, known: &CatalogObject, meant: &[&str], errors: &mut Diagnostics) {
    let is_absent = |member: &Member<'_>| {
        let name = field_name(member.name());
        let is_excepted = verify.value.except.iter().any(|except| except.unraw() == name.trim_start_matches("r#"));
        let is_there = model.fields.iter().any(|field| field.wire == member.name());
        member.is_required() && !is_there && !is_excepted && !meant.contains(&member.name())
    };
    let absent: Vec<Member<'_>> = known.object.members().filter(is_absent).collect();
    if absent.is_empty() {
        return;
    }
    let quoted = |texts: Vec<String>| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    let wires = quoted(absent.iter().map(|member| member.name().to_owned()).collect());
    let fields = quoted(absent.iter().map(|member| name::field_of(*member)).collect());
    let such = if absent.len() == 1 { "such field" } else { "such fields" };
    let message = format!("{} requires {wires}, but the struct has no {such}; add {fields}", known.name);
    errors.at(verify.key.span(), message);
}
