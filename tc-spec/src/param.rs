//! One member of a model: name, type, limits, default.

use crate::{Items, Limit, Literal, Range, Shape, Type};

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
    /// What the documentation accepts; at most one limit of each kind.
    pub limits: &'static [Limit],
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
            limits: &[],
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

    /// With what the documentation accepts.
    ///
    /// ```
    /// use tc_spec::{Limit, ParamSpec, Range, Shape, Type};
    /// const LIMIT: ParamSpec = ParamSpec::new("Limit", "limit", Type::UINT64, Shape::Maybe)
    ///     .limits(&[Limit::Range(Range::Int { min: None, max: Some(100) })]);
    /// assert_eq!(LIMIT.range(), Some(Range::Int { min: None, max: Some(100) }));
    /// ```
    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
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

    /// The accepted numbers, if they are limited.
    pub const fn range(&self) -> Option<Range> {
        let mut limits = self.limits;
        while let [first, rest @ ..] = limits {
            if let Limit::Range(range) = first {
                return Some(*range);
            }
            limits = rest;
        }
        None
    }

    /// The accepted numbers of items, if they are limited.
    pub const fn items(&self) -> Option<Items> {
        let mut limits = self.limits;
        while let [first, rest @ ..] = limits {
            if let Limit::Items(items) = first {
                return Some(*items);
            }
            limits = rest;
        }
        None
    }

    /// Whether any limit is about each value, rather than about the number of items: only then do the items of a list
    /// have to be looked at.
    pub const fn limits_values(&self) -> bool {
        let mut limits = self.limits;
        while let [first, rest @ ..] = limits {
            if first.is_of_values() {
                return true;
            }
            limits = rest;
        }
        false
    }
}
