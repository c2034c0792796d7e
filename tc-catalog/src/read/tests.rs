//! Tests of the reader. A damaged or malicious file gives an error, never a panic or wrong data.

use super::frame::Frame;
use super::{Catalog, CatalogError, Module, Object};
use crate::Site;
use crate::format::{HEADER, MAGIC, checksum};

static DATA: &[u8] = include_bytes!("../../data/catalog.bin");

fn index_len() -> usize {
    u32::from_le_bytes(DATA[8..12].try_into().unwrap()) as usize
}

/// Reads everything of a module, to find any panic.
fn walk(module: Module<'_>) -> usize {
    let mut seen = module.error_codes().map_or(0, Iterator::count);
    for action in module.actions() {
        seen += action.name().len() + action.request().name().len() + action.response().members().len();
        seen += usize::from(action.page().is_some()) + action.rate().map_or(0, |_| 1);
    }
    for object in module.objects() {
        for member in object.members() {
            seen += member.name().len() + member.ty().to_string().len();
            for limits in [member.limits(), member.own_limits()] {
                seen += limits.values().map_or(0, Iterator::count) + usize::from(limits.is_empty());
            }
        }
    }
    seen
}

/// Opens a file and reads all modules of some services.
fn read(bytes: Vec<u8>) -> Result<usize, CatalogError> {
    let catalog = Catalog::from_bytes(bytes)?;
    let _ = catalog.search(Site::China, "zone a");
    let _ = catalog.search_parameters(Site::China, "zone a");
    let mut seen = 0;
    for service in catalog.services() {
        for site in Site::ALL {
            for version in service.versions(site) {
                seen += walk(service.module(site, Some(version))?);
            }
        }
    }
    Ok(seen)
}

/// A file of one service with one version on the Chinese site, whose inflated frame is `frame`.
fn file_of(frame: &[u8]) -> Vec<u8> {
    let stored = miniz_oxide::deflate::compress_to_vec(frame, 1);
    let mut index = Vec::new();
    let varint = |bytes: &mut Vec<u8>, value: usize| {
        let mut value = value;
        while value > 0x7f {
            bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
    };
    index.extend_from_slice(b"\x01s\x00\x01\x01x\x01x\x01\x0a2020-01-01\x01");
    varint(&mut index, stored.len());
    varint(&mut index, frame.len());
    index.extend_from_slice(&checksum(&stored).to_le_bytes());
    // No error codes; two actions, `DescribeZones` on both sites; one version on the Chinese site, none on the other.
    index.extend_from_slice(b"\x00\x10\x01\x03\x0dDescribeZones\x01\x00\x00");
    with_header(index, &stored)
}

fn with_header(index: Vec<u8>, frames: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&u32::try_from(index.len()).unwrap().to_le_bytes());
    file.extend_from_slice(&checksum(&index).to_le_bytes());
    file.extend(index);
    file.extend_from_slice(frames);
    file
}

/// The inflated frame of a module of the catalog.
fn frame_of(service: &str) -> Vec<u8> {
    let catalog = Catalog::embedded().unwrap();
    let position = catalog.service(service).unwrap().raw.versions[0].frames[0].unwrap();
    let entry = catalog.index.frames[position];
    miniz_oxide::inflate::decompress_to_vec(&DATA[entry.at..entry.at + entry.len]).unwrap()
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let lengths = (0..HEADER + 40).chain((HEADER..DATA.len()).step_by(40_009)).chain([DATA.len() - 1]);
    for length in lengths {
        let error = Catalog::from_bytes(&DATA[..length]).err();
        let expected = if length < MAGIC.len() {
            CatalogError::Foreign
        } else {
            CatalogError::Damaged { part: "the index".to_owned() }
        };
        assert_eq!(error, Some(expected), "{length}");
    }
}

#[test]
fn bytes_after_the_end_are_an_error() {
    let mut longer = DATA.to_vec();
    longer.push(0);
    assert!(Catalog::from_bytes(longer).is_err());
}

#[test]
fn a_flipped_bit_of_the_index_is_detected() {
    let positions = (0..HEADER).chain((HEADER..HEADER + index_len()).step_by(1_499));
    for (count, position) in positions.enumerate() {
        let mut damaged = DATA.to_vec();
        damaged[position] ^= 1 << (count % 8);
        let error = Catalog::from_bytes(damaged).expect_err("the bit was not found");
        let is_magic = position < MAGIC.len();
        assert_eq!(matches!(error, CatalogError::Foreign), is_magic, "{position}: {error}");
    }
}

#[test]
fn a_flipped_bit_of_a_frame_is_detected_at_opening_and_affects_no_other_frame() {
    let intact = Catalog::embedded().unwrap();
    let services: Vec<_> =
        intact.services().filter(|service| service.versions(Site::China).len() > 0).step_by(25).collect();
    for (count, service) in services.into_iter().enumerate() {
        let version = &service.raw.versions[usize::from(service.raw.order[0][0])];
        let entry = intact.index.frames[version.frames[0].unwrap()];
        for at in [0, entry.len / 2, entry.len - 1] {
            let mut damaged = DATA.to_vec();
            damaged[entry.at + at] ^= 1 << (count % 8);
            let catalog = Catalog::from_bytes(damaged).unwrap();
            let error = catalog.module(Site::China, service.name(), None).err();
            assert!(
                matches!(&error, Some(CatalogError::Damaged { part }) if part.starts_with(service.name())),
                "{error:?}"
            );
            let other = if service.name() == "iai" { "mps" } else { "iai" };
            assert!(catalog.module(Site::China, other, None).is_ok());
        }
    }
}

#[test]
fn a_changed_frame_is_an_error_or_read_without_a_panic() {
    let frame = frame_of("iai");
    assert!(read(file_of(&frame)).unwrap() > 1_000);
    let mut accepted = 0;
    // A simple generator: the same bytes on every machine.
    let mut state = 1_u32;
    for _ in 0..1_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut lying = frame.clone();
        let at = state as usize % lying.len();
        lying[at] = (state >> 24) as u8;
        if Frame::decode(&lying).is_some() {
            accepted += 1;
            read(file_of(&lying)).unwrap();
        }
    }
    // Most changes of one byte give another frame that is well-formed, and some do not.
    assert!((1..1_000).contains(&accepted), "{accepted}");
}

#[test]
fn a_frame_cut_anywhere_is_an_error() {
    let frame = frame_of("iai");
    for length in (0..frame.len()).step_by(7) {
        assert!(Frame::decode(&frame[..length]).is_none(), "{length}");
    }
}

#[test]
fn a_changed_index_is_an_error_or_read_without_a_panic() {
    let file = file_of(&frame_of("sts"));
    let length = u32::from_le_bytes(file[8..12].try_into().unwrap()) as usize;
    let (index, frames) = file[HEADER..].split_at(length);
    for at in 0..index.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, index[at].wrapping_add(1)] {
            let mut lying = index.to_vec();
            lying[at] = value;
            let _ = read(with_header(lying, frames));
        }
    }
}

#[test]
fn counts_far_beyond_the_file_allocate_nothing() {
    // 2^56 services, strings and objects.
    let huge = b"\xff\xff\xff\xff\xff\xff\xff\x7f";
    assert!(Frame::decode(huge).is_none());
    let mut index = b"\x00\x00".to_vec();
    index.extend_from_slice(huge);
    assert!(Catalog::from_bytes(with_header(index, b"")).is_err());
}

#[test]
fn a_file_of_another_format_is_an_error() {
    for bytes in [&b""[..], b"PK\x03\x04", b"{\"version\": 1}", b"TCCATLG0........................"] {
        let error = Catalog::from_bytes(bytes).unwrap_err();
        assert_eq!(error, CatalogError::Foreign);
        assert!(error.to_string().contains("tcapi catalog build"), "{error}");
    }
}

#[track_caller]
fn missing(site: Site, service: &str, version: Option<&str>, action: &str) -> String {
    let found = Catalog::embedded().unwrap().action(site, service, version, action);
    found.expect_err("the action was found").to_string()
}

#[test]
fn the_error_of_a_missing_name_names_its_place_or_a_similar_name() {
    let china = Site::China;
    for (message, expected) in [
        (missing(china, "cvn", None, "RunInstances"), "there is no service `cvn`; did you mean `cvm`?"),
        (
            missing(china, "cvm", Some("2017-03-13"), "RunInstances"),
            "cvm has no version `2017-03-13` on the china site; its version is 2017-03-12",
        ),
        (
            missing(china, "cvm", None, "RunInstance"),
            "cvm 2017-03-12 has no action `RunInstance`; did you mean `RunInstances`?",
        ),
        (
            missing(china, "cvm", None, "DescribeInstance"),
            "cvm has no action DescribeInstance; DescribeInstance is in cdwch, cdwdoris, cdwpg, iotexplorer, mqtt, \
             trocket; or did you mean `DescribeInstances`?",
        ),
        (missing(china, "cvm", None, "Xyz"), "cvm 2017-03-12 has no action `Xyz`"),
        (
            missing(china, "tke", None, "DescribeNodePools"),
            "tke 2018-05-25 has no action DescribeNodePools; version 2022-05-01 has it: write `tke(\"2022-05-01\")`",
        ),
        (
            missing(china, "iai", None, "DescribePersonSamples"),
            "iai has no action DescribePersonSamples; DescribePersonSamples is in mps, vod",
        ),
        (
            missing(china, "mdl", None, "DescribeStreamLiveChannels"),
            "mdl is not on the china site; the international site has it: write `mdl(international)`",
        ),
    ] {
        assert_eq!(message, expected);
    }
    let long = missing(china, "mps", None, "DescribeInstances");
    assert!(long.contains("DescribeInstances is in ") && long.contains("cvm, ") && long.ends_with(" others"), "{long}");
}

#[test]
fn a_service_is_found_by_its_folder_and_by_its_name_on_the_wire() {
    let catalog = Catalog::embedded().unwrap();
    for name in ["autoscaling", "as"] {
        let service = catalog.service(name).unwrap();
        assert_eq!((service.name(), service.wire_name()), ("autoscaling", "as"));
    }
}

#[test]
fn the_default_version_is_that_of_tccli() {
    let catalog = Catalog::embedded().unwrap();
    for (service, expected) in
        [("tke", "2018-05-25"), ("vod", "2018-07-17"), ("iai", "2020-03-03"), ("ams", "2020-12-29")]
    {
        assert_eq!(catalog.module(Site::China, service, None).unwrap().version(), expected);
    }
}

#[test]
fn search_ranks_whole_words_and_default_versions_first() {
    let catalog = Catalog::embedded().unwrap();
    let found = catalog.search(Site::China, "Person Samples");
    assert_eq!((found[0].action.as_str(), found[0].is_default), ("DescribePersonSamples", true));
    let found = catalog.search(Site::China, "cvm runinstances");
    assert_eq!((found[0].service, found[0].action.as_str()), ("cvm", "RunInstances"));
    let found = catalog.search_parameters(Site::China, "createlaunchtemplateversion instancetype").unwrap();
    assert_eq!(
        (found[0].action.as_str(), found[0].parameter.as_deref()),
        ("CreateLaunchTemplateVersion", Some("InstanceType"))
    );
    assert!(catalog.search(Site::China, "cvm dryrun").is_empty());
    let found = catalog.search_parameters(Site::China, "cvm dryrun").unwrap();
    assert!(found.iter().any(|found| found.action == "RunInstances" && found.parameter.as_deref() == Some("DryRun")));
    assert!(catalog.search(Site::China, " ").is_empty() && catalog.search(Site::China, "zzzz").is_empty());
}

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
    let sample = include_str!("declared.txt");
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
                    let wires: Vec<&str> = object.members().map(super::view::Member::name).collect();
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
    let object = module.objects().find(|object| object.members().any(super::view::Member::is_boxed)).unwrap();
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
