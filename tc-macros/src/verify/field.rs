//! Compares a field with the member of its name: type, list or single value, required, default.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use tc_catalog::{Member, ScalarRef};
use tc_spec::Type;
use tc_spec::compile_time::Declared;

use super::find::CatalogObject;
use super::{limits, name};
use crate::diagnostics::Diagnostics;
use crate::literal::Default;
use crate::model::{Field, Kind, Shape};
use crate::tokens::compact;
use crate::tokens::first_and_last_span;

/// Reports the differences between `field` and `member`. Returns constants for the checks that only the compiler can
/// do.
pub(super) fn compare(
    field: &Field,
    member: Member<'static>,
    known: &CatalogObject,
    errors: &mut Diagnostics,
) -> TokenStream {
    let of = format!("`{}` of {}", member.name(), known.name);
    if !shape(field, member, &of, errors) {
        return TokenStream::new();
    }
    let declared = declared(member);
    let ty = seen(field);
    if let Some(ty) = ty
        && let Some(advice) = declared.mismatch(ty, known.object.is_in_response())
    {
        let written = if field.binary { "bytes".to_owned() } else { format!("`{}`", innermost(&field.ty)) };
        errors.error(&field.ty, format_args!("{of} is {}, but this field is {written}; {advice}", word(member)));
        return TokenStream::new();
    }
    if member.is_required() && !field.required && known.object.is_in_request() {
        let advice = match field.shape {
            Shape::Many => "add `#[tc(required)]`",
            Shape::MaybeMany => "remove the `Option` and add `#[tc(required)]`",
            Shape::One | Shape::Maybe => "remove the `Option`",
        };
        errors.error(&field.ty, format_args!("{of} is required, but this field is optional; {advice}"));
    }
    let open = limits::compare(field, ty, member, &of, errors);
    let default = default(field, member, &of, errors);
    if ty.is_some() {
        return default;
    }
    let (of, type_name, in_response) = (&of, word(member), known.object.is_in_response());
    let declared = Ident::new(&format!("{declared:?}"), Span::call_site());
    let declaration = quote! {
        __tc::Declaration {
            member: #of,
            ty: __tc::Declared::#declared,
            type_name: #type_name,
            in_response: #in_response,
            limits: &[#(#open),*],
        }
    };
    let ty = &field.ty;
    let asked = over(&ty.to_token_stream(), "check_declared", quote!(<#ty as __tc::Param>::TYPE, #declaration));
    quote!(const _: () = #asked; #default)
}

/// Checks that both are lists or both are not.
fn shape(field: &Field, member: Member<'_>, of: &str, errors: &mut Diagnostics) -> bool {
    let is_any = field.kind == Kind::Json && !field.binary && !field.shape.is_list();
    if is_any || field.shape.is_list() == member.is_list() {
        return true;
    }
    let (is, advice) = (member.is_list(), name::type_of(member));
    let is = if is { "a list" } else { "a single value, not a list" };
    errors.error(&field.ty, format_args!("{of} is {is}; write `{advice}`"));
    false
}

/// The declared type of one value, for messages.
fn word(member: Member<'_>) -> String {
    match member.ty() {
        tc_catalog::Type::Object(object) => format!("the object `{object}`"),
        other => format!("`{other}`"),
    }
}

fn declared(member: Member<'_>) -> Declared {
    match member.ty() {
        tc_catalog::Type::String => Declared::String,
        tc_catalog::Type::Date => Declared::Date,
        tc_catalog::Type::DateTime => Declared::DateTime,
        tc_catalog::Type::DateTimeIso => Declared::Time,
        tc_catalog::Type::Int64 => Declared::Int64,
        tc_catalog::Type::Uint64 => Declared::Uint64,
        tc_catalog::Type::Float => Declared::Float,
        tc_catalog::Type::Bool => Declared::Boolean,
        tc_catalog::Type::Binary => Declared::Binary,
        tc_catalog::Type::Object(_) => Declared::Model,
    }
}

/// The type of one value, if the tokens show it.
fn seen(field: &Field) -> Option<Type> {
    Some(match field.kind {
        _ if field.binary => Type::Binary,
        Kind::Text => Type::String,
        Kind::Integer => match innermost(&field.ty).as_str() {
            "i32" => Type::Integer { min: i32::MIN.into(), max: i32::MAX.into() },
            "u32" => Type::Integer { min: 0, max: u32::MAX.into() },
            "i64" => Type::INT64,
            _ => Type::UINT64,
        },
        Kind::Float => Type::Float,
        Kind::Bool => Type::Boolean,
        Kind::Time => Type::Time,
        Kind::Json => Type::Json,
        Kind::Named => return None,
    })
}

/// The type inside `Option`, `Vec` and `Box`, as written.
fn innermost(ty: &syn::Type) -> String {
    match crate::check::wrapped(ty) {
        Some((_, inner)) => innermost(inner),
        None => compact(&ty.to_token_stream().to_string()),
    }
}

/// Compares the documented default with that of the field, if both exist.
fn default(field: &Field, member: Member<'static>, of: &str, errors: &mut Diagnostics) -> TokenStream {
    let (Some((place, given)), Some(documented)) = (&field.default, member.limits().default_value()) else {
        return TokenStream::new();
    };
    let shown = match documented {
        ScalarRef::Bool(value) => value.to_string(),
        ScalarRef::Number(number) => number.to_string(),
        ScalarRef::Text(text) => format!("{text:?}"),
    };
    let same = match (given, documented) {
        (Default::Variant(path), ScalarRef::Text(text)) => {
            let given = quote_spanned!(path.span()=> (&#path).as_str());
            let asked = over(&path.to_token_stream(), "check_declared_default", quote!(#of, #given, #text));
            return quote!(const _: () = #asked;);
        }
        (Default::Bool(one), ScalarRef::Bool(other)) => *one == other,
        (Default::Text(one), ScalarRef::Text(other)) => one == other,
        (given, ScalarRef::Number(other)) => given.number().and_then(limits::exact) == Some(other),
        _ => false,
    };
    if !same {
        let given = given.shown();
        errors.at(*place, format_args!("the documented default of {of} is `{shown}`, not {given}"));
    }
    TokenStream::new()
}

/// Writes a call of a function of tc-core with the span of `shown`, from its first to its last token.
fn over(shown: &TokenStream, function: &str, arguments: TokenStream) -> TokenStream {
    let (first, last) = first_and_last_span(shown);
    let function = Ident::new(function, first);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(last);
    let mut call = quote_spanned!(first=> __tc::#function);
    call.extend([TokenTree::Group(arguments)]);
    call
}
