//! `tcapi code`: files written, formatted, compared, protected and documented.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::support::{Run, tcapi};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tcapi-code-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// Every file below, by its path.
    fn files(&self, below: &str) -> BTreeMap<String, String> {
        fn walk(root: &Path, at: &Path, found: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(root, &path, found);
                } else {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    found.insert(name, fs::read_to_string(&path).unwrap());
                }
            }
        }
        let mut found = BTreeMap::new();
        let root = self.0.join(below);
        walk(&root, &root, &mut found);
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `tcapi code` with these words, which succeeds.
#[track_caller]
fn written(words: &[&str]) -> Run {
    let run = tcapi(&[&["code"], words].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    run
}

#[test]
fn every_file_is_formatted_as_rustfmt_does() {
    let folder = Folder::new("format");
    // Long lists of imports, long names of error codes, numbers in names, keywords, recursion.
    for (service, site) in
        [("cls", "china"), ("vod", "china"), ("teo", "international"), ("tione", "china"), ("faceid", "international")]
    {
        let out = folder.path(service);
        written(&[service, "--site", site, "--crate", &out]);
        let checked = Command::new("rustfmt")
            .args(["--edition", "2024", "--check", &format!("{out}/src/lib.rs")])
            .output()
            .unwrap();
        assert!(checked.status.success(), "{service}: {}", String::from_utf8_lossy(&checked.stdout));
    }
}

#[test]
fn the_same_command_writes_the_same_files() {
    let folder = Folder::new("same");
    let run = written(&["iai", "--out", &folder.path("one")]);
    assert!(run.out.contains("35 actions in 45 files"), "{}", run.out);
    written(&["iai", "--out", &folder.path("other")]);
    let files = folder.files("one");
    assert_eq!(files, folder.files("other"));
    let root = &files["mod.rs"];
    assert!(root.contains("pub use get_person_group_info::{GetPersonGroupInfo, GetPersonGroupInfoResponse"), "{root}");
    assert!(root.starts_with(
        "// Actions of iai, version 2020-03-03, china site.\n// Written by `tcapi code iai --out DIR` from tccli "
    ));
    assert!(files["codes.rs"].contains("pub const FAILED_OPERATION_IMAGE_DECODE_FAILED"));
    // A model of several actions has its own file, also if one of the actions is asked for.
    written(&["iai", "CreatePerson", "--out", &folder.path("few")]);
    let few = folder.files("few");
    let names: Vec<&str> = few.keys().map(String::as_str).collect();
    assert_eq!(names, ["codes.rs", "create_person.rs", "face_rect.rs", "mod.rs", "person_ex_description_info.rs"]);
    let body = |text: &str| text.split_once("\n\n").unwrap().1.to_owned();
    assert_eq!(body(&few["create_person.rs"]), body(&files["create_person.rs"]));
}

#[test]
fn a_crate_has_a_manifest_that_stays_the_users() {
    let folder = Folder::new("crate");
    let path = folder.path("my-cvm");
    written(&["cvm", "DescribeZones", "--crate", &path]);
    let manifest = folder.0.join("my-cvm/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("name = \"my-cvm\"") && text.contains("tc-core = { version = "), "{text}");
    fs::write(&manifest, text + "# mine\n").unwrap();
    written(&["cvm", "DescribeZones", "DescribeRegions", "--crate", &path]);
    assert!(fs::read_to_string(&manifest).unwrap().ends_with("# mine\n"));
    assert!(folder.0.join("my-cvm/src/describe_regions.rs").is_file());
}

#[test]
fn without_a_folder_the_structs_are_printed() {
    let run = written(&["cvm", "DescribeZones", "--site", "international"]);
    assert!(run.out.contains("pub struct DescribeZones") && run.out.contains("pub struct ZoneInfo"), "{}", run.out);
    assert!(run.out.contains("Written by `tcapi code cvm DescribeZones --site international` from"), "{}", run.out);
}

#[test]
fn a_check_tells_edits_from_changed_facts() {
    let folder = Folder::new("check");
    let out = folder.path("iai");
    written(&["iai", "CreatePerson", "GetPersonGroupInfo", "--out", &out]);
    let check = |actions: &[&str]| tcapi(&[&["code", "iai"], actions, &["--out", &out, "--check"]].concat());
    let run = check(&["CreatePerson", "GetPersonGroupInfo"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    // The ends of lines are those of the checkout.
    let file = |name: &str| folder.0.join("iai").join(name);
    let replace = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(file(name)).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(file(name), text.replace(from, to)).unwrap();
    };
    replace("codes.rs", "\n", "\r\n");
    assert_eq!(check(&["CreatePerson", "GetPersonGroupInfo"]).code, 0);

    replace("create_person.rs", "pub group_id: String", "pub group_id: MyId");
    fs::remove_file(file("face_rect.rs")).unwrap();
    fs::write(file("person_ex_description_info.rs"), "// mine\n").unwrap();
    fs::write(file("notes.rs"), "// not a file of the command, and none that it writes\n").unwrap();
    let run = check(&["CreatePerson"]);
    let lines: Vec<String> = run.out.lines().map(|line| line.replace(&format!("{out}/"), "")).collect();
    assert_eq!(
        lines,
        [
            "create_person.rs: edited by hand",
            "face_rect.rs: missing",
            "get_person_group_info.rs: no longer needed",
            "mod.rs: facts changed",
            "person_ex_description_info.rs: not written by this command",
            "person_group_info.rs: no longer needed",
        ]
    );
    assert!(run.code == 255 && run.err.contains("1 edited by hand, 1 with changed facts"), "{}", run.err);
}

#[test]
fn what_was_not_written_by_the_command_is_kept_unless_forced() {
    let folder = Folder::new("force");
    let out = folder.path("iai");
    fs::create_dir_all(&out).unwrap();
    fs::write(folder.0.join("iai/mod.rs"), "mod mine;\n").unwrap();
    let words = ["code", "iai", "CreatePerson", "--out", &out];
    let run = tcapi(&words);
    assert!(run.code == 252 && run.err.contains("mod.rs is not written by this command"), "{}", run.err);
    assert!(run.err.contains("--force"), "{}", run.err);
    assert_eq!(folder.files("iai").len(), 1, "nothing was written");
    assert_eq!(tcapi(&[&words[..], &["--force"]].concat()).code, 0);
    assert_eq!(tcapi(&words).code, 0, "it may be written again");

    // An edited file is kept; so are the files of another service.
    let edited = folder.0.join("iai/create_person.rs");
    let text = fs::read_to_string(&edited).unwrap();
    fs::write(&edited, format!("{text}// mine\n")).unwrap();
    let run = tcapi(&words);
    assert!(run.code == 252 && run.err.contains("create_person.rs is edited by hand"), "{}", run.err);
    assert!(fs::read_to_string(&edited).unwrap().ends_with("// mine\n"));
    let run = tcapi(&["code", "cvm", "DescribeZones", "--out", &out]);
    assert!(run.code == 252 && run.err.contains("mod.rs is not written by this command"), "{}", run.err);

    // What is no longer needed goes, unless it was edited.
    assert_eq!(tcapi(&["code", "iai", "GetGroupList", "--out", &out, "--force"]).code, 0);
    let left = folder.files("iai");
    assert!(left.contains_key("create_person.rs") && !left.contains_key("face_rect.rs"), "{left:?}");
}

#[test]
fn a_failure_leaves_the_folder_as_it_was() {
    let folder = Folder::new("whole");
    let out = folder.path("iai");
    fs::create_dir_all(folder.0.join("iai/mod.rs")).unwrap();
    let run = tcapi(&["code", "iai", "CreatePerson", "--out", &out, "--force"]);
    assert_eq!(run.code, 255, "{}", run.err);
    assert!(run.err.contains("mod.rs"), "{}", run.err);
    assert_eq!(folder.files("iai"), BTreeMap::new());
    fs::write(folder.0.join("file"), "").unwrap();
    let run = tcapi(&["code", "iai", "CreatePerson", "--out", &folder.path("file")]);
    assert!(run.code == 255 && !run.err.contains("panicked"), "{}", run.err);
}

#[test]
fn official_texts_become_doc_comments() {
    let folder = Folder::new("docs");
    let api = json!({
        "metadata": {"apiVersion": "2020-03-03", "serviceShortName": "iai"},
        "actions": {"GetGroupList": {"document": "<p>Lists <b>groups</b>.</p><a href=\"/document/1\">More</a>"}},
        "objects": {
            "GetGroupListRequest": {"members": [{"name": "Limit", "document": "    At most <n>.\n\n```\nfn main(){\n```"}]},
            "GroupInfo": {"document": "A group.", "members": []},
        },
    });
    let path = folder.0.join("package/tccli/services/iai/v20200303/api.json");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, api.to_string()).unwrap();
    let out = folder.path("iai");
    let words = ["iai", "GetGroupList", "--out", &out, "--docs", &folder.path("package")];
    written(&words);
    let text = &folder.files("iai")["get_group_list.rs"];
    for part in [
        "/// Lists **groups**.\n///\n/// [More](https://cloud.tencent.com/document/1)\n",
        "    /// At most \\<n>.\n    ///\n    /// ```text\n    /// fn main(){\n    /// ```\n",
        "///\n/// A group.\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let checked =
        Command::new("rustfmt").args(["--edition", "2024", "--check", &format!("{out}/mod.rs")]).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    // Without the texts, the comments are those of the facts.
    let run = tcapi(&["code", "iai", "GetGroupList", "--out", &out, "--check"]);
    assert!(run.code == 255 && run.out.contains("get_group_list.rs: facts changed"), "{}", run.out);

    let run = tcapi(&["code", "cvm", "--out", &out, "--docs", &folder.path("package")]);
    assert!(
        run.code == 255 && run.err.contains("does not contain tccli/services/cvm/v20170312/api.json"),
        "{}",
        run.err
    );
    fs::write(&path, "{").unwrap();
    let run = tcapi(&[&["code"], &words[..]].concat());
    assert!(run.code == 255 && run.err.contains("api.json"), "{}", run.err);
}

#[test]
fn what_is_not_there_is_one_clear_error() {
    let folder = Folder::new("errors");
    let out = folder.path("x");
    for (words, part) in [
        (&["code", "nothere", "--out", &out][..], "there is no service `nothere`"),
        (&["code", "iai", "GetGroupLst", "--out", &out], "did you mean `GetGroupList`"),
        (&["code", "iai", "DescribeInstances", "--out", &out], "is in "),
        (&["code", "iai", "--version", "2001-01-01", "--out", &out], "2020-03-03"),
        (&["code", "iai", "--site", "mars", "--out", &out], "china"),
        (&["code", "iai", "--check"], "--out DIR"),
        (&["code", "iai", "--out", &out, "--crate", &out], "--crate"),
        (&["code"], "<SERVICE>"),
    ] {
        let run = tcapi(words);
        assert!(run.code == 252 && run.err.contains(part), "{words:?}: {} {}", run.code, run.err);
    }
    assert!(!folder.0.join("x").exists());
}
