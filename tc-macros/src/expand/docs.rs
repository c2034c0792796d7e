//! The documentation that is added to structs and fields: "1 to 100 items."

use std::fmt::Write;

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::token::Bracket;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue, Token};

use crate::model::{Action, Field, PageForm, Struct};
use crate::tokens::compact;

/// Builds `#[doc = …]` without parsing tokens: parsing is slow, because macros are compiled without optimization.
pub(crate) fn attribute(text: &str) -> Attribute {
    let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(text, Span::call_site())) });
    let path = Ident::new("doc", Span::call_site()).into();
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue { path, eq_token: <Token![=]>::default(), value }),
    }
}

/// The part of a field's documentation that comes from the spec.
pub(crate) fn field(field: &Field) -> String {
    let mut words = vec![format!("On the wire: `{}`.", field.wire)];
    if field.required && field.shape.is_list() {
        words.push("Required.".to_owned());
    }
    words.extend(limits(field));
    if let Some((_, default)) = &field.default {
        words.push(format!("Default: {}.", default.shown()));
    }
    words.join(" ")
}

/// The limits of a field, one sentence for each.
pub(crate) fn limits(field: &Field) -> Vec<String> {
    field.limits.iter().map(|(_, limit)| limit.sentence(field.shape.is_list())).collect()
}

/// The part of an action's documentation that comes from the spec.
pub(crate) fn action(model: &Struct, action: &Action) -> String {
    let mut page = String::new();
    // Writing into a String cannot fail.
    let _ = write_page(&mut page, model, action);
    page
}

fn write_page(page: &mut String, model: &Struct, action: &Action) -> std::fmt::Result {
    if !model.fields.is_empty() {
        page.push_str("# Parameters\n\n| Parameter | Type | | Limits |\n|---|---|---|---|\n");
        for field in &model.fields {
            let needed = if field.required { "required" } else { "" };
            let mut limits = limits(field);
            if let Some((_, default)) = &field.default {
                limits.push(format!("Default: {}.", default.shown()));
            }
            let ty = cell(&compact(&field.ty.to_token_stream().to_string()));
            writeln!(page, "| `{}` | `{ty}` | {needed} | {} |", field.name, cell(&limits.join(" ")))?;
        }
        page.push('\n');
    }
    let Action { service, version, response, error, .. } = action;
    write!(page, "# Call\n\n`{}` of `{service}`, version {version}", model.name)?;
    if let Some(rate) = action.rate {
        write!(page, ", at most {rate} calls per second")?;
    }
    match compact(&response.to_string()).as_str() {
        "()" => page.push_str(". The response has a `RequestId` only."),
        response => write!(page, ". The response is a [`{response}`].")?,
    }
    match compact(&error.to_string()).as_str() {
        code if code.ends_with("ErrorCode") => {}
        error => write!(page, " The error codes are those of [`{error}`].")?,
    }
    match action.page.as_ref().map(|page| &page.form) {
        None => {}
        Some(PageForm::Offset { offset, limit }) => {
            write!(page, " `{}` and `{}` choose a page.", offset.wire, limit.wire)?;
        }
        Some(PageForm::Number { number, size, .. }) => {
            write!(page, " `{}` and `{}` choose a page.", number.wire, size.wire)?;
        }
        Some(PageForm::Token { token, .. }) => write!(page, " `{}` chooses a page.", token.wire)?,
    }
    let needed = model.fields.iter().filter(|field| field.required).map(|field| format!(" {}: …,", field.ident));
    let needed = needed.collect::<String>();
    let braces = if needed.is_empty() { "{}".to_owned() } else { format!("{{{} }}", needed.trim_end_matches(',')) };
    write!(page, "\n\n```text\nclient.send(&request!({} {braces})).await?\n```", model.item.ident)
}

/// Escapes text for a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
