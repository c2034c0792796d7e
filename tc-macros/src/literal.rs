//! The literals of the attributes: numbers and documented defaults.

use syn::Expr;

/// A number literal, with its sign.
#[derive(Clone)]
pub(crate) enum Number {
    Int(i128),
    Float(Float),
}

/// A floating-point number, and its digits as written.
#[derive(Clone)]
pub(crate) struct Float {
    pub(crate) value: f64,
    pub(crate) text: String,
}

/// A documented default.
pub(crate) enum Default {
    Int(i128),
    Float(Float),
    Bool(bool),
    Text(String),
    /// A variant of an enum.
    Variant(Expr),
}

impl From<Number> for Default {
    fn from(number: Number) -> Self {
        match number {
            Number::Int(int) => Self::Int(int),
            Number::Float(float) => Self::Float(float),
        }
    }
}

impl Default {
    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<Number> {
        match self {
            Self::Int(int) => Some(Number::Int(*int)),
            Self::Float(float) => Some(Number::Float(float.clone())),
            Self::Bool(_) | Self::Text(_) | Self::Variant(_) => None,
        }
    }

    /// What messages call it: "an integer".
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number with a fraction",
            Self::Bool(_) => "a boolean",
            Self::Text(_) => "text",
            Self::Variant(_) => "a name",
        }
    }

    /// The source text in backquotes, for documentation and messages.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Int(int) => format!("`{int}`"),
            Self::Float(float) => format!("`{}`", float.text),
            Self::Bool(value) => format!("`{value}`"),
            Self::Text(text) => format!("`\"{text}\"`"),
            Self::Variant(Expr::Path(path)) => {
                path.path.segments.last().map_or_else(String::new, |last| format!("`{}`", last.ident))
            }
            Self::Variant(_) => String::new(),
        }
    }

    /// Returns whether both are the same text or the same number.
    // Two literals are compared.
    #[allow(clippy::float_cmp)]
    pub(crate) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Int(one), Self::Int(other)) => one == other,
            (one, other) => match (one.number(), other.number()) {
                (Some(one), Some(other)) => one.float().value == other.float().value,
                _ => false,
            },
        }
    }
}

impl Number {
    /// The integer; `None` for a floating-point number.
    pub(crate) fn int(&self) -> Option<i128> {
        match self {
            Self::Int(int) => Some(*int),
            Self::Float(_) => None,
        }
    }

    /// The number as a floating-point number.
    pub(crate) fn float(self) -> Float {
        match self {
            // A double is exact up to 2^53, and no documented range is that large.
            #[allow(clippy::cast_precision_loss)]
            Self::Int(int) => Float { value: int as f64, text: int.to_string() },
            Self::Float(float) => float,
        }
    }
}
