//! The files that the builder writes: the data file and the dump.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::{api, directory};
use crate::build::{BuildError, build_file, dump};
use crate::{Catalog, Site};

/// The lines of a dump whose member is `Limit`.
fn dumped(catalog: &Catalog, site: Site, merged: bool) -> Vec<String> {
    let mut lines = Vec::new();
    dump(catalog, site, merged, &mut lines).unwrap();
    let text = String::from_utf8(lines).unwrap();
    text.lines().filter(|line| line.contains("\"Limit\"")).map(str::to_owned).collect()
}

#[test]
fn the_dump_has_the_own_limits_and_merged_ones_on_request() {
    let directory = directory("dump");
    let mut other = api();
    other["objects"]["ListAnimalsRequest"]["members"][0]["document"] = json!("The maximum value is 200.");
    directory.site("intl", &other, &json!({"actions": {}}));
    let catalog = directory.built().unwrap();
    let line = |lang: &str, range: &str, default: &str| {
        format!(
            "{{\"lang\":\"{lang}\",\"service\":\"zoo\",\"version\":\"v20200101\",\"object\":\"ListAnimalsRequest\",\
             \"member\":\"Limit\",\"type\":\"int\",\"member_type\":\"uint64\",\"required\":false,\"nullable\":false,\
             \"range\":{range},\"items\":null,\"length\":null,\"default\":{default},\"values\":null}}"
        )
    };
    assert_eq!(dumped(&catalog, Site::China, false), [line("cn", "[null,100]", "20")]);
    assert_eq!(dumped(&catalog, Site::China, true), [line("cn", "[null,200]", "20")]);
    assert_eq!(dumped(&catalog, Site::International, false), [line("en", "[null,200]", "null")]);
    assert_eq!(dumped(&catalog, Site::International, true), [line("en", "[null,200]", "20")]);
}

#[test]
fn a_new_file_is_written_whole_and_its_changes_are_reported() {
    let directory = directory("changes");
    let out = directory.0.join("out.bin");
    let mut steps = Vec::new();
    let report =
        build_file(&directory.packages(), &out, false, &mut |step| steps.push((step.done, step.total))).unwrap();
    assert_eq!((report.actions, report.modules, report.changes), (4, 2, None));
    assert_eq!(steps, [(1, 1)]);

    let mut api = api();
    api["objects"]["ListAnimalsRequest"]["members"][0]["document"] = json!("最大值为200。");
    let feed = api["actions"]["FeedAnimal"].take();
    api["actions"].as_object_mut().unwrap().remove("FeedAnimal");
    api["actions"]["WashAnimal"] = feed;
    for site in ["cn", "intl"] {
        directory.site(site, &api, &json!({"actions": {}}));
    }
    let report = build_file(&directory.packages(), &out, false, &mut |_| {}).unwrap();
    assert_eq!(
        report.changes.unwrap().to_string(),
        "+ china zoo 2020-01-01 WashAnimal\n\
         + international zoo 2020-01-01 WashAnimal\n\
         - china zoo 2020-01-01 FeedAnimal\n\
         - international zoo 2020-01-01 FeedAnimal\n\
         ~ china zoo 2020-01-01 ListAnimalsRequest.Limit: range ..=100, default 20 -> range ..=200\n\
         ~ international zoo 2020-01-01 ListAnimalsRequest.Limit: range ..=100, default 20 -> range ..=200\n"
    );
    let left: Vec<_> = fs::read_dir(&directory.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new")), "{left:?}");
    assert!(build_file(&directory.packages(), &out, false, &mut |_| {}).unwrap().changes.unwrap().is_empty());
}

#[test]
fn a_file_that_is_not_a_catalog_is_overwritten_only_with_force() {
    let directory = directory("foreign");
    let out = directory.0.join("notes.txt");
    fs::write(&out, "do not lose me").unwrap();
    let refuse = |out: &Path, force| build_file(&directory.packages(), out, force, &mut |_| {});
    let error = refuse(&out, false).unwrap_err();
    assert!(matches!(error, BuildError::NotOurs { .. }) && error.to_string().contains("--force"), "{error}");
    assert_eq!(fs::read_to_string(&out).unwrap(), "do not lose me");
    assert!(refuse(&out, true).is_ok());
    assert!(Catalog::from_bytes(fs::read(&out).unwrap()).is_ok());
    // A damaged catalog is replaced, without a comparison.
    fs::write(&out, &fs::read(&out).unwrap()[..100]).unwrap();
    assert!(refuse(&out, false).unwrap().changes.is_none());
}

#[test]
fn the_error_names_a_path_that_cannot_be_written() {
    let directory = directory("nowhere");
    let error =
        build_file(&directory.packages(), &directory.0.join("no/such/out.bin"), false, &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("no/such/out.bin"), "{error}");
}
