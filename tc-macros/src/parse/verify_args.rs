//! `verify(…)`: the object that a struct is compared with, and the fields that may differ.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitStr, Token, parenthesized};
use tc_spec::suggest::did_you_mean;

use super::{Entry, entries};
use crate::diagnostics::Diagnostics;

const FORM: &str = "`verify`, `verify(international)` or `verify(except(field = \"the reason\"))`";

/// The arguments of `verify(…)`.
#[derive(Default)]
pub(crate) struct VerifyArgs {
    /// `"cvm", "2017-03-12", "Instance"`, of a model.
    pub(crate) names: Vec<LitStr>,
    /// `china` or `international`.
    pub(crate) site: Option<Ident>,
    /// The fields that may differ.
    pub(crate) except: Vec<Ident>,
}

impl VerifyArgs {
    pub(super) fn of(entry: &Entry, errors: &mut Diagnostics) -> Option<Self> {
        let tokens = entry.arguments(FORM, errors)?;
        let mut args = Self::default();
        let read = |input: ParseStream<'_>| {
            while !input.is_empty() {
                args.argument(input, errors)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = read.parse2(tokens) {
            errors.push(error);
        }
        Some(args)
    }

    fn argument(&mut self, input: ParseStream<'_>, errors: &mut Diagnostics) -> syn::Result<()> {
        if input.peek(LitStr) {
            self.names.push(input.parse()?);
            return Ok(());
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error(format_args!("write {FORM}")));
        }
        let word = Ident::parse_any(input)?;
        let group = if input.peek(syn::token::Paren) {
            let group;
            parenthesized!(group in input);
            Some(group.parse::<TokenStream>()?)
        } else {
            None
        };
        match (word.to_string().as_str(), group) {
            ("except", Some(group)) => self.except(group, errors),
            ("except", None) => {
                errors.error(word, "`except` needs a field and a reason: write `except(field = \"the reason\")`");
            }
            ("china" | "international", None) if self.site.is_some() => {
                errors.error(word, "the site is given twice; keep one");
            }
            ("china" | "international", None) => self.site = Some(word),
            (written, _) => {
                let hint = did_you_mean(written, ["international", "china", "except"]);
                let hint = if hint.is_empty() { format!("; write {FORM}") } else { hint };
                errors.error(&word, format_args!("`{written}` is not an argument of `verify`{hint}"));
            }
        }
        Ok(())
    }

    fn except(&mut self, tokens: TokenStream, errors: &mut Diagnostics) {
        for entry in entries(tokens, errors) {
            if self.except.iter().any(|field| field.unraw() == entry.key.unraw()) {
                errors.at(entry.span(), format_args!("`{}` is given twice; keep one", entry.key));
                continue;
            }
            if entry.equals().is_none() {
                let message = format!("an exception needs a reason: write `{} = \"the reason\"`", entry.key);
                errors.at(entry.span(), message);
            } else if let Some(reason) = entry.text(errors)
                && reason.value().trim().is_empty()
            {
                errors.error(reason, "this reason is empty; write why the field differs");
            }
            self.except.push(entry.key);
        }
    }
}
