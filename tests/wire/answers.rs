//! The example responses of the official documentation, decoded.

use tc_apis::iai::{GetPersonGroupInfoError, GetPersonGroupInfoResponse};
use tc_apis::mps::{DescribePersonSamplesError, DescribePersonSamplesResponse, SampleType};
use tc_apis::sts::AssumeRoleResponse;
use tc_core::spec::ErrorClass;
use tc_core::{Error, ErrorKind, Response, ServiceError};

const SAMPLES: &str = r#"{"Response": {"TotalCount": 1, "PersonSet": [{
    "PersonId": "10569", "Name": "John Smith", "Description": "American actor, director, and producer",
    "FaceInfoSet": [{"FaceId": "10024", "Url": "http://example.com/face.jpeg"}],
    "UsageSet": ["Recognition"], "TagSet": ["US", "Celebrity"],
    "CreateTime": "2018-10-01T10:00:00Z", "UpdateTime": "2018-10-01T10:00:00Z"}],
    "RequestId": "7d80775f-fb6d-4204-9540-1876f0d1c5a9"}}"#;

const GROUPS: &str = r#"{"Response": {"GroupNum": "1", "PersonGroupInfos": [{"GroupId": "ZhuYuanDormitoryNo1",
    "PersonExDescriptions": ["School of Computer Science", "Software Engineering", "Class of 2015", "3150108080"]}],
    "FaceModelVersion": "3.0", "RequestId": "671f0a1d-2b35-47c4-b9d1-b18053f71a04"}}"#;

fn groups(body: &str) -> Result<Response<GetPersonGroupInfoResponse>, Error> {
    Response::decode(200, body.as_bytes())
}

#[test]
fn the_example_response_of_describe_person_samples_is_decoded() {
    let found = Response::<DescribePersonSamplesResponse>::decode(200, SAMPLES.as_bytes()).expect("a response");
    assert_eq!(found.request_id(), "7d80775f-fb6d-4204-9540-1876f0d1c5a9");
    assert!(found.coercions().is_empty());
    assert_eq!(found.total_count, 1);
    let john = &found.person_set[0];
    assert_eq!((john.person_id.as_str(), john.name.as_str()), ("10569", "John Smith"));
    assert_eq!(john.description, "American actor, director, and producer");
    assert_eq!(
        (john.face_info_set[0].face_id.as_str(), john.face_info_set[0].url.as_str()),
        ("10024", "http://example.com/face.jpeg")
    );
    assert_eq!(
        (john.usage_set.as_slice(), john.tag_set.as_slice()),
        (["Recognition".to_owned()].as_slice(), ["US".to_owned(), "Celebrity".to_owned()].as_slice())
    );
    assert_eq!(john.create_time, "2018-10-01T10:00:00Z".parse().ok());
    assert_eq!(john.update_time, john.create_time);
}

#[test]
fn the_example_response_of_get_person_group_info_is_decoded() {
    let found = Response::<GetPersonGroupInfoResponse>::decode(200, GROUPS.as_bytes()).expect("a response");
    assert_eq!(found.request_id(), "671f0a1d-2b35-47c4-b9d1-b18053f71a04");
    assert_eq!(found.person_group_infos.len(), 1);
}

#[test]
fn the_example_response_of_assume_role_is_decoded() {
    let body = r#"{"Response": {"Credentials": {"Token": "1siMD5r0", "TmpSecretId": "AKID65zy", "TmpSecretKey": "q95K84wr"},
        "ExpiredTime": 1543914376, "Expiration": "2018-12-04T09:06:16Z", "RequestId": "f6e7cbcb"}}"#;
    let found = Response::<AssumeRoleResponse>::decode(200, body.as_bytes()).expect("a response");
    let credentials = &found.credentials;
    assert_eq!(
        [&credentials.tmp_secret_id, &credentials.tmp_secret_key, &credentials.token],
        ["AKID65zy", "q95K84wr", "1siMD5r0"]
    );
    assert_eq!((found.expired_time, found.expiration.as_deref()), (1_543_914_376, Some("2018-12-04T09:06:16Z")));
    assert!(found.coercions().is_empty() && found.unread().is_empty());
}

#[test]
fn a_number_sent_as_text_is_read_and_reported() {
    let found = groups(GROUPS).expect("a response");
    assert_eq!(found.group_num, Some(1));
    assert_eq!(found.face_model_version.as_deref(), Some("3.0"));
    assert_eq!(found.person_group_infos[0].group_id, "ZhuYuanDormitoryNo1");
    assert_eq!(found.person_group_infos[0].person_ex_descriptions.len(), 4);
    let reported: Vec<String> = found.coercions().iter().map(ToString::to_string).collect();
    assert_eq!(reported, [r#"`GroupNum` is documented as an integer, but is "1"; it was read as 1"#]);
}

#[test]
fn a_body_with_only_a_request_id_is_an_empty_response() {
    let found = groups(r#"{"Response": {"RequestId": "98330f25-eb2e-432a-a30c-3830774210c1"}}"#).expect("a response");
    assert_eq!(found.request_id(), "98330f25-eb2e-432a-a30c-3830774210c1");
    assert!(found.person_group_infos.is_empty() && found.group_num.is_none() && found.coercions().is_empty());
}

#[test]
fn null_becomes_none_for_nullable_members() {
    let body =
        r#"{"Response": {"GroupNum": null, "FaceModelVersion": null, "PersonGroupInfos": null, "RequestId": "x"}}"#;
    let found = groups(body).expect("a response");
    assert_eq!((found.group_num, found.face_model_version.clone()), (None, None));
    assert!(found.person_group_infos.is_empty() && found.coercions().is_empty());
}

#[test]
fn unknown_members_and_enum_values_are_accepted() {
    let found = groups(r#"{"Response": {"GroupNum": 2, "Since": {"a": []}, "RequestId": "x"}}"#).expect("a response");
    assert_eq!(found.group_num, Some(2));
    assert_eq!(SampleType::from("Shared"), SampleType::Undocumented("Shared".into()));
    assert_eq!(SampleType::from("Default"), SampleType::Default);
    let read: SampleType = serde_json::from_str(r#""Shared""#).expect("text");
    assert_eq!(serde_json::to_string(&read).expect("text"), r#""Shared""#);
}

#[test]
fn a_body_without_members_of_the_response_is_an_error() {
    let error = groups(r#"{"Response": {"InstanceSet": [], "RequestId": "id-9"}}"#).expect_err("foreign");
    assert!(matches!(error.kind(), ErrorKind::Body(_)), "{error:?}");
    assert_eq!(error.request_id(), Some("id-9"));
    assert!(error.to_string().contains("`InstanceSet`"), "{error}");
}

#[test]
fn an_optional_time_that_cannot_be_read_becomes_none_and_is_reported() {
    let body = SAMPLES.replacen("2018-10-01T10:00:00Z", "0000-00-00 00:00:00", 1);
    let found = Response::<DescribePersonSamplesResponse>::decode(200, body.as_bytes()).expect("a response");
    assert_eq!(found.person_set[0].create_time, None);
    assert!(found.person_set[0].update_time.is_some());
    assert_eq!(found.coercions()[0].path(), "PersonSet.0.CreateTime");
}

#[test]
fn a_mismatch_names_the_path() {
    let body = SAMPLES.replace(r#""John Smith""#, r#"{"First": "John"}"#);
    let error = Response::<DescribePersonSamplesResponse>::decode(200, body.as_bytes()).expect_err("no text");
    let text = error.to_string();
    assert!(text.starts_with("`PersonSet.0.Name` of the response is documented as text, but is {"), "{text}");
    assert!(text.contains("HTTP status 200, request 7d80775f"), "{text}");
}

#[test]
fn a_value_in_place_of_a_list_becomes_an_empty_list_and_is_reported() {
    let body = SAMPLES.replace(r#"[{"FaceId": "10024", "Url": "http://example.com/face.jpeg"}]"#, r#"{"FaceId": "1"}"#);
    let found = Response::<DescribePersonSamplesResponse>::decode(200, body.as_bytes()).expect("a response");
    assert!(found.person_set[0].face_info_set.is_empty());
    assert_eq!(found.person_set[0].name, "John Smith");
    assert_eq!(found.coercions()[0].path(), "PersonSet.0.FaceInfoSet");
}

fn refused<E: ServiceError>(code: &str) -> (Error, Option<E>) {
    let body = format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"x"}}}}"#);
    let error = groups(&body).expect_err("an error envelope");
    let service = error.service::<E>();
    (error, service)
}

#[test]
fn every_documented_code_is_a_variant_of_its_error_type() {
    assert_eq!(GetPersonGroupInfoError::CODES.len(), 66);
    assert_eq!(DescribePersonSamplesError::CODES.len(), 3);
    for spec in GetPersonGroupInfoError::CODES {
        let (error, service) = refused::<GetPersonGroupInfoError>(spec.code);
        assert_eq!(error.code().map(ToString::to_string).as_deref(), Some(spec.code));
        assert!(service.is_some() && spec.doc.ends_with('.'), "{}", spec.code);
    }
    let (_, service) = refused::<GetPersonGroupInfoError>("InvalidParameterValue.PersonIdNotExist");
    assert_eq!(service, Some(GetPersonGroupInfoError::PersonIdNotExist));
    let (error, service) = refused::<GetPersonGroupInfoError>("AuthFailure.SecretIdNotFound");
    assert_eq!(service, None);
    assert!(error.is_auth() && !error.is_retryable());
}

#[test]
fn documented_codes_have_an_error_class() {
    let class =
        |code: &str| GetPersonGroupInfoError::CODES.iter().find(|spec| spec.code == code).map(|spec| spec.class);
    assert_eq!(class("FailedOperation.RequestLimitExceeded"), Some(ErrorClass::Throttle));
    assert_eq!(class("FailedOperation.RequestTimeout"), Some(ErrorClass::Retry));
    assert_eq!(class("InvalidParameterValue.PersonIdIllegal"), Some(ErrorClass::Caller));
    let (error, _) = refused::<GetPersonGroupInfoError>("FailedOperation.RequestLimitExceeded");
    assert!(error.is_throttled() && error.is_retryable());
}
