//! Each action of tc-apis has its tests here, and a line in the documentation of the crate.

use std::fs;
use std::path::{Path, PathBuf};

/// The source files below `folder`.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The path of each action, as a program writes it: `mps::DescribePersonSamples`.
fn actions(source: &Path) -> Vec<String> {
    let (mut paths, mut found) = (Vec::new(), Vec::new());
    files(source, &mut paths);
    for path in paths {
        let service = path.strip_prefix(source).expect("below src").iter().next().and_then(|name| name.to_str());
        let file = syn::parse_file(&fs::read_to_string(&path).expect("a source file")).expect("Rust");
        for item in file.items {
            if let syn::Item::Struct(item) = item
                && item.attrs.iter().any(|attribute| attribute.path().is_ident("tc_action"))
            {
                found.push(format!("{}::{}", service.expect("a service"), item.ident));
            }
        }
    }
    found
}

#[test]
fn every_action_has_an_exact_request_an_example_response_and_a_line_in_the_documentation() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tc-apis/src");
    let actions = actions(&source);
    assert!(actions.contains(&"mps::DescribePersonSamples".to_owned()), "{actions:?}");
    let crate_root = fs::read_to_string(source.join("lib.rs")).expect("lib.rs");
    let mut missing = Vec::new();
    for action in actions {
        let name = action.rsplit("::").next().expect("a name");
        for (place, text, expected) in [
            ("tests/wire/requests.rs", include_str!("requests.rs"), format!("{name}::new(")),
            ("tests/wire/answers.rs", include_str!("answers.rs"), format!("Response::<{name}Response>::decode")),
            ("tc-apis/src/lib.rs", crate_root.as_str(), format!("[`{action}`]")),
        ] {
            if !text.contains(&expected) {
                missing.push(format!("`{expected}` is missing in {place}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
