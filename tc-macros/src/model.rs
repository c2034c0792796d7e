//! The checked item: plain data without attributes, and without mistakes.

use proc_macro2::{Span, TokenStream};
use syn::{Ident, ItemEnum, ItemStruct, Path, Type, Visibility};
use tc_spec::{BodyForm, Method, SignatureMethod};

use crate::limit::Limit;
use crate::literal::Default;

/// An annotated struct.
pub(crate) struct Struct {
    /// The path of tc-core.
    pub(crate) krate: TokenStream,
    /// The struct without helper attributes.
    pub(crate) item: ItemStruct,
    /// The missing derives.
    pub(crate) derives: Vec<TokenStream>,
    /// The name in the spec: that of the action, or of the struct.
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) check: Option<Path>,
    pub(crate) action: Option<Action>,
}

impl Struct {
    /// Returns whether a field has an unresolved type.
    pub(crate) fn is_unresolved(&self) -> bool {
        self.fields.iter().any(Field::is_unresolved)
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
    /// Whether a value is required.
    pub(crate) required: bool,
    pub(crate) binary: bool,
    pub(crate) sensitive: bool,
    pub(crate) kind: Kind,
    /// Whether it has the name of a method of every model. This is already reported, and the field has no setter.
    pub(crate) reserved: bool,
    /// The type as written if it cannot be a parameter. This is already reported, and `ty` is a placeholder.
    pub(crate) invalid_type: Option<Type>,
    /// The limits, each with the span of its key.
    pub(crate) limits: Vec<(Span, Box<dyn Limit>)>,
    pub(crate) default: Option<(Span, Default)>,
}

impl Field {
    /// Returns whether only the compiler can tell whether the type can be a parameter: the tokens are a name such as
    /// `Filter`.
    pub(crate) fn is_unresolved(&self) -> bool {
        self.kind == Kind::Named && !self.binary && self.invalid_type.is_none()
    }
}

/// Whether a field is optional or a list, as its tokens show.
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

/// What the tokens of a type show.
pub(crate) struct FieldType {
    pub(crate) shape: Shape,
    pub(crate) kind: Kind,
}

/// The type of one value, as its tokens show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Text,
    Integer,
    Float,
    Bool,
    Time,
    Json,
    /// A path that only the compiler can resolve: a struct, an enum or an alias.
    Named,
}

impl Kind {
    /// Returns whether it is text, or a named type that may be text.
    pub(crate) fn may_be_text(self) -> bool {
        matches!(self, Self::Text | Self::Named)
    }

    /// What messages call a value: "an integer".
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Bool => "a boolean",
            Self::Time => "a time",
            Self::Json => "JSON",
            Self::Named => "a named type",
        }
    }
}

/// The arguments of `#[tc_action]`.
pub(crate) struct Action {
    pub(crate) service: String,
    pub(crate) version: String,
    pub(crate) response: TokenStream,
    /// Whether the attribute has the key `response`.
    pub(crate) explicit_response: bool,
    pub(crate) error: TokenStream,
    pub(crate) rate: Option<u32>,
    pub(crate) page: Option<Page>,
    /// Whether the attribute has an invalid `page(…)`, which is already reported.
    pub(crate) invalid_page: bool,
    pub(crate) body: Option<BodyForm>,
    pub(crate) skip_sign: bool,
    pub(crate) unsigned_payload: bool,
    pub(crate) method: Option<Method>,
    pub(crate) signature: Option<SignatureMethod>,
    pub(crate) idempotent: bool,
    /// Whether the response is a stream of server-sent events.
    pub(crate) streaming: bool,
    /// Whether the action is deprecated.
    pub(crate) deprecated: bool,
}

/// The checked `page(…)`: fields of the request, and paths into the response.
pub(crate) struct Page {
    pub(crate) form: PageForm,
    pub(crate) total: Option<Vec<Ident>>,
    pub(crate) items: Vec<Ident>,
}

/// The fields that select a page.
pub(crate) enum PageForm {
    Offset { offset: PageParam, limit: PageParam },
    Number { number: PageParam, size: PageParam, first: u64 },
    Token { token: PageParam, next: Vec<Ident>, more: Option<Vec<Ident>>, size: Option<PageParam> },
}

/// A field that selects a page.
pub(crate) struct PageParam {
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
    /// The class of an error code, if the attribute has one: `Throttle`.
    pub(crate) class: Option<&'static str>,
}
