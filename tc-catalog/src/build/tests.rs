//! Builds small packages and reads the result; also damaged and changed ones.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{BuildError, Packages, build, build_file, dump};
use crate::{Catalog, PageForm, ScalarRef, Site, Status, Type};

/// A directory that is removed at the end of the test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tc-catalog-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn site(&self, site: &str, api: &Value, examples: &Value) {
        let services = format!("{site}/tccli/services");
        self.write(&format!("{services}/__init__.py"), "SERVICE_VERSIONS = {\n \"zoo\": [\n  \"2020-01-01\"\n ]\n}\n");
        self.write(&format!("{services}/zoo/v20200101/api.json"), &api.to_string());
        self.write(&format!("{services}/zoo/v20200101/examples.json"), &examples.to_string());
        let package = if site == "cn" { "tccli" } else { "tccli-intl-en" };
        self.write(&format!("{site}/{package}.dist-info/METADATA"), &format!("Name: {package}\nVersion: 3.1\n"));
    }

    fn packages(&self) -> Packages {
        Packages { china: self.0.join("cn"), international: self.0.join("intl"), errors: self.0.join("sdk") }
    }

    fn built(&self) -> Result<Catalog, BuildError> {
        build(&self.packages(), &mut |_| {}).map(|built| Catalog::from_bytes(built.bytes).unwrap())
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn member(name: &str, form: &str, ty: &str, document: &str) -> Value {
    json!({"name": name, "type": form, "member": ty, "document": document, "required": false})
}

fn api() -> Value {
    json!({
        "version": "1.0",
        "metadata": {"apiVersion": "2020-01-01", "serviceShortName": "zoos"},
        "actions": {
            "ListAnimals": {"name": "", "document": "默认接口请求频率限制：20次/秒。", "status": "deprecated",
                            "input": "ListAnimalsRequest", "output": "ListAnimalsResponse"},
            "FeedAnimal": {"name": "", "document": "", "input": "FeedAnimalRequest", "output": "EmptyResponse", "skip_sign": true},
        },
        "objects": {
            "ListAnimalsRequest": {"members": [
                member("Limit", "int", "uint64", "默认值为20，最大值为100。"),
                member("Offset", "int", "uint64", "默认值为0。"),
                member("Password", "string", "string", ""),
            ]},
            "ListAnimalsResponse": {"members": [
                member("TotalCount", "int", "int64", ""),
                {"name": "Animals", "type": "list", "member": "Animal", "document": "", "value_allowed_null": true},
                member("RequestId", "string", "string", "请求ID"),
            ]},
            "FeedAnimalRequest": {"members": [
                {"name": "Animal", "type": "object", "member": "Animal", "document": "", "required": 1, "disabled": true},
            ]},
            "EmptyResponse": {"members": [member("RequestId", "string", "string", "X-TC-RequestId")]},
            "Animal": {"members": [
                member("Kind", "string", "string", "取值范围：CAT、DOG。"),
                member("Born", "string", "date", ""),
                member("Fed", "string", "datetime_iso", ""),
                member("Parent", "object", "Animal", ""),
                member("Children", "list", "Animal", ""),
            ]},
        },
    })
}

fn directory(name: &str) -> Directory {
    let directory = Directory::new(name);
    directory.site("cn", &api(), &json!({"actions": {}}));
    directory.site("intl", &api(), &json!({"actions": {}}));
    let codes =
        "# -*- coding: utf8 -*-\n\n# a comment = 'with a quote'\nB = 'LimitExceeded.Food'\nA = 'FailedOperation'\n";
    directory.write("sdk/tencentcloud/zoo/v20200101/errorcodes.py", codes);
    directory.write("sdk/tencentcloud_sdk_python.dist-info/METADATA", "Name: tencentcloud-sdk-python\nVersion: 3.2\n");
    directory
}

#[test]
fn declared_metadata_is_read_back() {
    let catalog = directory("declared").built().unwrap();
    assert_eq!(catalog.sources(), "tccli 3.1, tccli-intl-en 3.1, tencentcloud-sdk-python 3.2");
    let module = catalog.module(Site::China, "zoos", None).unwrap();
    assert_eq!((module.service().name(), module.version()), ("zoo", "2020-01-01"));
    assert_eq!(module.error_codes().unwrap().collect::<Vec<_>>(), ["FailedOperation", "LimitExceeded.Food"]);

    let list = module.action("ListAnimals").unwrap();
    assert_eq!(
        (list.status(), list.rate(), list.skips_signature(), list.is_streaming()),
        (Status::Deprecated, Some(20), false, false)
    );
    let page = list.page().unwrap();
    assert_eq!(page.form, PageForm::Offset { offset: "Offset", limit: "Limit" });
    assert_eq!((page.total, page.items), (Some("TotalCount"), Some("Animals")));
    let limit = list.request().member("Limit").unwrap();
    assert_eq!(limit.limits().range(), Some((None, Some(100.into()))));
    assert_eq!(limit.limits().default_value(), Some(ScalarRef::Number(20.into())));
    assert!(list.request().member("Password").unwrap().is_sensitive());
    assert!(list.response().member("Animals").unwrap().is_nullable());

    let feed = module.action("FeedAnimal").unwrap();
    assert_eq!(
        (feed.status(), feed.rate(), feed.skips_signature(), feed.is_streaming()),
        (Status::Online, None, true, true)
    );
    let animal = feed.request().member("Animal").unwrap();
    assert!(animal.is_required() && animal.is_deprecated() && !animal.is_boxed());
    let Type::Object(object) = animal.ty() else { panic!("Animal is not an object") };
    let types: Vec<String> = object.members().map(|member| member.ty().to_string()).collect();
    assert_eq!(types, ["string", "date", "datetime_iso", "Animal", "Animal"]);
    let boxed: Vec<bool> = object.members().map(crate::Member::is_boxed).collect();
    assert_eq!(boxed, [false, false, false, true, false]);
    let kinds: Vec<_> = object.member("Kind").unwrap().limits().values().unwrap().collect();
    assert_eq!(kinds, [ScalarRef::Text("CAT"), ScalarRef::Text("DOG")]);
}

#[test]
fn the_same_packages_give_the_same_bytes() {
    let directory = directory("same");
    let [first, second] = [(), ()].map(|()| build(&directory.packages(), &mut |_| {}).unwrap().bytes);
    assert_eq!(first, second);
}

#[test]
fn the_directory_inside_a_package_is_accepted() {
    let directory = directory("inside");
    let mut packages = directory.packages();
    packages.china.push("tccli/services");
    packages.international.push("tccli");
    packages.errors.push("tencentcloud");
    let built = build(&packages, &mut |_| {}).unwrap();
    assert_eq!(built.bytes, build(&directory.packages(), &mut |_| {}).unwrap().bytes);
}

#[test]
fn the_error_names_a_missing_package() {
    let directory = directory("absent");
    let missing = Directory::new("empty");
    for replace in [0, 1, 2] {
        let mut packages = directory.packages();
        *[&mut packages.china, &mut packages.international, &mut packages.errors][replace] = missing.0.clone();
        let error = build(&packages, &mut |_| {}).unwrap_err();
        let message = error.to_string();
        assert!(
            matches!(error, BuildError::NotThere { .. })
                && message.contains("does not contain tc") | message.contains("does not contain tencentcloud/"),
            "{message}"
        );
    }
    fs::remove_file(directory.0.join("cn/tccli/services/zoo/v20200101/api.json")).unwrap();
    assert!(directory.built().unwrap_err().to_string().contains("does not contain"));
}

#[track_caller]
fn error_of(name: &str, change: impl Fn(&mut Value)) -> String {
    let directory = directory(name);
    let mut api = api();
    change(&mut api);
    directory.site("cn", &api, &json!({"actions": {}}));
    let out = directory.0.join("out.bin");
    let error = build_file(&directory.packages(), &out, false, &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("api.json: ") && !out.exists(), "{error}");
    error
}

#[test]
fn the_error_of_unexpected_metadata_names_the_place() {
    let cases: [(&str, fn(&mut Value), &str); 9] = [
        ("version", |api| api["metadata"]["apiVersion"] = json!("2020-01-02"), "declares version 2020-01-02"),
        (
            "object",
            |api| api["objects"]["Animal"]["members"][3]["member"] = json!("Plant"),
            "Animal: Parent: there is no object Plant",
        ),
        (
            "type",
            |api| api["objects"]["Animal"]["members"][0]["type"] = json!("int"),
            "Animal: Kind: the type int of string is unknown",
        ),
        ("input", |api| api["actions"]["FeedAnimal"]["input"] = json!("Gone"), "FeedAnimal: there is no object Gone"),
        ("status", |api| api["actions"]["FeedAnimal"]["status"] = json!("new"), "the status new is unknown"),
        ("twice", |api| api["objects"]["Animal"]["members"][0]["name"] = json!("Born"), "two members Born"),
        ("name", |api| api["objects"]["Animal"]["members"][0]["name"] = json!("a b"), "`a b` is not a name"),
        ("members", |api| api["objects"]["Animal"] = json!({}), "Animal: it has no members"),
        (
            "recursion",
            |api| api["objects"]["Animal"]["members"][3]["required"] = json!(true),
            "object Animal contains itself by required members",
        ),
    ];
    for (name, change, expected) in cases {
        let error = error_of(&format!("refused-{name}"), change);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn recursion_over_two_objects_is_an_error_and_over_a_list_is_not() {
    let error = error_of("refused-pair", |api| {
        let parent =
            json!({"name": "Parent", "type": "object", "member": "Pair", "document": "", "output_required": true});
        api["objects"]["Animal"]["members"][3] = parent;
        let one = json!({"name": "One", "type": "object", "member": "Animal", "document": "", "required": true});
        api["objects"]["Pair"] = json!({"members": [one]});
    });
    assert!(error.contains("contains itself by required members"), "{error}");
    let directory = directory("list-recursion");
    let mut api = api();
    api["objects"]["Animal"]["members"][4]["required"] = json!(true);
    directory.site("cn", &api, &json!({"actions": {}}));
    directory.built().unwrap();
}

#[test]
fn a_limit_that_an_official_example_of_either_site_breaks_is_dropped_and_listed() {
    let directory = directory("witness");
    let input = "POST / HTTP/1.1\nHost: zoo\n\n{\"Limit\": 101}";
    let query = "https://zoo.tencentcloudapi.com/?Action=FeedAnimal\n&Animal.Children.0.Kind=COW\n&<common>";
    let examples = json!({"actions": {"ListAnimals": [{"input": input}], "FeedAnimal": [{"input": query}]}});
    directory.site("intl", &api(), &examples);
    let built = build(&directory.packages(), &mut |_| {}).unwrap();
    let listed: Vec<String> = built.dropped.iter().map(ToString::to_string).collect();
    assert_eq!(
        listed.iter().filter(|line| line.starts_with("china")).collect::<Vec<_>>(),
        [
            "china zoo 2020-01-01 Animal.Kind: values is broken by an official example: COW",
            "china zoo 2020-01-01 ListAnimalsRequest.Limit: range is broken by an official example: 101",
        ]
    );
    let catalog = Catalog::from_bytes(built.bytes).unwrap();
    let limit = catalog.action(Site::China, "zoo", None, "ListAnimals").unwrap().request().member("Limit").unwrap();
    assert_eq!(limit.limits().range(), None);
    assert_eq!(limit.own_limits().range(), Some((None, Some(100.into()))), "the text still states it");
    assert_eq!(limit.limits().default_value(), Some(ScalarRef::Number(20.into())));
}

#[test]
fn an_empty_list_that_clears_on_one_site_clears_on_both() {
    let directory = directory("clears");
    let mut clearing = api();
    clearing["objects"]["ListAnimalsRequest"]["members"][2] = member("Tags", "list", "string", "传空数组表示清空。");
    let mut silent = api();
    silent["objects"]["ListAnimalsRequest"]["members"][2] = member("Tags", "list", "string", "");
    directory.site("cn", &clearing, &json!({"actions": {}}));
    directory.site("intl", &silent, &json!({"actions": {}}));
    let catalog: &'static Catalog = Box::leak(Box::new(directory.built().unwrap()));
    for site in Site::ALL {
        let request = catalog.action(site, "zoo", None, "ListAnimals").unwrap().request();
        assert!(
            request.member("Tags").unwrap().clears_when_empty()
                && !request.member("Limit").unwrap().clears_when_empty()
        );
        assert_eq!(request.model().get().param("Tags").unwrap().shape, tc_spec::Shape::MaybeMany);
    }
}

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

/// How an action with these parameters and this response pages; `x` is an integer, `x?` a flag, `x$` text, `x[]` a list.
fn paged(parameters: &[&str], response: &[&str]) -> Option<String> {
    let directory = directory(
        &format!("paged-{}-{}", parameters.join(""), response.join("")).replace(['?', '$', '[', ']', '.'], "_"),
    );
    let declare = |members: &[&str]| -> Value {
        let declared = members.iter().filter(|name| !name.contains('.')).map(|name| match name {
            name if name.ends_with("[]") => member(name.trim_end_matches("[]"), "list", "Animal", ""),
            name if name.ends_with('?') => member(name.trim_end_matches('?'), "bool", "bool", ""),
            name if name.ends_with('$') => member(name.trim_end_matches('$'), "string", "string", ""),
            name if name.ends_with('0') => member(name.trim_end_matches('0'), "int", "int64", "页码，从0开始。"),
            name if name.ends_with('{') => member(name.trim_end_matches('{'), "object", "Inner", ""),
            name => member(name, "int", "int64", ""),
        });
        declared.collect()
    };
    let inner: Vec<&str> = response.iter().filter_map(|name| name.strip_prefix("Inner.")).collect();
    let mut api = api();
    api["objects"]["ListAnimalsRequest"]["members"] = declare(parameters);
    api["objects"]["ListAnimalsResponse"]["members"] = declare(response);
    api["objects"]["Inner"] = json!({"members": declare(&inner)});
    directory.site("cn", &api, &json!({"actions": {}}));
    let catalog = directory.built().unwrap();
    let page = catalog.action(Site::China, "zoo", None, "ListAnimals").unwrap().page()?;
    Some(format!("{:?} total {:?} items {:?}", page.form, page.total, page.items))
}

#[test]
fn every_form_of_paging_is_found_by_the_names_of_its_members() {
    let offset = "Offset { offset: \"Offset\", limit: \"Limit\" }";
    for (parameters, response, expected) in [
        (&["Offset", "Limit"][..], &["Total", "Animals[]"][..], format!("{offset} total Some(\"Total\") items Some(\"Animals\")")),
        (&["Offset$", "Limit$"], &["GroupNum", "PersonGroupInfos[]"], format!("{offset} total Some(\"GroupNum\") items Some(\"PersonGroupInfos\")")),
        (&["Offset", "Limit"], &["WordCount", "Animals[]"], format!("{offset} total None items Some(\"Animals\")")),
        (&["Offset", "Limit"], &["Total", "Animals[]", "Plants[]"], format!("{offset} total Some(\"Total\") items None")),
        (
            &["Offset", "Limit"],
            &["Result{", "Inner.TotalCount", "Inner.Animals[]"],
            format!("{offset} total Some(\"Result.TotalCount\") items Some(\"Result.Animals\")"),
        ),
        (
            &["PageNumber", "PageSize"],
            &["Animals[]"],
            "Number { number: \"PageNumber\", size: \"PageSize\", first: 1 } total None items Some(\"Animals\")".to_owned(),
        ),
        (
            &["Page0", "PerPage"],
            &["Animals[]"],
            "Number { number: \"Page\", size: \"PerPage\", first: 0 } total None items Some(\"Animals\")".to_owned(),
        ),
        (
            &["NextToken$", "MaxResults"],
            &["NextToken$", "IsTruncated?", "Animals[]"],
            "Token { token: \"NextToken\", next: \"NextToken\", more: Some(\"IsTruncated\"), size: Some(\"MaxResults\") } \
             total None items Some(\"Animals\")"
                .to_owned(),
        ),
        (
            &["PageToken$"],
            &["Data{", "Inner.NextPageToken$", "Inner.Animals[]"],
            "Token { token: \"PageToken\", next: \"Data.NextPageToken\", more: None, size: None } \
             total None items Some(\"Data.Animals\")"
                .to_owned(),
        ),
    ] {
        assert_eq!(paged(parameters, response), Some(expected), "{parameters:?}");
    }
    for (parameters, response) in [
        (&["Context$"][..], &["Animals[]"][..]),
        (&["Offset"], &["Animals[]"]),
        (&["Limit"], &["Animals[]"]),
        (&["Offset?", "Limit"], &["Animals[]"]),
    ] {
        assert_eq!(paged(parameters, response), None, "{parameters:?}");
    }
}
