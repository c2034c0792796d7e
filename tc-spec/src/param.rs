//! The spec of a member of a struct: name, type, limits and default.

use crate::{Items, Limit, Literal, Range, Shape, Type};

/// The spec of a member of a struct: of a parameter, if the struct is a request.
#[derive(Debug, Clone, Copy)]
pub struct ParamSpec {
    /// Its name on the wire: `PersonIds`.
    pub name: &'static str,
    /// Its name in Rust, without `r#`: `person_ids`.
    pub field: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The type of one value.
    pub ty: Type,
    /// Whether it is optional or a list.
    pub shape: Shape,
    /// Whether the documentation requires it.
    pub required: bool,
    /// The documented limits, at most one of each kind.
    pub limits: &'static [Limit],
    /// The value that the server uses if the parameter is absent. The client does not send it.
    pub default: Option<Literal<'static>>,
    /// Whether it can be null in a response.
    pub nullable: bool,
    /// Whether the documentation advises against using it.
    pub deprecated: bool,
    /// Whether the value is secret: `Debug`, logs, violations, coercions and excerpts do not show it.
    pub sensitive: bool,
}

impl ParamSpec {
    /// Creates the spec of a member. It is required if its shape is [`Shape::One`].
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

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Marks the member as required, for a list.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the documented limits.
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

    /// Sets the value that the server uses if the parameter is absent.
    #[must_use]
    pub const fn default(mut self, default: Literal<'static>) -> Self {
        self.default = Some(default);
        self
    }

    /// Marks the member as possibly null in a response.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Marks the member as deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Marks the value as secret.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Returns whether it is a list.
    pub const fn is_list(&self) -> bool {
        matches!(self.shape, Shape::Many | Shape::MaybeMany)
    }

    /// Returns the limit `range`, if it has one.
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

    /// Returns the limit `items`, if it has one.
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

    /// Returns whether a limit applies to each value, and not only to the number of items. If not, the items of a list
    /// need no check.
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
