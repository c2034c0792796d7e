//! The spec of a struct, and references to such specs, with which a struct can contain itself.

use std::fmt;
use std::sync::OnceLock;

use crate::check::same;
use crate::{ParamSpec, Type};

/// The spec of a struct: a request, a response, or a struct nested in one.
#[derive(Debug, Clone, Copy)]
pub struct ModelSpec {
    /// The struct's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its members in the order of declaration.
    pub params: &'static [ParamSpec],
}

impl ModelSpec {
    /// Creates the spec of a struct with these members.
    pub const fn new(name: &'static str, params: &'static [ParamSpec]) -> Self {
        Self { name, doc: "", params }
    }

    /// Sets the documentation.
    #[must_use]
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Returns the member with this wire name.
    pub fn param(&self, name: &str) -> Option<&'static ParamSpec> {
        self.params.iter().find(|param| param.name == name)
    }

    /// Returns the member with this field name, written without `r#`.
    pub const fn field(&self, name: &str) -> Option<&'static ParamSpec> {
        let (mut params, name) = (self.params, name.as_bytes());
        while let [param, rest @ ..] = params {
            if same(param.field.as_bytes(), name) {
                return Some(param);
            }
            params = rest;
        }
        None
    }

    /// Returns the members on a path of field names, such as `["result", "total_count"]`.
    ///
    /// Returns `None` if a step does not exist, or if a step before the last is not a struct.
    pub fn path(&self, fields: &[&str]) -> Option<Vec<&'static ParamSpec>> {
        let (first, rest) = fields.split_first()?;
        let param = self.field(first)?;
        let mut found = vec![param];
        if !rest.is_empty() {
            let Type::Model(nested) = param.ty else { return None };
            found.extend(nested.get().path(rest)?);
        }
        Some(found)
    }
}

/// A reference to the spec of a struct. It allows a struct to contain itself.
///
/// The macros use a function, the catalog a [`ModelCell`] that is filled on first use.
///
/// ```
/// use tc_spec::{ModelRef, ModelSpec, ParamSpec, Shape, Type};
///
/// fn tree() -> &'static ModelSpec {
///     const TREE: &ModelSpec = &ModelSpec::new("Tree", &[
///         ParamSpec::new("Children", "children", Type::Model(ModelRef::of(tree)), Shape::Many),
///     ]);
///     TREE
/// }
/// assert_eq!(ModelRef::of(tree).get().name, "Tree");
/// ```
#[derive(Clone, Copy)]
pub struct ModelRef(Source);

#[derive(Clone, Copy)]
enum Source {
    Function(fn() -> &'static ModelSpec),
    Cell(&'static ModelCell),
}

impl ModelRef {
    /// Creates a reference to the spec that the function returns.
    pub const fn of(model: fn() -> &'static ModelSpec) -> Self {
        Self(Source::Function(model))
    }

    /// Creates a reference to the spec in a cell.
    pub const fn cell(cell: &'static ModelCell) -> Self {
        Self(Source::Cell(cell))
    }

    /// Returns the spec.
    pub fn get(self) -> &'static ModelSpec {
        match self.0 {
            Source::Function(model) => model(),
            Source::Cell(cell) => cell.get(),
        }
    }
}

/// Shows only the name, because a struct may contain itself.
impl fmt::Debug for ModelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ModelRef({})", self.get().name)
    }
}

/// The spec of a struct that is built at run time, on first use.
///
/// `build` must not call [`get`](Self::get) of the same cell. Members refer to the cell with [`ModelRef::cell`].
///
/// ```
/// use std::sync::OnceLock;
/// use tc_spec::{ModelCell, ModelRef, ModelSpec, ParamSpec, Shape, Type};
///
/// static TREE: OnceLock<ModelCell> = OnceLock::new();
///
/// fn tree() -> &'static ModelCell {
///     TREE.get_or_init(|| ModelCell::new(|| {
///         let children = ParamSpec::new("Children", "children", Type::Model(ModelRef::cell(tree())), Shape::Many);
///         Box::leak(Box::new(ModelSpec::new("Tree", vec![children].leak())))
///     }))
/// }
/// let tree = ModelRef::cell(tree()).get();
/// assert!(matches!(tree.params[0].ty, Type::Model(child) if std::ptr::eq(child.get(), tree)));
/// ```
pub struct ModelCell {
    model: OnceLock<&'static ModelSpec>,
    build: Box<dyn Fn() -> &'static ModelSpec + Send + Sync>,
}

impl ModelCell {
    /// Creates a cell that `build` fills on first use.
    pub fn new(build: impl Fn() -> &'static ModelSpec + Send + Sync + 'static) -> Self {
        Self { model: OnceLock::new(), build: Box::new(build) }
    }

    /// Returns the spec. The first call builds it.
    pub fn get(&self) -> &'static ModelSpec {
        self.model.get_or_init(|| (self.build)())
    }
}

/// Shows the name of the spec, if it is built.
impl fmt::Debug for ModelCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ModelCell").field(&self.model.get().map(|model| model.name)).finish()
    }
}
