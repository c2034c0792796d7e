//! What stands in the braces: each value by what the compiler can know of it.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprStruct, Lit, LitStr, Member, Path, Token, UnOp};

use super::tokens::{UNTYPED, readable};
use crate::diagnostics::Diagnostics;

/// Texts and lists beyond this are checked when they are sent, not while they compile.
const LONGEST_TEXT: usize = 4096;
const LONGEST_LIST: usize = 256;

/// What `tc_core::request!` hands over.
pub(crate) struct Input {
    /// Where tc-core is: its `$crate`.
    pub(crate) krate: TokenStream,
    pub(crate) literal: Literal,
}

/// What stands in the parentheses of `request!`.
pub(crate) enum Literal {
    Struct(ExprStruct),
    /// A path alone: the type is known, and the braces are missing.
    Path(Path),
    /// Something else, whose mistake is reported; the type it begins with, if there is one.
    Other(Option<Path>),
}

impl Input {
    /// Reads `(path of tc-core) Path { field: value, … }`.
    pub(crate) fn read(input: TokenStream, errors: &mut Diagnostics) -> Self {
        let mut tokens = input.into_iter();
        let krate = match tokens.next() {
            Some(TokenTree::Group(group)) => group.stream(),
            _ => quote!(::tc_core),
        };
        let tokens = readable(tokens.collect(), errors);
        let path = syn::parse::Parser::parse2(leading_path, tokens.clone()).ok();
        let literal = match syn::parse2::<Expr>(tokens.clone()) {
            Ok(Expr::Struct(literal)) if literal.qself.is_none() => Literal::Struct(literal),
            Ok(Expr::Path(path)) if path.qself.is_none() => Literal::Path(path.path),
            Ok(other) => {
                errors.error(other, FORM);
                Literal::Other(path)
            }
            // Where not even a type stands first, what syn expected instead would mislead.
            Err(error) if path.is_some() && error_is_inside(&tokens) => {
                errors.push(error);
                Literal::Other(path)
            }
            Err(_) if tokens.is_empty() => {
                errors.at(Span::call_site(), FORM);
                Literal::Other(None)
            }
            Err(_) => {
                errors.error(tokens, FORM);
                Literal::Other(path)
            }
        };
        Self { krate, literal }
    }
}

/// What `request!` takes.
pub(crate) const FORM: &str = "expected a struct literal: write `request!(Path { field: value, … })`";

/// The path of a type at the beginning, whatever follows it.
fn leading_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let path = input.call(Path::parse)?;
    let rest = input.parse::<TokenStream>()?;
    let named = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    if named.starts_with(char::is_uppercase) { Ok(path) } else { Err(syn::Error::new_spanned(rest, FORM)) }
}

/// Whether the input ends with the braces of a struct literal, so that the mistake is between them.
fn error_is_inside(tokens: &TokenStream) -> bool {
    let last = tokens.clone().into_iter().last();
    matches!(last, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
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
    /// A value whose mistake is reported already.
    Reported,
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
            errors.error(field.member, "write the name of a field here, not a number");
            continue;
        };
        if let Some(attr) = field.attrs.first() {
            errors.error(attr, "`request!` does not support attributes; set the field after it");
        }
        if fields.iter().any(|(first, _)| *first == name) {
            errors.error(&name, format_args!("`{name}` is given twice; keep one"));
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
        Expr::Macro(call) if call.mac.path.is_ident(UNTYPED) => Value::Reported,
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
    let checked = items.len() <= LONGEST_LIST;
    let items = items.into_iter().map(|item| if checked { value(item, errors) } else { Value::Other(item) });
    let items: Vec<Value> = items.collect();
    if items.iter().any(|item| matches!(item, Value::Reported)) {
        return Value::Reported;
    }
    Value::List(items, shown)
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
