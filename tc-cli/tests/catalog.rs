//! `tcapi catalog`: a small package built, replaced and refused, and the limits that are printed.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{Run, tcapi};

/// A directory with three unpacked packages, removed at the end.
struct Packages(PathBuf);

impl Packages {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tcapi-catalog-{}-{name}", std::process::id()));
        let packages = Self(path);
        for site in ["cn", "intl"] {
            packages
                .write(&format!("{site}/tccli/services/__init__.py"), "SERVICE_VERSIONS = {\"zoo\": [\"2020-01-01\"]}");
            packages.site(site, "ListAnimals", "最大值为100。");
        }
        packages.write("sdk/tencentcloud/zoo/v20200101/errorcodes.py", "A = 'FailedOperation'\n");
        packages
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The metadata of a site with one action, whose parameter `Limit` is described so.
    fn site(&self, site: &str, action: &str, document: &str) {
        let member = |name: &str, form: &str, ty: &str, document: &str| json!({"name": name, "type": form, "member": ty, "document": document});
        let api = json!({
            "metadata": {"apiVersion": "2020-01-01", "serviceShortName": "zoo"},
            "actions": {action: {"document": "", "input": "ListRequest", "output": "ListResponse", "status": "online"}},
            "objects": {
                "ListResponse": {"members": [member("RequestId", "string", "string", "")]},
                "ListRequest": {"members": [member("Limit", "int", "uint64", document)]},
            },
        });
        self.write(&format!("{site}/tccli/services/zoo/v20200101/api.json"), &api.to_string());
    }

    fn build(&self, out: &Path, more: &[&str]) -> Run {
        let path = |name: &str| self.0.join(name).display().to_string();
        let (china, international, errors) = (path("cn"), path("intl"), path("sdk"));
        let out = out.display().to_string();
        let words = [
            "catalog",
            "build",
            "--china",
            &china,
            "--international",
            &international,
            "--errors",
            &errors,
            "--out",
            &out,
        ];
        tcapi(&[&words, more].concat())
    }
}

impl Drop for Packages {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_catalog_is_built_and_says_what_it_changes() {
    let packages = Packages::new("changes");
    let out = packages.0.join("catalog.bin");
    let run = packages.build(&out, &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "only data, without a terminal");
    assert!(
        run.out.contains("no catalog to compare with") && run.out.contains("2 actions in 2 modules"),
        "{}",
        run.out
    );

    packages.site("cn", "ListPlants", "最大值为200。");
    let run = packages.build(&out, &[]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "+ china zoo 2020-01-01 ListPlants",
            "- china zoo 2020-01-01 ListAnimals",
            // Of both sites, the wider limit counts.
            "~ china zoo 2020-01-01 ListRequest.Limit: range ..=100 -> range ..=200",
        ],
        "{}",
        run.out
    );
    assert!(packages.build(&out, &[]).out.starts_with("no action and no limit changed"));
}

#[test]
fn what_cannot_be_built_is_one_clear_error_and_writes_nothing() {
    let packages = Packages::new("refused");
    let notes = packages.0.join("notes.txt");
    fs::write(&notes, "mine").unwrap();
    let run = packages.build(&notes, &[]);
    assert_eq!((run.code, run.out.as_str()), (252, ""), "{}", run.err);
    assert!(run.err.contains("is not a catalog file") && run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(&notes).unwrap(), "mine");
    assert_eq!(packages.build(&notes, &["--force"]).code, 0);

    let out = packages.0.join("new.bin");
    packages.write("intl/tccli/services/zoo/v20200101/api.json", "{\"metadata\": {}}");
    let run = packages.build(&out, &[]);
    assert!(run.code == 255 && run.err.contains("api.json: it has no text `apiVersion`"), "{} {}", run.code, run.err);
    fs::remove_dir_all(packages.0.join("intl")).unwrap();
    let run = packages.build(&out, &[]);
    assert!(run.code == 255 && run.err.contains("does not contain tccli/services"), "{} {}", run.code, run.err);
    assert!(!out.exists());
    assert_eq!(tcapi(&["catalog", "build", "--china", "x"]).code, 252);
}

#[test]
fn the_limits_of_every_parameter_are_printed() {
    const KEYS: [&str; 14] = [
        "lang",
        "service",
        "version",
        "object",
        "member",
        "type",
        "member_type",
        "required",
        "nullable",
        "range",
        "items",
        "length",
        "default",
        "values",
    ];
    let run = tcapi(&["catalog", "dump", "--site", "international", "--merged"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.lines().count() > 50_000, "{}", run.out.lines().count());
    for line in run.out.lines().step_by(1_000) {
        let line: Value = serde_json::from_str(line).unwrap();
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(keys, KEYS);
        assert_eq!(line["lang"], "en");
    }
    let limit = run.out.lines().find(|line| {
        line.contains("\"mps\"") && line.contains("\"DescribePersonSamplesRequest\",\"member\":\"Limit\"")
    });
    let limit: Value = serde_json::from_str(limit.unwrap()).unwrap();
    assert_eq!(
        (&limit["version"], &limit["range"], &limit["default"]),
        (&json!("v20190612"), &json!([null, 100]), &json!(100))
    );
    let run = tcapi(&["catalog", "dump", "--site", "mars"]);
    assert!(run.code == 252 && run.err.contains("china"), "{}", run.err);
}
