//! The checked item: plain data, every doubt settled, nothing left to refuse.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Ident, ItemEnum, ItemStruct, Path, Type, Visibility};

use crate::limit::Limit;

/// An annotated struct.
pub(crate) struct Struct {
    /// Where tc-core is.
    pub(crate) krate: TokenStream,
    /// The struct to hand back, without helper attributes.
    pub(crate) item: ItemStruct,
    /// The derives to add.
    pub(crate) derives: Vec<TokenStream>,
    /// Its name in the spec: the action's, or the struct's own.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) check: Option<Path>,
    pub(crate) action: Option<Action>,
}

impl Struct {
    /// Whether the tokens of a field's type leave open whether it can be a parameter.
    pub(crate) fn is_open(&self) -> bool {
        self.fields.iter().any(Field::is_open)
    }

    pub(crate) fn is_sensitive(&self) -> bool {
        self.fields.iter().any(|field| field.sensitive)
    }
}

/// A field of an annotated struct.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// `PersonIds`
    pub(crate) wire: String,
    /// `person_ids`, without `r#`.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) shape: Shape,
    /// Whether it has to be given.
    pub(crate) required: bool,
    pub(crate) binary: bool,
    pub(crate) sensitive: bool,
    pub(crate) kind: Kind,
    /// Whether its name is that of a method, which has been said, so that it gets no setter.
    pub(crate) taken: bool,
    /// Its type as written, if that cannot be a parameter, which is reported; `ty` is `Refused` then.
    pub(crate) refused: Option<Type>,
    /// Each with the place of its key.
    pub(crate) limits: Vec<(Span, Box<dyn Limit>)>,
    pub(crate) default: Option<(Span, Default)>,
}

impl Field {
    /// Whether the tokens leave open what the type is, so that only the compiler can say whether it is a parameter.
    pub(crate) fn is_open(&self) -> bool {
        self.kind == Kind::Named && !self.binary && self.refused.is_none()
    }
}

/// What a type's tokens look like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    One,
    Maybe,
    Many,
    MaybeMany,
}

impl Shape {
    pub(crate) fn is_list(self) -> bool {
        matches!(self, Self::Many | Self::MaybeMany)
    }
}

/// A type as far as its tokens tell.
pub(crate) struct Look {
    pub(crate) shape: Shape,
    pub(crate) kind: Kind,
}

/// What one value looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Text,
    Integer,
    Float,
    Bool,
    Time,
    Json,
    /// A path that only the compiler can resolve: a model, an enum, an alias.
    Named,
}

impl Kind {
    /// Whether it is text, or a name that may be one.
    pub(crate) fn may_be_text(self) -> bool {
        matches!(self, Self::Text | Self::Named)
    }

    /// "a text", for messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Bool => "a boolean",
            Self::Time => "a time",
            Self::Json => "JSON",
            Self::Named => "a type of its own",
        }
    }
}

/// A number literal, with its sign.
#[derive(Clone)]
pub(crate) enum Number {
    Int(i128),
    Float(Float),
}

/// A number with a fraction, and how it was written.
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

/// What makes a struct an action.
pub(crate) struct Action {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) response: TokenStream,
    /// Whether the attribute gives the response.
    pub(crate) named: bool,
    pub(crate) error: TokenStream,
    pub(crate) rate: Option<u32>,
    pub(crate) page: Option<Page>,
    /// Whether `page(…)` was written and refused, which is reported.
    pub(crate) page_refused: bool,
    pub(crate) octet_stream: bool,
    pub(crate) skip_sign: bool,
    pub(crate) unsigned_payload: bool,
    /// The variants of `Method` and `SignatureMethod`.
    pub(crate) method: Option<&'static str>,
    pub(crate) signature: Option<&'static str>,
    pub(crate) idempotent: bool,
    /// Answers with server-sent events.
    pub(crate) streaming: bool,
    /// Should no longer be used.
    pub(crate) deprecated: bool,
}

/// How an action pages: fields of the request, paths into the response.
pub(crate) struct Page {
    pub(crate) form: PageForm,
    pub(crate) total: Option<Vec<Ident>>,
    pub(crate) items: Vec<Ident>,
}

/// The fields that choose a page.
pub(crate) enum PageForm {
    Offset { offset: Choice, limit: Choice },
    Number { number: Choice, size: Choice, first: u64 },
    Token { token: Choice, next: Vec<Ident>, more: Option<Vec<Ident>>, size: Option<Choice> },
}

/// A field that chooses a page.
pub(crate) struct Choice {
    pub(crate) field: Ident,
    pub(crate) wire: String,
}

/// An annotated enum of texts or of error codes.
pub(crate) struct Enum {
    pub(crate) krate: TokenStream,
    pub(crate) item: ItemEnum,
    pub(crate) derives: Vec<TokenStream>,
    pub(crate) doc: String,
    pub(crate) variants: Vec<Variant>,
}

/// One of its variants.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    /// The text on the wire: the documented value, or the error code.
    pub(crate) text: String,
    pub(crate) doc: String,
    /// The class of an error code, where it was said: `Throttle`.
    pub(crate) class: Option<&'static str>,
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
    /// The number, where it is one.
    pub(crate) fn number(&self) -> Option<Number> {
        match self {
            Self::Int(int) => Some(Number::Int(*int)),
            Self::Float(float) => Some(Number::Float(float.clone())),
            Self::Bool(_) | Self::Text(_) | Self::Variant(_) => None,
        }
    }

    /// "an integer", for messages.
    pub(crate) fn noun(&self) -> &'static str {
        match self {
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number with a fraction",
            Self::Bool(_) => "a boolean",
            Self::Text(_) => "text",
            Self::Variant(_) => "a name",
        }
    }

    /// As one would write it, for the documentation.
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

    /// Whether both are the same text or the same number.
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
    /// The whole number, none where there is a fraction.
    pub(crate) fn int(&self) -> Option<i128> {
        match self {
            Self::Int(int) => Some(*int),
            Self::Float(_) => None,
        }
    }

    /// The number with a fraction that it is, or that equals it.
    pub(crate) fn float(self) -> Float {
        match self {
            // No documented range comes near 2^53.
            #[allow(clippy::cast_precision_loss)]
            Self::Int(int) => Float { value: int as f64, text: int.to_string() },
            Self::Float(float) => float,
        }
    }
}

/// Tokens as one would write them: `Vec<u8>` rather than `Vec < u8 >`.
pub(crate) fn tight(spaced: &str) -> String {
    let narrower = [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (":: ", "::"),
        (" ,", ","),
        ("& ", "&"),
        (" ;", ";"),
    ];
    narrower.iter().fold(spaced.to_owned(), |text, (wide, narrow)| text.replace(wide, narrow))
}
