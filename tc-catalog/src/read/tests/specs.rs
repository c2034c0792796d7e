//! Members, and the specs that are made from them.

use crate::Site;
use crate::read::{Catalog, Object};

/// A member as one line, as the example `round_trip` writes it.
fn line(object: Object<'_>, member: &str) -> String {
    let member = object.member(member).unwrap();
    let form = if member.is_list() { "list" } else { member.ty().form() };
    let flags = [member.is_required(), member.is_output_required(), member.is_nullable(), member.is_deprecated()];
    format!("{} {form} {} {flags:?}", member.name(), member.ty())
}

#[test]
fn sampled_members_are_as_declared() {
    let catalog = Catalog::embedded().unwrap();
    // The example `round_trip` compares all members, and drew these.
    let sample = include_str!("../declared.txt");
    for declared in sample.lines() {
        let [site, service, version, object, member, ..] = declared.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{declared}")
        };
        let module = catalog.module(site.parse().unwrap(), service, Some(version)).unwrap();
        let found = line(module.object(object).unwrap(), member);
        assert_eq!(format!("{site} {service} {version} {object} {found}"), declared);
    }
    assert!(sample.lines().count() > 600);
}

#[test]
fn wire_names_and_field_names_are_inverse_over_all_members() {
    use std::collections::{HashMap, HashSet};
    use tc_spec::names::{field_name, field_names, is_param, wire_name};

    let catalog = Catalog::embedded().unwrap();
    // Check each name once: most names occur in many objects, and the test is not optimised.
    let mut known: HashMap<&str, (String, bool)> = HashMap::new();
    let (mut members, mut irregular, mut colliding) = (0, 0, 0);
    for service in catalog.services() {
        for site in Site::ALL {
            for version in service.versions(site) {
                for object in service.module(site, Some(version)).unwrap().objects() {
                    let mut fields = HashSet::new();
                    let wires: Vec<&str> = object.members().map(crate::Member::name).collect();
                    members += wires.len();
                    for wire in &wires {
                        let (field, is_regular) = known.entry(wire).or_insert_with(|| {
                            let field = field_name(wire);
                            assert!(is_identifier(&field) && is_param(wire), "{field}");
                            let is_regular = wire_name(&field) == *wire;
                            (field, is_regular)
                        });
                        irregular += usize::from(!*is_regular);
                        fields.insert(field.clone());
                    }
                    if fields.len() < wires.len() {
                        colliding += 1;
                        let fields = field_names(&wires);
                        let distinct: HashSet<&String> = fields.iter().collect();
                        assert!(
                            distinct.len() == wires.len() && fields.iter().all(|field| is_identifier(field)),
                            "{fields:?}"
                        );
                    }
                }
            }
        }
    }
    // The irregular ones need `#[tc(name = "…")]`: 3 of 100.
    assert!(members > 300_000 && irregular * 100 < members * 4, "{irregular} of {members}");
    assert!((10..100).contains(&colliding), "{colliding}");
}

/// Whether a struct can have a field of this name.
fn is_identifier(field: &str) -> bool {
    let plain = field.strip_prefix("r#").unwrap_or(field);
    plain.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !tc_spec::names::is_taken(plain)
        && (field != plain || !tc_spec::names::is_keyword(plain))
}

#[test]
fn every_object_and_action_has_a_spec() {
    use tc_spec::{Shape, Type};

    let catalog = Catalog::embedded().unwrap();
    let (mut params, mut limits, mut pages) = (0, 0, 0);
    // Not all modules: unoptimised, they would take long.
    for service in catalog.services().step_by(6) {
        for site in Site::ALL {
            for version in service.versions(site) {
                let module = service.module(site, Some(version)).unwrap();
                for object in module.objects() {
                    let model = object.model().get();
                    let skipped = usize::from(model.params.len() < object.members().len());
                    assert_eq!((model.name, model.params.len() + skipped), (object.name(), object.members().len()));
                    for param in model.params {
                        params += 1;
                        limits += param.limits.len();
                        let is_list = param.is_list();
                        assert!(param.limits.iter().all(|limit| limit.applies_to(param.ty, is_list)), "{param:?}");
                        assert_eq!(param.required, param.shape == Shape::One || is_list && param.required);
                        if let Type::Model(nested) = param.ty {
                            assert!(module.object(nested.get().name).is_some());
                        }
                    }
                }
                for action in module.actions() {
                    let spec = action.spec().unwrap();
                    assert_eq!((spec.name, spec.request.name), (action.name(), action.name()));
                    assert_eq!((spec.service, spec.version), (service.wire_name(), version));
                    assert!(std::ptr::eq(spec, action.spec().unwrap()));
                    if let Some(page) = spec.page {
                        pages += 1;
                        let items = spec.response.get().path(page.items).unwrap();
                        assert!(items.last().unwrap().is_list(), "{spec:?}");
                        assert!(page.size().is_none_or(|size| spec.request.param(size).is_some()));
                    }
                }
            }
        }
    }
    assert!(params > 40_000 && limits > 1_000 && pages > 300, "{params} {limits} {pages}");
}

#[test]
fn the_specs_of_the_documented_actions_are_those_of_the_documentation() {
    use tc_spec::{Items, Limit, Literal, PageForm, Range, Shape, Values};

    let catalog = Catalog::embedded().unwrap();
    let spec = catalog.action(Site::China, "mps", None, "DescribePersonSamples").unwrap().spec().unwrap();
    let request: Vec<_> =
        spec.request.params.iter().map(|param| (param.name, param.shape, param.limits, param.default)).collect();
    let at_most = |max| Items { min: 0, max: Some(max) };
    let expected: [(&str, Shape, &[Limit], Option<Literal<'_>>); 6] = [
        (
            "Type",
            Shape::Maybe,
            &[Limit::Values(Values::Texts(&["UserDefine", "Default"]))],
            Some(Literal::Text("UserDefine")),
        ),
        ("PersonIds", Shape::Many, &[Limit::Items(at_most(100))], None),
        ("Names", Shape::Many, &[Limit::Items(at_most(20))], None),
        ("Tags", Shape::Many, &[Limit::Items(at_most(20))], None),
        ("Offset", Shape::Maybe, &[], Some(Literal::Int(0))),
        ("Limit", Shape::Maybe, &[Limit::Range(Range::Int { min: None, max: Some(100) })], Some(Literal::Int(100))),
    ];
    assert_eq!(request, expected);
    let page = spec.page.unwrap();
    assert_eq!(page.form, PageForm::Offset { offset: "Offset", limit: "Limit" });
    assert_eq!((page.total, page.items), (Some(&["total_count"][..]), &["person_set"][..]));
    assert!(spec.response.get().param("RequestId").is_none() && spec.idempotent);

    let spec = catalog.action(Site::China, "iai", None, "GetPersonGroupInfo").unwrap().spec().unwrap();
    let person = spec.request.param("PersonId").unwrap();
    assert!(person.required && person.shape == Shape::One);
    assert_eq!(spec.page.unwrap().total, Some(&["group_num"][..]));
    assert!(spec.errors.iter().any(|error| error.code == "InvalidParameterValue.PersonIdNotExist"));
}

#[test]
fn a_recursive_object_has_a_spec_that_refers_to_itself() {
    use tc_spec::Type;

    let catalog = Catalog::embedded().unwrap();
    let module = catalog.module(Site::China, "cls", None).unwrap();
    let object = module.objects().find(|object| object.members().any(crate::Member::is_boxed)).unwrap();
    let model = object.model().get();
    let again =
        model.params.iter().any(|param| matches!(param.ty, Type::Model(nested) if std::ptr::eq(nested.get(), model)));
    assert!(again, "{model:?}");
}

#[test]
fn a_time_of_a_response_is_optional_even_if_it_is_declared_required() {
    let module = Catalog::embedded().unwrap().module(Site::International, "tcr", None).unwrap();
    let member = module.object("Registry").unwrap().member("CreatedAt").unwrap();
    assert!(member.is_required() && member.is_optional());
}

#[test]
fn a_required_list_that_clears_when_it_is_empty_is_a_plain_list() {
    use tc_spec::Shape;

    for site in [Site::China, Site::International] {
        let module = Catalog::embedded().unwrap().module(site, "teo", Some("2022-09-01")).unwrap();
        let request = module.object("ModifyFunctionComponentBindingsRequest").unwrap();
        let param = *request.model().get().param("FunctionComponentBindings").unwrap();
        assert!(param.required && param.shape == Shape::Many, "{param:?}");
        assert!(!request.member("FunctionComponentBindings").unwrap().clears_when_empty());
    }
}
