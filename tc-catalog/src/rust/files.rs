//! Writes actions as files: one for each action, one for each shared model, one for the error codes, and a root.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::names::{Names, struct_name};
use super::uses::{by_version, use_line};
use super::{Item, ItemKind, Paths, Texts, docs, header, reach, write};
use crate::{Action, CatalogError, Module};

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name in the folder.
    pub name: String,
    /// Its text, with the header.
    pub text: String,
}

/// What the root file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// A module: `mod.rs`.
    Module,
    /// A crate: `lib.rs`.
    Crate,
}

/// Options for writing files.
#[derive(Debug, Clone, Copy)]
pub struct FileOptions<'t> {
    /// The root file.
    pub root: Root,
    /// The command line that the headers name.
    pub command: &'t str,
    /// The sources of the catalog that the headers name.
    pub sources: &'t str,
    /// Texts for the documentation.
    pub texts: Option<&'t Texts>,
}

/// Lints that official names and the numbers of fields violate.
const ALLOWED: [&str; 4] = [
    "clippy::doc_markdown",
    "clippy::module_name_repetitions",
    "clippy::struct_excessive_bools",
    "clippy::struct_field_names",
];

/// Lints that Markdown made of official texts violates.
const ALLOWED_OF_TEXTS: [&str; 7] = [
    "clippy::doc_lazy_continuation",
    "clippy::doc_link_with_quotes",
    "clippy::doc_overindented_list_items",
    "rustdoc::bare_urls",
    "rustdoc::broken_intra_doc_links",
    "rustdoc::invalid_html_tags",
    "rustdoc::invalid_rust_codeblocks",
];

/// The files for `actions` of `module`, sorted by name, the root among them.
///
/// A model that only one action of the module uses is in the file of that action. A model that several use has its own file.
/// This does not depend on which actions are written.
///
/// ```
/// use tc_catalog::rust::{FileOptions, Root, files};
/// use tc_catalog::{Catalog, Site};
///
/// let catalog = Catalog::embedded()?;
/// let module = catalog.module(Site::China, "iai", None)?;
/// let options = FileOptions { root: Root::Module, command: "tcapi code iai", sources: catalog.sources(), texts: None };
/// let files = files(module, &[module.action("GetPersonGroupInfo")?], options)?;
/// let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
/// // Other actions of the module use PersonGroupInfo too.
/// assert_eq!(names, ["codes.rs", "get_person_group_info.rs", "mod.rs", "person_group_info.rs"]);
/// # Ok::<(), tc_catalog::CatalogError>(())
/// ```
///
/// # Errors
/// The error codes are damaged in the catalog.
pub fn files<'a>(
    module: Module<'a>,
    actions: &[Action<'a>],
    options: FileOptions<'_>,
) -> Result<Vec<SourceFile>, CatalogError> {
    let names = Names::of(module);
    let places = places(module, &names);
    let mut items_of: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for item in write(module, actions, Paths::Files, &names, options.texts) {
        if let Some(place) = places.get(&item.name) {
            items_of.entry(place).or_default().push(item);
        }
    }
    let head = |content: String| header::header(module, options.command, options.sources, &content) + &content;
    let mut written: Vec<SourceFile> = items_of
        .iter()
        .map(|(place, items)| SourceFile { name: format!("{place}.rs"), text: head(source(items)) })
        .collect();
    let codes = super::codes(module)?;
    if !codes.is_empty() {
        let text = format!("//! The documented error codes of {}.\n\n{codes}", docs::module(module));
        written.push(SourceFile { name: "codes.rs".to_owned(), text: head(text) });
    }
    let name = match options.root {
        Root::Module => "mod.rs",
        Root::Crate => "lib.rs",
    };
    let text = root(module, &items_of, !codes.is_empty(), options.texts.is_some());
    written.push(SourceFile { name: name.to_owned(), text: head(text) });
    written.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(written)
}

/// The source of `actions` of `module` as one file, without error codes.
pub fn one_file<'a>(module: Module<'a>, actions: &[Action<'a>], options: FileOptions<'_>) -> String {
    let items = write(module, actions, Paths::Files, &Names::of(module), options.texts);
    let content = source(&items);
    header::header(module, options.command, options.sources, &content) + &content
}

/// The file of every struct of the module, without `.rs`.
fn places(module: Module<'_>, names: &Names) -> BTreeMap<String, String> {
    let mut taken: BTreeSet<String> = ["mod", "lib", "main", "codes"].map(str::to_owned).into();
    let mut free = |name: &str| {
        let stem = tc_spec::names::field_name(name);
        let stem = stem.strip_prefix("r#").map_or_else(|| stem.clone(), |keyword| format!("{keyword}_"));
        let numbered = (2..).map(|number| format!("{}_{number}", stem.trim_end_matches('_')));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(stem);
        taken.insert(free.clone());
        free
    };
    let actions: Vec<Action<'_>> = module.actions().collect();
    let mut places = BTreeMap::new();
    let mut files = Vec::with_capacity(actions.len());
    for action in &actions {
        let file = free(&struct_name(action.name()));
        places.insert(struct_name(action.name()), file.clone());
        places.insert(names.response(*action).to_owned(), file.clone());
        files.push(file);
    }
    let mut models: Vec<(&str, Vec<usize>)> =
        reach::models(&actions).into_iter().map(|(object, used_by)| (names.model(object), used_by)).collect();
    models.sort_unstable();
    for (model, used_by) in models {
        let file = match used_by.as_slice() {
            [only] => files[*only].clone(),
            _ => free(model),
        };
        places.insert(model.to_owned(), file);
    }
    places
}

/// The items of a file, after the `use` lines that they need.
fn source(items: &[Item]) -> String {
    let here: BTreeSet<&str> = items.iter().map(|item| item.name.as_str()).collect();
    let others: BTreeSet<&str> = items
        .iter()
        .flat_map(|item| &item.uses)
        .map(String::as_str)
        .filter(|name| *name != "()" && !here.contains(name))
        .collect();
    let mut macros = Vec::new();
    if items.iter().any(|item| item.kind == ItemKind::Request) {
        macros.push("tc_action");
    }
    if items.iter().any(|item| item.kind != ItemKind::Request) {
        macros.push("tc_model");
    }
    let mut text = use_line("use", "tc_core", &macros);
    let others: Vec<&str> = others.into_iter().collect();
    if !others.is_empty() {
        text.push('\n');
        text.push_str(&use_line("use", "super", &others));
    }
    for item in items {
        text.push('\n');
        text.push_str(&item.text);
    }
    text
}

/// The root: every struct under its name.
fn root(module: Module<'_>, items_of: &BTreeMap<&str, Vec<Item>>, has_codes: bool, has_texts: bool) -> String {
    let mut text = format!("//! Actions of {}.\n\n", docs::module(module));
    let texts: &[&str] = if has_texts { &ALLOWED_OF_TEXTS } else { &[] };
    text.push_str("// Names and numbers of fields are those of the documentation. Deprecated actions stay usable.\n");
    text.push_str("#![allow(\n    deprecated,\n");
    for lint in ALLOWED.iter().chain(texts) {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "    {lint},");
    }
    text.truncate(text.len() - 2);
    text.push_str("\n)]\n\n");
    let mut modules: Vec<&str> = items_of.keys().copied().collect();
    if has_codes {
        modules.push("codes");
    }
    modules.sort_unstable();
    for name in &modules {
        let _ = writeln!(text, "{}mod {name};", if *name == "codes" { "pub " } else { "" });
    }
    text.push('\n');
    modules.sort_by(|one, other| by_version(one, other));
    for name in modules {
        let items: Vec<&str> = items_of.get(name).into_iter().flatten().map(|item| item.name.as_str()).collect();
        text.push_str(&use_line("pub use", name, &items));
    }
    text
}
