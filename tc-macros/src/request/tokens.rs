//! Prepares the tokens of `request!` for syn: keywords become raw identifiers, and mistakes that syn would report with
//! a general message are reported with one for `request!`.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use tc_spec::names;

use crate::diagnostics::Diagnostics;

/// The name of a macro call that replaces a nested value without a type. `parse` treats it as a value that is already
/// reported.
pub(crate) const MISSING_TYPE: &str = "__tc_missing_type";

/// Converts the tokens to a form that syn can parse.
///
/// - `type: …` becomes `r#type: …`: 1,590 parameters of the cloud have this name.
/// - `field: { … }`, a nested value without a type, is reported and becomes a call of [`MISSING_TYPE`].
/// - `field = value` is reported and becomes `field: value`.
pub(crate) fn normalize(tokens: TokenStream, errors: &mut Diagnostics) -> TokenStream {
    Normalizer { errors }.read(&tokens, GroupKind::Whole, None).unwrap_or(tokens)
}

/// Whether the tokens contain a call of [`MISSING_TYPE`].
pub(crate) fn is_reported(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == MISSING_TYPE,
        TokenTree::Group(group) => is_reported(group.stream()),
        _ => false,
    })
}

/// What a group of tokens contains.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupKind {
    /// All of the input: one struct literal.
    Whole,
    /// The content of the braces of a struct literal.
    Fields,
    /// Values separated by commas: in `[…]`, `vec![…]` or `Some(…)`.
    Values,
    /// Any other group.
    Expression,
}

struct Normalizer<'a> {
    errors: &'a mut Diagnostics,
}

impl Normalizer<'_> {
    /// Returns `None` if nothing changes, because a new group loses the spans of its brackets. `field` is the field
    /// that the values are for.
    fn read(&mut self, tokens: &TokenStream, kind: GroupKind, field: Option<&Ident>) -> Option<TokenStream> {
        let mut tokens = tokens.clone().into_iter().peekable();
        let mut out: Vec<TokenTree> = Vec::new();
        let mut field = field.cloned();
        // Whether a value of this field without a type is already reported; where the value begins; and whether the
        // next token begins a field or an item of a list.
        let (mut reported, mut value, mut starts) = (false, Some(0), true);
        let mut any = false;
        if kind == GroupKind::Fields {
            value = None;
        }
        while let Some(mut token) = tokens.next() {
            if starts
                && kind == GroupKind::Fields
                && tokens.peek().is_some_and(|next| is_punct(next, ':'))
                && let Some(name) = quoted(&token)
            {
                self.errors.error(&token, format_args!("a field name has no quotes: write `{name}: value`"));
                (token, any) = (name.into(), true);
            }
            if starts
                && kind == GroupKind::Fields
                && let TokenTree::Ident(name) = &token
            {
                (field, reported) = (Some(name.clone()), false);
                if let Some(equals) = tokens.next_if(|next| is_punct(next, '=')) {
                    self.errors.at(equals.span(), format_args!("expected `:` here: write `{name}: value`"));
                    out.push(raw(name).unwrap_or_else(|| name.clone()).into());
                    out.push(colon(equals.span()));
                    (starts, value, any) = (false, Some(out.len()), true);
                    continue;
                }
            }
            let begins = value == Some(out.len()) && matches!(kind, GroupKind::Fields | GroupKind::Values);
            let changed = match &token {
                TokenTree::Group(group) if begins && lacks_type(group) => {
                    if !reported {
                        self.errors.error(&token, missing_type(field.as_ref(), kind));
                    }
                    let name = Ident::new(MISSING_TYPE, Span::mixed_site());
                    out.extend(quote_spanned!(group.span()=> #name!()));
                    (reported, starts, any) = (true, false, true);
                    continue;
                }
                TokenTree::Group(group) => self.group(group, group_kind(group, &out, value), field.as_ref()),
                TokenTree::Ident(name) if starts && tokens.peek().is_some_and(|next| is_punct(next, ':')) => {
                    raw(name).map(TokenTree::from)
                }
                _ => None,
            };
            any |= changed.is_some();
            // A value may be borrowed.
            if value == Some(out.len()) && matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '&') {
                value = Some(out.len() + 1);
            }
            starts = is_punct(&token, ',');
            let colon = kind == GroupKind::Fields && value.is_none() && is_punct(&token, ':');
            out.push(changed.unwrap_or(token));
            if starts {
                value = if kind == GroupKind::Fields { None } else { Some(out.len()) };
            } else if colon {
                value = Some(out.len());
            }
        }
        any.then(|| out.into_iter().collect())
    }

    fn group(&mut self, group: &Group, kind: Option<GroupKind>, field: Option<&Ident>) -> Option<TokenTree> {
        let stream = self.read(&group.stream(), kind?, field)?;
        let mut made = Group::new(group.delimiter(), stream);
        made.set_span(group.span());
        Some(made.into())
    }
}

/// Determines the kind of a group from the tokens before it in the same value. Returns `None` for the group of another
/// macro.
fn group_kind(group: &Group, out: &[TokenTree], value: Option<usize>) -> Option<GroupKind> {
    let before = value.and_then(|value| out.get(value..));
    let names: Option<Vec<String>> = before.and_then(|tokens| tokens.iter().map(path_token).collect());
    let names = names.map(|names| names.concat());
    let macro_call = matches!(out.last(), Some(last) if is_punct(last, '!'));
    match (group.delimiter(), names.as_deref()) {
        (Delimiter::None, _) => None,
        _ if macro_call => {
            matches!(before, Some([TokenTree::Ident(name), _]) if name == "vec").then_some(GroupKind::Values)
        }
        (Delimiter::Brace, Some(path)) if !path.is_empty() => Some(GroupKind::Fields),
        (Delimiter::Bracket, Some("")) | (Delimiter::Parenthesis, Some("" | "Some" | "Box::new")) => {
            Some(GroupKind::Values)
        }
        _ => Some(GroupKind::Expression),
    }
}

/// The text of a token that can be part of a path with generic arguments.
fn path_token(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) if is_name(name) => Some(name.to_string()),
        TokenTree::Punct(punct) if matches!(punct.as_char(), ':' | '<' | '>' | ',') => Some(punct.to_string()),
        _ => None,
    }
}

/// Returns whether the name can be part of a path: it is not a keyword, except `crate`, `self`, `super` and `Self`.
fn is_name(name: &Ident) -> bool {
    let word = name.to_string();
    matches!(word.as_str(), "self" | "Self" | "super" | "crate") || syn::parse_str::<Ident>(&word).is_ok()
}

/// Returns whether the group contains fields, so that it would be a struct literal after a type. A block does not begin
/// like this.
fn lacks_type(group: &Group) -> bool {
    if group.delimiter() != Delimiter::Brace {
        return false;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let is = |index: usize, mark: char| matches!(tokens.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let statements = tokens.iter().any(|token| is_punct(token, ';'));
    match tokens.first() {
        None => true,
        Some(TokenTree::Ident(_) | TokenTree::Literal(_)) => {
            let path = is(1, ':') && is(2, ':');
            let compared = is(1, '=') && is(2, '=');
            (is(1, ':') && !path) || is(1, ',') || (is(1, '=') && !compared && !statements)
        }
        Some(_) => is(0, '.') && is(1, '.'),
    }
}

/// The message for a value without a type. The suggested type has the name of the field, in the singular for a list.
fn missing_type(field: Option<&Ident>, kind: GroupKind) -> String {
    let name = field.map(|field| names::wire_name(&field.to_string()));
    let name = match name {
        Some(name) if kind == GroupKind::Values => singular(name),
        Some(name) => name,
        None => "Type".to_owned(),
    };
    format!("missing struct name: write the name of the nested struct, such as `{name} {{ … }}`")
}

fn singular(name: String) -> String {
    match (name.strip_suffix("ies"), name.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => name,
    }
}

/// The field for a name in quotes, as in JSON: `person_ids` for `"PersonIds"`.
fn quoted(token: &TokenTree) -> Option<Ident> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    let wire = text.strip_prefix('"')?.strip_suffix('"')?;
    if !names::is_param(wire) {
        return None;
    }
    let mut ident: Ident = syn::parse_str(&names::field_name(wire)).ok()?;
    ident.set_span(literal.span());
    Some(ident)
}

/// The name as a raw identifier, if it is a keyword.
fn raw(name: &Ident) -> Option<Ident> {
    let word = name.to_string();
    // These five cannot be raw identifiers, and no field has such a name.
    let possible = !matches!(word.as_str(), "self" | "Self" | "super" | "crate" | "_");
    (possible && syn::parse_str::<Ident>(&word).is_err()).then(|| Ident::new_raw(&word, name.span()))
}

fn colon(place: Span) -> TokenTree {
    let mut colon = Punct::new(':', Spacing::Alone);
    colon.set_span(place);
    colon.into()
}

/// Returns whether the token is this character alone, and not the first of two as in `::` or `==`.
fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark && punct.spacing() == Spacing::Alone)
}
