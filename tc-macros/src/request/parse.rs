//! What stands in the braces: each value by what the compiler can know of it.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprStruct, Lit, LitStr, Member, Path, Token, UnOp};

use crate::diagnostics::Diagnostics;

/// Texts and lists beyond this are checked when they are sent, not while they compile.
const LONGEST_TEXT: usize = 4096;
const LONGEST_LIST: usize = 256;

/// What `tc_core::request!` hands over.
pub(crate) struct Input {
    /// Where tc-core is: its `$crate`.
    pub(crate) krate: TokenStream,
    /// The struct literal, or the path that stands alone.
    pub(crate) literal: Result<ExprStruct, Path>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let group: proc_macro2::Group = input.parse()?;
        let expr: Expr = syn::parse2(raw_keywords(input.parse()?))?;
        match expr {
            Expr::Struct(literal) if input.is_empty() && literal.qself.is_none() => {
                Ok(Self { krate: group.stream(), literal: Ok(literal) })
            }
            Expr::Path(path) if input.is_empty() && path.qself.is_none() => {
                Ok(Self { krate: group.stream(), literal: Err(path.path) })
            }
            other => Err(syn::Error::new_spanned(other, "write `request!(Path { field: value, … })`")),
        }
    }
}

/// The same tokens, with `type: …` read as `r#type: …`: 1,590 parameters of the cloud are called so.
fn raw_keywords(tokens: TokenStream) -> TokenStream {
    with_raw_keywords(&tokens).unwrap_or(tokens)
}

/// None where there is no such name: a group made anew has lost where its brackets stand.
fn with_raw_keywords(tokens: &TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.clone().into_iter().peekable();
    let mut out = Vec::new();
    let (mut names, mut any) = (true, false);
    while let Some(token) = tokens.next() {
        let raw = match &token {
            TokenTree::Ident(ident) if names && is_colon(tokens.peek()) && is_keyword(ident) => {
                Some(Ident::new_raw(&ident.to_string(), ident.span()).into())
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                with_raw_keywords(&group.stream()).map(|stream| {
                    let mut inside = Group::new(group.delimiter(), stream);
                    inside.set_span(group.span());
                    inside.into()
                })
            }
            _ => None,
        };
        any |= raw.is_some();
        names = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        out.push(raw.unwrap_or(token));
    }
    any.then(|| out.into_iter().collect())
}

fn is_keyword(ident: &Ident) -> bool {
    let word = ident.to_string();
    // These four cannot be raw, and no field is called so.
    !matches!(word.as_str(), "self" | "Self" | "super" | "crate" | "_") && syn::parse_str::<Ident>(&word).is_err()
}

/// One `:`, not the first of `::`.
fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Alone)
}

/// A struct literal.
pub(crate) struct Block {
    pub(crate) path: Path,
    pub(crate) fields: Vec<(Ident, Value)>,
    pub(crate) base: Option<Box<Expr>>,
}

/// A value, by what the compiler can know of it.
pub(crate) enum Value {
    /// A literal: the arguments of a `Literal`, and the tokens to underline.
    Literal(TokenStream, TokenStream),
    /// A list whose items are written out, and the tokens to underline.
    List(Vec<Value>, TokenStream),
    /// A nested struct literal.
    Block(Block),
    /// `None`
    Nothing,
    /// A path in capitals: a constant.
    Constant(Path),
    /// What only run time can know.
    Other(Expr),
}

impl Value {
    pub(crate) fn is_literal(&self) -> bool {
        matches!(self, Self::Literal(..))
    }
}

/// Reads a struct literal.
pub(crate) fn block(literal: ExprStruct, errors: &mut Diagnostics) -> Block {
    let mut fields: Vec<(Ident, Value)> = Vec::new();
    for field in literal.fields {
        let Member::Named(name) = field.member else {
            errors.error(field.member, "a parameter has a name");
            continue;
        };
        if let Some(attr) = field.attrs.first() {
            errors.error(attr, "no attributes here; set the field after `request!`");
        }
        if fields.iter().any(|(first, _)| *first == name) {
            errors.error(&name, format_args!("`{name}` is given twice"));
            continue;
        }
        fields.push((name, value(field.expr, errors)));
    }
    if let (Some(dots), None) = (literal.dot2_token, &literal.rest) {
        errors.error(dots, "`..` needs a value to take the other fields from: `..base`");
    }
    Block { path: literal.path, fields, base: literal.rest }
}

fn value(expr: Expr, errors: &mut Diagnostics) -> Value {
    let shown = expr.to_token_stream();
    match expr {
        Expr::Paren(inner) => value(*inner.expr, errors),
        Expr::Group(inner) => value(*inner.expr, errors),
        Expr::Lit(_) | Expr::Unary(_) => match given(&expr) {
            Some(given) => Value::Literal(given, shown),
            None => Value::Other(expr),
        },
        Expr::Array(array) => list(array.elems, shown, errors),
        Expr::Struct(literal) if literal.qself.is_none() => Value::Block(block(literal, errors)),
        Expr::Macro(call) if call.mac.path.is_ident("vec") => {
            match call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
                Ok(items) => list(items, shown, errors),
                Err(_) => Value::Other(Expr::Macro(call)),
            }
        }
        Expr::Call(mut call) if call.args.len() == 1 && is_wrapper(&call.func) => match call.args.pop() {
            Some(inner) => value(inner, errors),
            None => Value::Other(Expr::Call(call)),
        },
        // `"text".to_owned()` is a literal all the same.
        Expr::MethodCall(call) if is_conversion(&call) && text(&call.receiver).is_some() => {
            value(*call.receiver, errors)
        }
        Expr::Path(path) if path.qself.is_none() && path.path.is_ident("None") => Value::Nothing,
        Expr::Path(path) if path.qself.is_none() && is_constant(&path.path) => Value::Constant(path.path),
        other => Value::Other(other),
    }
}

fn list(items: Punctuated<Expr, Token![,]>, shown: TokenStream, errors: &mut Diagnostics) -> Value {
    let judged = items.len() <= LONGEST_LIST;
    let items = items.into_iter().map(|item| if judged { value(item, errors) } else { Value::Other(item) });
    Value::List(items.collect(), shown)
}

/// The `Literal` that a literal is.
fn given(expr: &Expr) -> Option<TokenStream> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) if text.value().len() <= LONGEST_TEXT => Some(quote!(Text(#text))),
            Lit::Char(letter) => {
                let text = LitStr::new(&letter.value().to_string(), letter.span());
                Some(quote!(Text(#text)))
            }
            Lit::Bool(value) => Some(quote!(Bool(#value))),
            Lit::Int(int) => {
                let value = proc_macro2::Literal::i128_unsuffixed(int.base10_parse().ok()?);
                Some(quote!(Int(#value)))
            }
            Lit::Float(float) => {
                let digits: syn::LitFloat = syn::parse_str(float.base10_digits()).ok()?;
                let text = float.base10_digits();
                Some(quote!(Float(#digits, #text)))
            }
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => match &*unary.expr {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(int) => {
                    let value = proc_macro2::Literal::i128_unsuffixed(int.base10_parse().ok()?);
                    Some(quote!(Int(-#value)))
                }
                Lit::Float(float) => {
                    let digits: syn::LitFloat = syn::parse_str(float.base10_digits()).ok()?;
                    let text = format!("-{}", float.base10_digits());
                    Some(quote!(Float(-#digits, #text)))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// `Some(…)` and `Box::new(…)` are never needed, and change nothing.
fn is_wrapper(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    matches!(names.as_slice(), ["Some"] | ["Box", "new"])
}

fn is_conversion(call: &syn::ExprMethodCall) -> bool {
    call.args.is_empty() && ["into", "to_owned", "to_string"].iter().any(|name| call.method == name)
}

fn text(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a path is spelt like a constant: two capitals or more. `Self` means nothing inside a constant.
fn is_constant(path: &Path) -> bool {
    let Some(last) = path.segments.last() else { return false };
    let name = last.ident.to_string();
    name.chars().filter(char::is_ascii_uppercase).count() >= 2
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && path.segments.iter().all(|segment| segment.ident != "Self" && segment.arguments.is_none())
}
