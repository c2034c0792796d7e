//! Tests of the code that the attribute macros write: specs, values, setters, `Serialize` and `Deserialize`.

mod agreement;
mod limits;
mod request;
mod samples;

use samples::{DescribePersonSamples, DescribePersonSamplesError, DescribePersonSamplesResponse, SampleType};
use tc_core::spec::{ErrorClass, Literal, Range, Shape, Type};
use tc_core::{Action, ErrorCode, Language, Model, Paged, ServiceError};

#[test]
fn the_spec_is_derived_from_the_struct() {
    let spec = DescribePersonSamples::SPEC;
    assert_eq!((spec.service, spec.version, spec.name), ("mps", "2019-06-12", "DescribePersonSamples"));
    assert_eq!((spec.rate, spec.idempotent), (Some(100), true));
    let names: Vec<_> = spec.request.params.iter().map(|param| (param.name, param.field)).collect();
    assert_eq!(
        names,
        [
            ("Type", "type"),
            ("PersonIds", "person_ids"),
            ("Names", "names"),
            ("Tags", "tags"),
            ("Offset", "offset"),
            ("Limit", "limit")
        ]
    );
    let limit = spec.request.param("Limit").unwrap();
    assert_eq!(limit.range(), Some(Range::Int { min: None, max: Some(100) }));
    assert_eq!((limit.default, limit.shape, limit.required), (Some(Literal::Int(100)), Shape::Maybe, false));
    assert_eq!(spec.request.param("Type").unwrap().default, Some(Literal::Text("UserDefine")));
    assert!(matches!(spec.request.param("Type").unwrap().ty, Type::Enum(list) if list.values.len() == 2));
    let set = spec.response.get().param("PersonSet").unwrap();
    assert!(matches!(set.ty, Type::Model(model) if model.get().name == "AiSamplePerson"));
}

#[test]
fn setters_accept_literals_strings_and_lists() {
    let names = vec![String::from("a"), String::from("b")];
    let action = DescribePersonSamples::new()
        .r#type("Default")
        .person_ids(["10569"])
        .names(names.iter().map(String::as_str))
        .tags(names)
        .offset(0)
        .limit(Some(20));
    assert_eq!(action.r#type, Some(SampleType::Default));
    assert_eq!(action.names, action.tags);
    assert_eq!(
        serde_json::to_string(&action).unwrap(),
        r#"{"Type":"Default","PersonIds":["10569"],"Names":["a","b"],"Tags":["a","b"],"Offset":0,"Limit":20}"#
    );
}

#[test]
fn every_violation_is_found_at_once() {
    let long = vec!["x"; 101];
    let action = DescribePersonSamples::new().person_ids(long).limit(101).r#type(SampleType::Default);
    let violations = action.validate().unwrap_err();
    assert_eq!(
        violations.to_string(),
        "DescribePersonSamples has 3 violations:\n  \
         `PersonIds` has 101 items; at most 100 are accepted\n  \
         `Limit` is 101; at most 100 is accepted\n  \
         `Names` is needed where Type is Default"
    );
}

#[test]
fn a_response_is_read_member_by_member() {
    let body =
        r#"{"TotalCount":1,"Unknown":{},"PersonSet":[{"PersonId":"10569","Name":"John Smith","UsageSet":null}]}"#;
    let answer: DescribePersonSamplesResponse = serde_json::from_str(body).unwrap();
    assert_eq!(answer.total_count, 1);
    assert_eq!(answer.person_set[0].name, "John Smith");
    assert!(answer.person_set[0].usage_set.is_empty());
    assert_eq!(DescribePersonSamples::total(&answer), Some(1));
    assert_eq!(DescribePersonSamples::items(answer)[0].person_id, "10569");
    assert!(serde_json::from_str::<DescribePersonSamplesResponse>(r#"{"TotalCount":"1"}"#).is_err());
}

#[test]
fn paging_sets_offset_and_limit() {
    let mut action = DescribePersonSamples::new().limit(10);
    assert_eq!(action.window(), (None, Some(10)));
    action.set_window(20, 100);
    assert_eq!(action.window(), (Some(20), Some(100)));
}

#[test]
fn undocumented_enum_values_are_kept() {
    let value: SampleType = serde_json::from_str(r#""New""#).unwrap();
    assert_eq!(value, SampleType::Undocumented("New".into()));
    assert_eq!(serde_json::to_string(&value).unwrap(), r#""New""#);
    assert_eq!(SampleType::from("UserDefine"), SampleType::UserDefine);
    assert!(DescribePersonSamples::new().r#type(value).validate().is_ok());
}

#[test]
fn a_text_is_parsed_into_the_enum_variant_with_this_name() {
    assert_eq!("Default".parse(), Ok(SampleType::Default));
    assert_eq!("Other".parse(), Ok(SampleType::Undocumented("Other".into())));
    assert_eq!("AuthFailure.X".parse(), Ok(ErrorCode::from("AuthFailure.X")));
    for language in [Language::ZhCn, Language::EnUs] {
        assert_eq!(language.to_string().parse(), Ok(language));
    }
    let error = "fr".parse::<Language>().unwrap_err();
    assert_eq!(error.to_string(), "\"fr\" is not a language of the cloud; write zh-CN or en-US");
}

#[test]
fn error_codes_have_a_class_and_a_description() {
    let codes: Vec<_> = DescribePersonSamplesError::CODES.iter().map(|spec| (spec.code, spec.class)).collect();
    assert_eq!(
        codes,
        [
            ("FailedOperation.InvalidMpsUser", ErrorClass::Auth),
            ("InternalError", ErrorClass::Retry),
            ("InvalidParameterValue", ErrorClass::Caller)
        ]
    );
    let error = DescribePersonSamplesError::from_code(&"InternalError".into()).unwrap();
    assert_eq!(error.to_string(), "The service failed; the same call may succeed later.");
    assert_eq!(error.code(), "InternalError");
    assert_eq!(DescribePersonSamplesError::from_code(&"Other".into()), None);
}

#[test]
fn an_empty_model_is_an_empty_object() {
    assert_eq!(serde_json::to_string(&DescribePersonSamples::empty()).unwrap(), "{}");
    assert_eq!(DescribePersonSamples::empty(), DescribePersonSamples::new());
}
