//! Compares the two documented actions in tc-apis with the catalog. Each allowed difference is listed with its reason.

use std::collections::BTreeSet;

use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::DescribePersonSamples;
use tc_catalog::{Catalog, Site};
use tc_core::Action;
use tc_core::spec::{ActionSpec, Limit, ModelSpec, ParamSpec, Type, Values};

/// The differences, tc-apis before the catalog, with their reasons.
const DIFFERENCES: [(&str, &str); 4] = [
    (
        "DescribePersonSamples calls per second: Some(100), None",
        "the page of the action states it; the metadata has no field for it",
    ),
    (
        "AiSamplePerson.CreateTime type: a time, text",
        "declared as text; the page says that it is a time of ISO 8601, and it is read as one",
    ),
    (
        "AiSamplePerson.UpdateTime type: a time, text",
        "declared as text; the page says that it is a time of ISO 8601, and it is read as one",
    ),
    (
        "GetPersonGroupInfo.PersonId limits: [\"charset A-Za-z0-9-%@#&_\"], []",
        "the error InvalidParameterValue.PersonIdIllegal lists the characters; the catalog does not read the texts of errors",
    ),
];

#[test]
fn the_documented_actions_match_the_catalog_except_for_listed_differences() {
    let listed: BTreeSet<String> = DIFFERENCES.iter().map(|(difference, _)| (*difference).to_owned()).collect();
    for site in Site::ALL {
        let mut found = BTreeSet::new();
        for ours in [&DescribePersonSamples::SPEC, &GetPersonGroupInfo::SPEC] {
            let catalog = Catalog::embedded().unwrap();
            let theirs = catalog.action(site, ours.service, Some(ours.version), ours.name).unwrap().spec().unwrap();
            actions(ours, theirs, &mut found);
        }
        assert_eq!(found, listed, "{site}");
    }
}

#[test]
fn a_difference_is_found_in_every_part_of_a_spec() {
    let catalog = Catalog::embedded().unwrap();
    let spec = |action| *catalog.action(Site::China, "cvm", None, action).unwrap().spec().unwrap();
    let mut found = BTreeSet::new();
    let (instances, terminate) = (spec("DescribeInstances"), spec("TerminateInstances"));
    actions(&instances, &terminate, &mut found);
    let about = |word: &str| found.iter().any(|difference| difference.contains(word));
    for word in ["only ours", "only the catalog's", "required: false, true", "paging: Some"] {
        assert!(about(word), "{word}: {found:?}");
    }
    let (mut one, mut other) = (instances.request.params[3], instances.request.params[2]);
    (one.name, other.name) = ("Limit", "Limit");
    found.clear();
    param("X", &one, &other, true, &mut found);
    let expected = [
        "X.Limit default: Some(Int(20)), Some(Int(0))",
        "X.Limit limits: [\"Range(Int { min: None, max: Some(100) })\"], []",
    ];
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

fn actions(ours: &ActionSpec, theirs: &ActionSpec, found: &mut BTreeSet<String>) {
    let name = ours.name;
    if ours.rate != theirs.rate {
        found.insert(format!("{name} calls per second: {:?}, {:?}", ours.rate, theirs.rate));
    }
    if ours.page != theirs.page {
        found.insert(format!("{name} paging: {:?}, {:?}", ours.page, theirs.page));
    }
    models(ours.request, theirs.request, true, found);
    models(ours.response.get(), theirs.response.get(), false, found);
}

fn models(ours: &ModelSpec, theirs: &ModelSpec, in_request: bool, found: &mut BTreeSet<String>) {
    for mine in ours.params {
        match theirs.param(mine.name) {
            Some(other) => param(ours.name, mine, other, in_request, found),
            None => _ = found.insert(format!("{}.{}: only ours", ours.name, mine.name)),
        }
    }
    for other in theirs.params.iter().filter(|other| ours.param(other.name).is_none()) {
        found.insert(format!("{}.{}: only the catalog's", ours.name, other.name));
    }
}

fn param(of: &str, ours: &ParamSpec, theirs: &ParamSpec, in_request: bool, found: &mut BTreeSet<String>) {
    let mut differ = |what: &str, (one, other): (String, String)| {
        if one != other {
            found.insert(format!("{of}.{} {what}: {one}, {other}", ours.name));
        }
    };
    differ("type", (type_of(ours), type_of(theirs)));
    differ("list", (ours.is_list().to_string(), theirs.is_list().to_string()));
    // A response may lack any member and is still read.
    if in_request {
        differ("required", (ours.required.to_string(), theirs.required.to_string()));
        differ("limits", (limits(ours), limits(theirs)));
        differ("default", (format!("{:?}", ours.default), format!("{:?}", theirs.default)));
    }
    if let (Type::Model(one), Type::Model(other)) = (ours.ty, theirs.ty) {
        models(one.get(), other.get(), in_request, found);
    }
}

fn type_of(param: &ParamSpec) -> String {
    match param.ty {
        Type::Integer { min, max } => format!("{min} to {max}"),
        Type::Enum(_) => Type::String.noun().to_owned(),
        other => other.noun().to_owned(),
    }
}

/// The limits as text; the values of an enum are those of a text.
fn limits(param: &ParamSpec) -> String {
    let mut texts: Vec<String> = param
        .limits
        .iter()
        .map(|limit| match limit {
            Limit::Charset(charset) => format!("charset {}", charset.text),
            Limit::Values(Values::Texts(texts)) => values(texts),
            Limit::Range(range) => format!("Range({range:?})"),
            other => format!("{other:?}"),
        })
        .collect();
    if let Type::Enum(spec) = param.ty {
        texts.push(values(&spec.values.iter().map(|value| value.name).collect::<Vec<_>>()));
    }
    format!("{texts:?}")
}

fn values(texts: &[&str]) -> String {
    format!("values {}", texts.join(", "))
}
