//! Writes the block that builds the struct: a constant for each check, and an assignment for each field.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::parse::{Block, Value};
use crate::tokens::{first_and_last_span, hygienic};

/// The identifier that rust-analyzer inserts at the cursor to complete a name of which no letter is typed.
const COMPLETION_MARKER: &str = "raCompletionMarker";

/// Writes the block for a struct literal.
pub(crate) fn block(krate: &TokenStream, block: &Block) -> TokenStream {
    let path = &block.path;
    let request = Ident::new("request", Span::mixed_site());
    let checks = Checks { path };
    let mut constants = TokenStream::new();
    let mut early = TokenStream::new();
    let mut assignments = TokenStream::new();
    for (at, (field, value)) in block.fields.iter().enumerate() {
        checks.value(field, value, &mut constants);
        if let Some(given) = literal(krate, value) {
            assignments.extend(quote!(#krate::__private::put(&mut #request.#field, #given);));
            continue;
        }
        let mut expr = expression(krate, value);
        if matches!(value, Value::Nothing | Value::Reported) {
            assignments.extend(quote!(#request.#field = #expr;));
            continue;
        }
        // The base may be moved, so values that borrow from it come first, as in a struct literal.
        if block.base.is_some() {
            let local = format_ident!("value{at}", span = Span::mixed_site());
            early.extend(quote!(let #local = #expr;));
            expr = local.into_token_stream();
        }
        assignments.extend(quote!(#request.#field = #krate::__private::IntoParam::into_param(#expr);));
    }
    let mutable = if block.fields.is_empty() { None } else { Some(quote!(mut)) };
    let start = match &block.base {
        Some(base) => quote!(let #mutable #request: #path = #base;),
        None => {
            checks.required(&block.fields, &mut constants);
            quote!(let #mutable #request = <#path as #krate::__private::Model>::empty();)
        }
    };
    let names = block.fields.iter().map(|(field, _)| match field {
        // rust-analyzer expands `request!` with and without the marker; the two results may differ by this token only.
        field if field == COMPLETION_MARKER => quote!(#field),
        field => quote!(#field: loop {},),
    });
    // The constants refer to tc-core by this name. So all their tokens can have spans in the user's code, and the
    // compiler shows the literal instead of the macro.
    let import = if constants.is_empty() { None } else { Some(quote!(use #krate::__private as __tc;)) };
    quote! {{
        // Editors complete field names in this struct literal. It comes first, because they use the first place where
        // the name that is being typed occurs.
        #[allow(unexpected_cfgs)]
        {
            #[cfg(rust_analyzer)]
            let _ = || #path { #(#names)* ..loop {} };
        }
        #import
        #constants
        #early
        #start
        #assignments
        #request
    }}
}

/// The `Literal` for a literal, or for a list that has only literals.
fn literal(krate: &TokenStream, value: &Value) -> Option<TokenStream> {
    match value {
        Value::Literal(given, _) => Some(quote!(#krate::__private::Literal::#given)),
        Value::List(items, _) if items.iter().all(Value::is_literal) => {
            let items = items.iter().map(|item| literal(krate, item));
            Some(quote!(#krate::__private::Literal::List(&[#(#items),*])))
        }
        _ => None,
    }
}

/// The expression for a value. Nested struct literals become blocks.
fn expression(krate: &TokenStream, value: &Value) -> TokenStream {
    match value {
        Value::Literal(_, shown) => shown.clone(),
        Value::List(items, _) => {
            let items = items.iter().map(|item| expression(krate, item));
            quote!([#(#items),*])
        }
        Value::Block(nested) => block(krate, nested),
        Value::Nothing => quote!(#krate::__private::Option::None),
        Value::Reported => quote!(#krate::__private::inert()),
        Value::Constant(path) => path.to_token_stream(),
        Value::Other(expr) => expr.to_token_stream(),
    }
}

/// Writes the constants that check one struct literal.
struct Checks<'a> {
    path: &'a syn::Path,
}

impl Checks<'_> {
    fn value(&self, field: &Ident, value: &Value, constants: &mut TokenStream) {
        // `Self` cannot be used in a constant.
        if self.path.segments.first().is_some_and(|first| first.ident == "Self") {
            return;
        }
        let name = field.unraw().to_string();
        match value {
            Value::Literal(given, shown) => {
                let given = Self::given(given);
                constants.extend(self.constant(field, shown, "check_literal", &quote!(#name, #given)));
            }
            Value::List(items, shown) => {
                let count = items.len();
                constants.extend(self.constant(field, shown, "check_item_count", &quote!(#name, #count)));
                let all_literals = items.iter().all(Value::is_literal);
                for (index, item) in items.iter().enumerate() {
                    if let Value::Literal(given, shown) = item {
                        let given = Self::given(given);
                        // In a list with other expressions, the compiler reports wrong types.
                        let function = if all_literals { "check_item" } else { "check_item_limits" };
                        constants.extend(self.constant(field, shown, function, &quote!(#name, #index, #given)));
                    }
                }
            }
            Value::Constant(path) => {
                let known = quote!(__tc::Constant::<{ __tc::kind_of(&#path) }>::read(&#path));
                constants.extend(self.constant(
                    field,
                    &path.to_token_stream(),
                    "check_constant",
                    &quote!(#name, #known),
                ));
            }
            Value::Block(_) | Value::Nothing | Value::Reported | Value::Other(_) => {}
        }
    }

    fn required(&self, fields: &[(Ident, Value)], constants: &mut TokenStream) {
        let Some(last) = self.path.segments.last() else { return };
        if self.path.segments.first().is_some_and(|first| first.ident == "Self") {
            return;
        }
        let names = fields.iter().map(|(field, _)| field.unraw().to_string());
        let shown = self.path.to_token_stream();
        constants.extend(self.constant(&last.ident, &shown, "check_required", &quote!(&[#(#names),*])));
    }

    fn given(given: &TokenStream) -> TokenStream {
        quote!(__tc::Literal::#given)
    }

    /// A constant in a separate block, so that it does not hide other names. It has the name of the field, because the
    /// compiler reports "evaluation of `main::limit` failed". The span of the call is that of the value.
    fn constant(&self, name: &Ident, shown: &TokenStream, function: &str, arguments: &TokenStream) -> TokenStream {
        let (first, last) = first_and_last_span(shown);
        let (path, name, function) = (self.path, hygienic(name), Ident::new(function, first));
        let mut arguments = Group::new(Delimiter::Parenthesis, quote!(<#path as __tc::Model>::MODEL, #arguments));
        arguments.set_span(last);
        let call = quote_spanned!(first=> __tc::#function #arguments);
        quote!({ const #name: () = #call; })
    }
}
