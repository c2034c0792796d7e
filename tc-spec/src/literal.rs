//! A value as the compiler can know it: what a literal says.

/// A literal: the argument of a limit that is checked at compile time, and the way a documented default is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal<'a> {
    /// A whole number.
    Int(i128),
    /// A number with a fraction: its value, and how it was written (a `const fn` cannot print a float).
    Float(f64, &'a str),
    /// `true` or `false`.
    Bool(bool),
    /// Text.
    Text(&'a str),
    /// A list of literals.
    List(&'a [Literal<'a>]),
    /// A value that only run time can know.
    Unknown,
}

/// What a `const fn` can read of a constant whose type the macro has not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ConstValue<'a> {
    /// One value, [`Literal::Unknown`] where its type says nothing.
    One(Literal<'a>),
    /// A list of this many items.
    Count(usize),
    /// A list of texts.
    Texts(&'a [&'a str]),
}
