//! What happens to the tokens of `request!` before syn reads them: keywords become raw names, and mistakes that syn
//! would report in its own words are reported in ours.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use tc_spec::names;

use crate::diagnostics::Diagnostics;

/// The macro that stands where a nested value has no type; `parse` reads it as a value that is reported already.
pub(crate) const UNTYPED: &str = "__tc_untyped";

/// The same tokens in a form that syn reads.
///
/// - `type: …` becomes `r#type: …`: 1,590 parameters of the cloud are called so.
/// - `field: { … }`, a nested value without its type, is reported and becomes [`UNTYPED`].
/// - `field = value` is reported and becomes `field: value`.
pub(crate) fn readable(tokens: TokenStream, errors: &mut Diagnostics) -> TokenStream {
    Reader { errors }.read(&tokens, Inside::Whole, None).unwrap_or(tokens)
}

/// What the tokens are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// All of the input: one struct literal.
    Whole,
    /// The braces of a struct literal.
    Fields,
    /// Values with commas between them: `[…]`, `vec![…]`, `Some(…)`.
    Values,
    /// Any other group.
    Expression,
}

struct Reader<'a> {
    errors: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// None where nothing changes: a group made anew has lost where its brackets stand. `field` is the field for which
    /// the values are given.
    fn read(&mut self, tokens: &TokenStream, inside: Inside, field: Option<&Ident>) -> Option<TokenStream> {
        let mut tokens = tokens.clone().into_iter().peekable();
        let mut out: Vec<TokenTree> = Vec::new();
        let mut field = field.cloned();
        // Whether an untyped value of this field is reported already, where its value begins, and whether the next
        // token begins a field or a value of a list.
        let (mut reported, mut value, mut starts) = (false, Some(0), true);
        let mut any = false;
        if inside == Inside::Fields {
            value = None;
        }
        while let Some(mut token) = tokens.next() {
            if starts
                && inside == Inside::Fields
                && tokens.peek().is_some_and(|next| is_punct(next, ':'))
                && let Some(name) = quoted(&token)
            {
                self.errors.error(&token, format_args!("a field name has no quotes: write `{name}: value`"));
                (token, any) = (name.into(), true);
            }
            if starts
                && inside == Inside::Fields
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
            let begins = value == Some(out.len()) && matches!(inside, Inside::Fields | Inside::Values);
            let changed = match &token {
                TokenTree::Group(group) if begins && is_untyped(group) => {
                    if !reported {
                        self.errors.error(&token, untyped(field.as_ref(), inside));
                    }
                    let name = Ident::new(UNTYPED, Span::mixed_site());
                    out.extend(quote_spanned!(group.span()=> #name!()));
                    (reported, starts, any) = (true, false, true);
                    continue;
                }
                TokenTree::Group(group) => self.group(group, kind(group, &out, value), field.as_ref()),
                TokenTree::Ident(name) if starts && tokens.peek().is_some_and(|next| is_punct(next, ':')) => {
                    raw(name).map(TokenTree::from)
                }
                _ => None,
            };
            any |= changed.is_some();
            starts = is_punct(&token, ',');
            let colon = inside == Inside::Fields && value.is_none() && is_punct(&token, ':');
            out.push(changed.unwrap_or(token));
            if starts {
                value = if inside == Inside::Fields { None } else { Some(out.len()) };
            } else if colon {
                value = Some(out.len());
            }
        }
        any.then(|| out.into_iter().collect())
    }

    fn group(&mut self, group: &Group, inside: Option<Inside>, field: Option<&Ident>) -> Option<TokenTree> {
        let stream = self.read(&group.stream(), inside?, field)?;
        let mut made = Group::new(group.delimiter(), stream);
        made.set_span(group.span());
        Some(made.into())
    }
}

/// What a group is, by the tokens of its value that stand before it; none where it belongs to another macro.
fn kind(group: &Group, out: &[TokenTree], value: Option<usize>) -> Option<Inside> {
    let before = value.and_then(|value| out.get(value..));
    let names: Option<Vec<String>> = before.and_then(|tokens| tokens.iter().map(path_token).collect());
    let names = names.map(|names| names.concat());
    let macro_call = matches!(out.last(), Some(last) if is_punct(last, '!'));
    match (group.delimiter(), names.as_deref()) {
        (Delimiter::None, _) => None,
        _ if macro_call => {
            matches!(before, Some([TokenTree::Ident(name), _]) if name == "vec").then_some(Inside::Values)
        }
        (Delimiter::Brace, Some(path)) if !path.is_empty() => Some(Inside::Fields),
        (Delimiter::Bracket, Some("")) | (Delimiter::Parenthesis, Some("" | "Some" | "Box::new")) => {
            Some(Inside::Values)
        }
        _ => Some(Inside::Expression),
    }
}

/// The text of a token that can stand in a path, with generic arguments.
fn path_token(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) if is_name(name) => Some(name.to_string()),
        TokenTree::Punct(punct) if matches!(punct.as_char(), ':' | '<' | '>' | ',') => Some(punct.to_string()),
        _ => None,
    }
}

/// Whether the name can be part of a path: no keyword but `crate`, `self`, `super` and `Self`.
fn is_name(name: &Ident) -> bool {
    let word = name.to_string();
    matches!(word.as_str(), "self" | "Self" | "super" | "crate") || syn::parse_str::<Ident>(&word).is_ok()
}

/// Whether the group holds fields, and so would be a struct literal if a type stood before it. No block begins so.
fn is_untyped(group: &Group) -> bool {
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

/// The message about a value without a type. Its type is most often named like the field, in the singular for a list.
fn untyped(field: Option<&Ident>, inside: Inside) -> String {
    let name = field.map(|field| names::wire_name(&field.to_string()));
    let name = match name {
        Some(name) if inside == Inside::Values => singular(name),
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

/// The field that a name in quotes means, as JSON writes it: `"PersonIds"` is `person_ids`.
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

/// The name as a raw one, where it is a keyword.
fn raw(name: &Ident) -> Option<Ident> {
    let word = name.to_string();
    // These five cannot be raw, and no field is called so.
    let possible = !matches!(word.as_str(), "self" | "Self" | "super" | "crate" | "_");
    (possible && syn::parse_str::<Ident>(&word).is_err()).then(|| Ident::new_raw(&word, name.span()))
}

fn colon(place: Span) -> TokenTree {
    let mut colon = Punct::new(':', Spacing::Alone);
    colon.set_span(place);
    colon.into()
}

/// Whether the token is this mark alone, not the first of two such as `::` or `==`.
fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark && punct.spacing() == Spacing::Alone)
}
