//! Compares the public API of the libraries with the lists in `tests/architecture/api/`, so that a diff shows each change.
//!
//! `TC_RECORD=1 cargo test -p tc-tests --test suite architecture::api` writes the lists again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value as Json};
use tc_tests::record;

use super::rustdoc::{array, json, root, text};

#[test]
fn the_public_api_of_tc_spec_is_as_recorded() {
    check("tc-spec");
}

#[test]
fn the_public_api_of_tc_core_is_as_recorded() {
    check("tc-core");
}

#[test]
fn the_public_api_of_tc_apis_is_as_recorded() {
    check("tc-apis");
}

#[test]
fn the_public_api_of_tc_redis_is_as_recorded() {
    check("tc-redis");
}

#[track_caller]
fn check(package: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("architecture/api").join(package).with_extension("txt");
    record::recorded(kept, &listing(&json(package)));
}

/// One line for each public item: its signature, and the feature without which it does not exist.
///
/// An impl of a trait has its line and its associated types; the methods are those of the trait. `Send`, `Sync` and `Unpin`
/// are listed where a type does not implement them, or only under a condition.
fn listing(path: &Path) -> String {
    let api = public_api::Builder::from_rustdoc_json(path).omit_blanket_impls(true).build().expect("rustdoc's JSON");
    let document = fs::read(path).expect("rustdoc's JSON");
    let document: Json = serde_json::from_slice(&document).expect("rustdoc's JSON");
    let features = Features::of(document["index"].as_object().expect("an index"));
    let mut lines = Vec::new();
    for item in api.items() {
        let line = item.to_string();
        let parent = item.parent_id().map(|id| id.0.to_string());
        let of_impl = parent.as_ref().is_some_and(|parent| !features.index[parent]["inner"]["impl"]["trait"].is_null());
        if (of_impl && !line.starts_with("pub type ")) || is_implied(&line) {
            continue;
        }
        let mut needed = features.of_item(&item.id().0.to_string());
        needed.extend(parent.iter().flat_map(|parent| features.of_item(parent)));
        let prefixes: Vec<String> = needed.iter().map(|feature| format!("#[cfg(feature = {feature:?})] ")).collect();
        lines.push(prefixes.concat() + &line + "\n");
    }
    lines.concat()
}

/// Whether the line is an impl of an automatic trait that every usual type has, or what `derive(PartialEq)` adds.
fn is_implied(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("impl") else { return false };
    let automatic = |name: &str| rest.contains(&format!("core::{name} for "));
    let promised = ["marker::Send", "marker::Sync", "marker::Unpin"].into_iter().any(automatic);
    automatic("marker::StructuralPartialEq")
        || automatic("marker::Freeze")
        || automatic("marker::UnsafeUnpin")
        || automatic("panic::unwind_safe::RefUnwindSafe")
        || automatic("panic::unwind_safe::UnwindSafe")
        || (promised && !rest.contains('!') && !rest.contains(" where "))
}

/// Finds the features that an item needs: in its own `#[cfg]`, in that of its re-export, and in those of its modules.
struct Features<'a> {
    index: &'a Map<String, Json>,
    /// The features in the `#[cfg]` of re-exports, by the item that is re-exported.
    exports: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Features<'a> {
    fn of(index: &'a Map<String, Json>) -> Self {
        let mut exports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for item in index.values() {
            if let Some(target) = item["inner"]["use"]["id"].as_u64() {
                exports.entry(target.to_string()).or_default().extend(attributes(item));
            }
        }
        Self { index, exports }
    }

    fn of_item(&self, id: &str) -> BTreeSet<String> {
        let Some(item) = self.index.get(id) else { return BTreeSet::new() };
        let mut found: BTreeSet<String> = attributes(item).collect();
        found.extend(self.exports.get(id).into_iter().flatten().cloned());
        found.extend(of_file(Path::new(text(&item["span"]["filename"]))));
        found
    }
}

/// The features in the `#[cfg]` attributes of an item, which rustdoc writes as `CfgTrace`.
fn attributes(item: &Json) -> impl Iterator<Item = String> {
    let traces = array(&item["attrs"])
        .filter_map(|attribute| attribute["other"].as_str())
        .filter(|text| text.contains("CfgTrace("));
    traces
        .flat_map(|text| text.split("value: Some(\"").skip(1))
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
}

/// The features in the `#[cfg]` attributes of the `mod` lines that lead to a source file.
///
/// Private modules are not in rustdoc's JSON. `file` is relative to the folder of the workspace.
fn of_file(file: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut module = file.with_extension("");
    while let (Some(name), Some(folder)) = (module.file_name(), module.parent()) {
        let name = name.to_string_lossy();
        if name != "mod" && name != "lib" {
            let declares = ["mod.rs", "lib.rs"].map(|parent| fs::read_to_string(root().join(folder).join(parent)));
            let line = |line: &str| {
                line.trim_start_matches("pub ")
                    .strip_prefix("mod ")
                    .is_some_and(|rest| rest.trim_end_matches([';', ' ', '{']) == name)
            };
            for text in declares.iter().flatten() {
                let lines: Vec<&str> = text.lines().collect();
                let attribute = lines.iter().position(|text| line(text)).and_then(|at| lines.get(at.checked_sub(1)?));
                let feature = attribute.and_then(|line| line.strip_prefix("#[cfg(feature = \"")?.split_once('"'));
                found.extend(feature.map(|(feature, _)| feature.to_owned()));
            }
        }
        if folder.ends_with("src") {
            break;
        }
        module = folder.to_owned();
    }
    found
}
