//! Metadata is read back as declared; the error of invalid metadata names its place.

use std::fs;

use serde_json::{Value, json};

use super::{Directory, api, directory, member};
use crate::build::{BuildError, build, build_file};
use crate::{Catalog, PageForm, ScalarRef, Site, Status, Type};

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
