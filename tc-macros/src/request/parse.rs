//! Parses the input of `request!` and classifies each value by what is known of it at compile time.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprStruct, Lit, LitStr, Member, Path, Token};

use super::tokens::{MISSING_TYPE, is_reported, normalize};
use crate::diagnostics::Diagnostics;
use crate::literal::{Float, Number};
use crate::parse::number;
use crate::tokens::{float, int};

/// Longer texts and lists are checked at run time only.
const LONGEST_TEXT: usize = 4096;
const LONGEST_LIST: usize = 256;

/// The input: the path of tc-core, and the struct literal.
pub(crate) struct Input {
    /// The path of tc-core: its `$crate`.
    pub(crate) krate: TokenStream,
    pub(crate) literal: Literal,
}

/// The argument of `request!`.
pub(crate) enum Literal {
    Struct(ExprStruct),
    /// Only a path: the braces are missing.
    Path(Path),
    /// Something else, which is already reported; with the path of a type if it begins with one.
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
        let tokens = normalize(tokens.collect(), errors);
        let path = syn::parse::Parser::parse2(leading_path, tokens.clone()).ok();
        let literal = match syn::parse2::<Expr>(tokens.clone()) {
            Ok(Expr::Struct(literal)) if literal.qself.is_none() => Literal::Struct(literal),
            Ok(Expr::Path(path)) if path.qself.is_none() => Literal::Path(path.path),
            Ok(other) => {
                errors.error(other, form(path.as_ref()));
                Literal::Other(path)
            }
            // syn's own message helps only if the input begins with a type and the mistake is inside the braces.
            Err(error) if path.is_some() && error_is_inside(&tokens) => {
                errors.push(error);
                Literal::Other(path)
            }
            Err(_) if tokens.is_empty() => {
                errors.at(Span::call_site(), form(None));
                Literal::Other(None)
            }
            Err(_) => {
                errors.error(tokens, form(path.as_ref()));
                Literal::Other(path)
            }
        };
        Self { krate, literal }
    }
}

/// The message for an argument that is not a struct literal. `path` is the type at its beginning, if it has one.
pub(crate) fn form(path: Option<&Path>) -> String {
    let path = path.map_or_else(|| "Type".to_owned(), |path| path.to_token_stream().to_string().replace(' ', ""));
    format!("expected a struct literal: write `request!({path} {{ field: value, … }})`")
}

/// Parses the path of a type at the beginning, and ignores the rest.
fn leading_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let path = input.call(Path::parse)?;
    let rest = input.parse::<TokenStream>()?;
    let named = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    if named.starts_with(char::is_uppercase) { Ok(path) } else { Err(syn::Error::new_spanned(rest, form(None))) }
}

/// Returns whether the input ends with the braces of a struct literal, so that a mistake is inside them.
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

/// A value of a field.
pub(crate) enum Value {
    /// A literal: the constructor of its `Literal`, and its tokens.
    Literal(TokenStream, TokenStream),
    /// A list with its items, and its tokens.
    List(Vec<Value>, TokenStream),
    /// A nested struct literal.
    Block(Block),
    /// `None`
    Nothing,
    /// A value with a mistake that is already reported.
    Reported,
    /// A path in capital letters: a constant.
    Constant(Path),
    /// Any other expression, whose value is known at run time.
    Other(Expr),
}

impl Value {
    pub(crate) fn is_literal(&self) -> bool {
        matches!(self, Self::Literal(..))
    }
}

/// Parses a struct literal.
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
    match classified(expr, errors) {
        // A part of it has no type, such as the item of `vec![{ … }; 2]`.
        Value::Other(expr) if is_reported(expr.to_token_stream()) => Value::Reported,
        value => value,
    }
}

fn classified(expr: Expr, errors: &mut Diagnostics) -> Value {
    let shown = expr.to_token_stream();
    match expr {
        Expr::Paren(inner) => value(*inner.expr, errors),
        Expr::Group(inner) => value(*inner.expr, errors),
        Expr::Lit(_) | Expr::Unary(_) => match literal_of(&expr) {
            Some(literal) => Value::Literal(literal, shown),
            None => Value::Other(expr),
        },
        Expr::Array(array) => list(array.elems, shown, errors),
        Expr::Struct(literal) if literal.qself.is_none() => Value::Block(block(literal, errors)),
        Expr::Macro(call) if call.mac.path.is_ident(MISSING_TYPE) => Value::Reported,
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
        // `"text".to_owned()` is checked like the literal.
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

/// The constructor of the `Literal` for a literal: `Int(20)`.
fn literal_of(expr: &Expr) -> Option<TokenStream> {
    if let Some(number) = number(expr) {
        return Some(match number {
            Number::Int(value) => {
                let value = int(value);
                quote!(Int(#value))
            }
            Number::Float(Float { value, text }) => {
                let value = float(value);
                quote!(Float(#value, #text))
            }
        });
    }
    let Expr::Lit(literal) = expr else { return None };
    match &literal.lit {
        Lit::Str(text) if text.value().len() <= LONGEST_TEXT => Some(quote!(Text(#text))),
        Lit::Char(letter) => {
            let text = LitStr::new(&letter.value().to_string(), letter.span());
            Some(quote!(Text(#text)))
        }
        Lit::Bool(value) => Some(quote!(Bool(#value))),
        _ => None,
    }
}

/// Returns whether the function is `Some` or `Box::new`. `request!` adds them where they are needed.
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

/// Returns whether a path looks like a constant: it has two capital letters or more and no small ones. `Self` cannot be
/// used in a constant.
fn is_constant(path: &Path) -> bool {
    let Some(last) = path.segments.last() else { return false };
    let name = last.ident.to_string();
    name.chars().filter(char::is_ascii_uppercase).count() >= 2
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && path.segments.iter().all(|segment| segment.ident != "Self" && segment.arguments.is_none())
}
