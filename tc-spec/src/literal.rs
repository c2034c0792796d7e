//! Values known at compile time: literals and constants.

/// The value of a literal. Limits check it, and a spec stores documented defaults in this form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal<'a> {
    /// An integer.
    Int(i128),
    /// A floating-point number, and its digits as written, because a `const fn` cannot format a float.
    Float(f64, &'a str),
    /// `true` or `false`.
    Bool(bool),
    /// Text.
    Text(&'a str),
    /// A list of literals.
    List(&'a [Literal<'a>]),
    /// A value that is not known at compile time.
    Unknown,
}

/// The value of a constant whose type the macro does not know, as far as a `const fn` can read it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ConstValue<'a> {
    /// A single value; [`Literal::Unknown`] if a `const fn` cannot read its type.
    One(Literal<'a>),
    /// A list with this number of items.
    Count(usize),
    /// A list of texts.
    Texts(&'a [&'a str]),
}
