//! The writer of Rust source: actions of the catalog as annotated structs.
//!
//! `tc_core::import!` and `tcapi code` write the same items. They differ in how the items name tc-core: the macro by
//! [`CRATE`], which it replaces by the path of the crate it was called through; files by a `use` at their top.

mod attributes;
mod codes;
mod docs;
mod files;
mod header;
mod item;
mod names;
mod reach;
mod uses;

pub use attributes::limits;
pub use codes::codes;
pub use files::{FileOptions, Root, SourceFile, files, one_file};
pub use header::{Written, written};
pub use item::{Item, ItemKind};

use std::collections::BTreeMap;

use crate::{Action, Module};
use names::Names;

/// The placeholder for the path of tc-core in the items for `import!`.
pub const CRATE: &str = "__tc_core";

/// How the items name tc-core and its macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paths {
    /// By [`CRATE`] everywhere. Nothing has to be imported.
    Placeholder,
    /// By `tc_action`, `tc_model` and `tc_core::…`: a file imports the macros.
    Files,
}

/// Texts for doc comments, in Markdown: a user's own copy of the official documentation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// By the action's name.
    pub actions: BTreeMap<String, String>,
    /// By the object's name.
    pub objects: BTreeMap<String, String>,
    /// By the names of object and member.
    pub members: BTreeMap<(String, String), String>,
}

/// The items of `actions` of `module`: for each action its request and its response, in the order given, then the models
/// that these contain, in the order of their names.
///
/// ```
/// use tc_catalog::rust::{Paths, items};
/// use tc_catalog::{Catalog, Site};
///
/// let module = Catalog::embedded()?.module(Site::China, "iai", None)?;
/// let items = items(module, &[module.action("GetPersonGroupInfo")?], Paths::Files);
/// let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
/// assert_eq!(names, ["GetPersonGroupInfo", "GetPersonGroupInfoResponse", "PersonGroupInfo"]);
/// assert!(items[0].text.contains("pub person_id: String,"));
/// # Ok::<(), tc_catalog::CatalogError>(())
/// ```
pub fn items<'a>(module: Module<'a>, actions: &[Action<'a>], paths: Paths) -> Vec<Item> {
    write(module, actions, paths, &Names::of(module), None)
}

/// The items, with these texts in their documentation.
fn write<'a>(
    module: Module<'a>,
    actions: &[Action<'a>],
    paths: Paths,
    names: &Names,
    texts: Option<&Texts>,
) -> Vec<Item> {
    let writer = item::Writer { module, names, paths, texts };
    let mut items = Vec::new();
    for action in actions {
        items.push(writer.request(*action));
        items.extend(writer.response(*action));
    }
    let models = reach::models(actions);
    items.extend(models.into_iter().map(|(object, used_by)| writer.model(object, used_by)));
    let end = items.iter().position(|item| item.kind == ItemKind::Model).unwrap_or(items.len());
    items[end..].sort_by(|one, other| one.name.cmp(&other.name));
    items
}
