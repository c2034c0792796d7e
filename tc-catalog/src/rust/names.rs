//! The names of structs. They depend on the whole version of a service, not on which actions are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Action, Module, Object};

/// The names of a module's structs.
pub(super) struct Names {
    /// By the object's position.
    models: BTreeMap<usize, String>,
    responses: BTreeMap<usize, String>,
}

/// Names that the items themselves use, and names of the prelude that a struct would hide.
const TAKEN: [&str; 16] = [
    "Box", "Err", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec", "Default", "Error", "Clone",
    "Debug", "Drop", "Copy",
];

impl Names {
    pub(super) fn of(module: Module<'_>) -> Self {
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|&name| name.to_owned()).collect();
        taken.extend(module.actions().map(|action| struct_name(action.name())));
        let mut names = Self { models: BTreeMap::new(), responses: BTreeMap::new() };
        for action in module.actions() {
            let name = free(format!("{}Response", struct_name(action.name())), "Answer", &taken);
            taken.insert(name.clone());
            names.responses.insert(action.position(), name);
        }
        // Objects that keep their name come first, so that a changed name cannot take one of theirs.
        let mut objects: Vec<Object<'_>> = module.objects().collect();
        objects.sort_by_key(|object| struct_name(object.name()) != object.name());
        for object in objects {
            let name = free(struct_name(object.name()), "Model", &taken);
            taken.insert(name.clone());
            names.models.insert(object.position(), name);
        }
        names
    }

    /// The struct of the response.
    pub(super) fn response(&self, action: Action<'_>) -> &str {
        self.responses.get(&action.position()).map_or("", String::as_str)
    }

    /// The struct of an object that is nested in another.
    pub(super) fn model(&self, object: Object<'_>) -> &str {
        self.models.get(&object.position()).map_or("", String::as_str)
    }
}

/// `name`, or `name` with `suffix` and a number, if `taken` already has it.
fn free(name: String, suffix: &str, taken: &BTreeSet<String>) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let longer = name + suffix;
    let numbered = (2..).map(|number| format!("{longer}{number}"));
    std::iter::once(longer.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(longer)
}

/// The name as Rust writes the names of types: words begin with a capital, without `_` between them.
pub(super) fn struct_name(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    let mut begins = true;
    for letter in name.chars() {
        if !letter.is_ascii_alphanumeric() {
            begins = true;
        } else if begins {
            written.push(letter.to_ascii_uppercase());
            begins = false;
        } else {
            written.push(letter);
        }
    }
    if !written.starts_with(|first: char| first.is_ascii_uppercase()) {
        written.insert(0, 'T');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalog, Site};

    #[test]
    fn names_are_those_of_rust_types() {
        for (name, written) in [
            ("Filter", "Filter"),
            ("GetWsTokenReq_Label", "GetWsTokenReqLabel"),
            ("filter", "Filter"),
            ("3DModel", "T3DModel"),
            ("_", "T"),
        ] {
            assert_eq!(struct_name(name), written);
        }
    }

    #[test]
    fn no_two_structs_of_a_module_share_a_name() {
        let catalog = Catalog::embedded().unwrap();
        for service in ["cvm", "tke", "csip", "dnspod", "cdb", "iai", "wedata"] {
            let module = catalog.module(Site::China, service, None).unwrap();
            let names = Names::of(module);
            let actions = module.actions().map(|action| struct_name(action.name()));
            let all: Vec<String> =
                actions.chain(names.models.into_values()).chain(names.responses.into_values()).collect();
            let distinct: BTreeSet<&String> = all.iter().collect();
            assert_eq!(distinct.len(), all.len(), "{service}");
        }
    }
}
