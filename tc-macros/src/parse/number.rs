//! Numbers and ranges of numbers in attributes.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Lit, RangeLimits, UnOp};

use crate::literal::{Float, Number};

/// Returns the number if `expr` is a literal. A floating-point literal must be finite.
pub(crate) fn number(expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.base10_parse().ok().map(Number::Int),
            Lit::Float(float) => {
                let value: f64 = float.base10_parse().ok()?;
                let text = float.base10_digits().to_owned();
                value.is_finite().then_some(Number::Float(Float { value, text }))
            }
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => Some(match number(&unary.expr)? {
            Number::Int(int) => Number::Int(-int),
            Number::Float(float) => Number::Float(Float { value: -float.value, text: format!("-{}", float.text) }),
        }),
        Expr::Paren(inner) => number(&inner.expr),
        Expr::Group(inner) => number(&inner.expr),
        _ => None,
    }
}

/// A range of literals in Rust's syntax.
pub(crate) struct RangeArg {
    pub(crate) start: Option<Number>,
    pub(crate) end: Option<Number>,
    pub(crate) closed: bool,
    pub(crate) tokens: TokenStream,
}

impl Parse for RangeArg {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expr: Expr = input.parse()?;
        let invalid = || syn::Error::new_spanned(&expr, "expected a range of literals");
        let Expr::Range(range) = &expr else { return Err(invalid()) };
        let end = |side: &Option<Box<Expr>>| match side {
            Some(side) => number(side).map(Some).ok_or_else(invalid),
            None => Ok(None),
        };
        Ok(Self {
            start: end(&range.start)?,
            end: end(&range.end)?,
            closed: matches!(range.limits, RangeLimits::Closed(_)),
            tokens: expr.to_token_stream(),
        })
    }
}
