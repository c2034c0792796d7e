//! One member of a model: name, type, limits, default.

use crate::{Charset, Count, Literal, Range, Shape, Type};

/// One member of a model.
#[derive(Debug, Clone, Copy)]
pub struct ParamSpec {
    /// Its name on the wire: `PersonIds`.
    pub name: &'static str,
    /// Its name in Rust, without `r#`: `person_ids`.
    pub field: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What one value is.
    pub ty: Type,
    /// Whether there may be none, one or many.
    pub shape: Shape,
    /// Whether the documentation requires it.
    pub required: bool,
    /// The accepted numbers.
    pub range: Option<Range>,
    /// The accepted numbers of items of a list.
    pub items: Option<Count>,
    /// The accepted numbers of characters, of each item where it is a list.
    pub length: Option<Count>,
    /// The accepted characters, of each item where it is a list.
    pub charset: Option<Charset>,
    /// What the server assumes where it is left out. Never sent by us.
    pub default: Option<Literal<'static>>,
    /// Whether an answer may have null here.
    pub nullable: bool,
    /// Whether the documentation advises against it.
    pub deprecated: bool,
    /// Never shown: not by Debug, logs, violations, coercions or excerpts.
    pub sensitive: bool,
}

impl ParamSpec {
    /// A member of this type and shape: required, where its shape has no place for nothing.
    pub const fn new(name: &'static str, field: &'static str, ty: Type, shape: Shape) -> Self {
        Self {
            name,
            field,
            doc: "",
            ty,
            shape,
            required: matches!(shape, Shape::One),
            range: None,
            items: None,
            length: None,
            charset: None,
            default: None,
            nullable: false,
            deprecated: false,
            sensitive: false,
        }
    }

    /// With its documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Required, though its type would let it be left out.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With the accepted numbers.
    #[must_use]
    pub const fn range(mut self, range: Range) -> Self {
        self.range = Some(range);
        self
    }

    /// With the accepted numbers of items.
    #[must_use]
    pub const fn items(mut self, items: Count) -> Self {
        self.items = Some(items);
        self
    }

    /// With the accepted numbers of characters.
    #[must_use]
    pub const fn length(mut self, length: Count) -> Self {
        self.length = Some(length);
        self
    }

    /// With the accepted characters.
    #[must_use]
    pub const fn charset(mut self, charset: Charset) -> Self {
        self.charset = Some(charset);
        self
    }

    /// With what the server assumes.
    #[must_use]
    pub const fn default(mut self, default: Literal<'static>) -> Self {
        self.default = Some(default);
        self
    }

    /// It may be null in an answer.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The documentation advises against it.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Never shown.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Whether it is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self.shape, Shape::Many | Shape::MaybeMany)
    }
}
