//! The list in an attribute: `key`, `key = value` or `key(…)`. Each key can be set once.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Ident, LitInt, LitStr, Path, Token, Type};

use crate::diagnostics::Diagnostics;

/// A value with the key that set it.
pub(crate) struct Keyed<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
}

/// Sets `slot`, or reports that the key is given twice.
pub(crate) fn set_once<T>(slot: &mut Option<Keyed<T>>, entry: &Entry, value: Option<T>, errors: &mut Diagnostics) {
    if slot.is_some() {
        errors.at(entry.key.span(), format_args!("`{}` is given twice; keep one", entry.key));
    } else if let Some(value) = value {
        *slot = Some(Keyed { key: entry.key.clone(), value });
    }
}

/// One item of the list.
pub(crate) struct Entry {
    pub(crate) key: Ident,
    value: Value,
}

enum Value {
    None,
    Equals(TokenStream),
    Group(TokenStream),
}

/// Parses the items of the list. Each item that is not valid is one error.
pub(crate) fn entries(tokens: TokenStream, errors: &mut Diagnostics) -> Vec<Entry> {
    let mut found = Vec::new();
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match entry(input) {
                Ok(entry) => found.push(entry),
                Err(error) => {
                    errors.push(error);
                    until_comma(input)?;
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        errors.push(error);
    }
    found
}

fn entry(input: ParseStream<'_>) -> syn::Result<Entry> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a key, such as `name = \"…\"`"));
    }
    let key = Ident::parse_any(input)?;
    let value = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        Value::Equals(until_comma(input)?)
    } else if input.peek(syn::token::Paren) {
        let group;
        syn::parenthesized!(group in input);
        Value::Group(group.parse()?)
    } else {
        Value::None
    };
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("expected a comma"));
    }
    Ok(Entry { key, value })
}

fn until_comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    // A comma inside `<…>` belongs to a type.
    let mut depth = 0_usize;
    while !input.is_empty() && (depth > 0 || !input.peek(Token![,])) {
        if input.peek(Token![<]) {
            depth += 1;
        } else if input.peek(Token![>]) {
            depth = depth.saturating_sub(1);
        }
        tokens.extend([input.parse::<proc_macro2::TokenTree>()?]);
    }
    Ok(tokens)
}

impl Entry {
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key == key
    }

    /// The tokens after `=`.
    pub(crate) fn equals(&self) -> Option<&TokenStream> {
        match &self.value {
            Value::Equals(tokens) => Some(tokens),
            _ => None,
        }
    }

    /// The tokens in `key(…)`, and no tokens for `key`. `form` is what to write instead of `key = …`.
    pub(crate) fn arguments(&self, form: &str, errors: &mut Diagnostics) -> Option<TokenStream> {
        match &self.value {
            Value::None => Some(TokenStream::new()),
            Value::Group(tokens) => Some(tokens.clone()),
            Value::Equals(_) => {
                errors.at(self.span(), format_args!("`{}` takes no value: write {form}", self.key));
                None
            }
        }
    }

    /// The valid entries of `key(…)`.
    pub(crate) fn inside(&self) -> Vec<Entry> {
        let Value::Group(tokens) = &self.value else { return Vec::new() };
        let mut ignored = Diagnostics::new();
        let found = entries(tokens.clone(), &mut ignored);
        drop(ignored.finish());
        found
    }

    pub(crate) fn span(&self) -> Span {
        self.key.span()
    }

    /// Parses the value. `form` is the advice if it is not valid.
    pub(crate) fn parse<T: Parse>(&self, form: &str, errors: &mut Diagnostics) -> Option<T> {
        self.parse_with(T::parse, form, errors)
    }

    /// Parses the value with `parser`.
    pub(crate) fn parse_with<T>(
        &self,
        parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
        form: &str,
        errors: &mut Diagnostics,
    ) -> Option<T> {
        let Value::Equals(tokens) = &self.value else {
            errors.at(self.span(), format_args!("`{}` needs a value: write `{form}`", self.key));
            return None;
        };
        let value = parser.parse2(tokens.clone());
        if value.is_err() {
            let message = format!("invalid value of `{}`: write `{form}`", self.key);
            if tokens.is_empty() {
                errors.at(self.span(), message);
            } else {
                errors.error(tokens, message);
            }
        }
        value.ok()
    }

    pub(crate) fn text(&self, errors: &mut Diagnostics) -> Option<LitStr> {
        self.parse(&format!("{} = \"…\"", self.key), errors)
    }

    pub(crate) fn path(&self, form: &str, errors: &mut Diagnostics) -> Option<Path> {
        self.parse_with(Path::parse_mod_style, form, errors)
    }

    pub(crate) fn ty(&self, form: &str, errors: &mut Diagnostics) -> Option<Type> {
        self.parse(form, errors)
    }

    pub(crate) fn int(&self, form: &str, errors: &mut Diagnostics) -> Option<LitInt> {
        self.parse(form, errors)
    }

    /// A key without a value.
    pub(crate) fn flag(&self, errors: &mut Diagnostics) -> Option<()> {
        if matches!(self.value, Value::None) {
            return Some(());
        }
        errors.at(self.span(), format_args!("`{0}` takes no value: write `{0}`", self.key));
        None
    }

    /// The entries of `key(…)`.
    pub(crate) fn group(&self, form: &str, errors: &mut Diagnostics) -> Option<Vec<Entry>> {
        if let Value::Group(tokens) = &self.value {
            return Some(entries(tokens.clone(), errors));
        }
        errors.at(self.span(), format_args!("`{}` takes a list: write `{form}`", self.key));
        None
    }
}
