//! What each kind of value becomes, over a struct written by hand.

use serde_json::json as j;

use super::{Params, json_text as json, multipart, octet_stream, pairs as query};
use crate::model::{Fields, Value, ValueList, binary_spec_of, spec_of};
use crate::spec::{ModelSpec, Shape};

/// One member called `V`, of a value that need not live in a struct.
struct One<'a>(Value<'a>, Shape);

impl Fields for One<'_> {
    fn model(&self) -> &'static ModelSpec {
        const MANY: &ModelSpec = &ModelSpec::new("One", &[spec_of::<Vec<String>>("V", "v")]);
        const MAYBE: &ModelSpec = &ModelSpec::new("One", &[spec_of::<Option<Vec<String>>>("V", "v")]);
        if self.1 == Shape::Many { MANY } else { MAYBE }
    }

    fn member(&self, _: usize) -> Value<'_> {
        self.0
    }
}

#[track_caller]
fn check(value: Value<'_>, expected_json: &str, expected_query: &[(&str, &str)]) {
    let one = One(value, Shape::Many);
    let body = json(Params::Model(&one)).map(|body| String::from_utf8_lossy(&body).into_owned());
    assert_eq!(body.as_deref(), Ok(expected_json));
    let pairs = query(Params::Model(&one)).expect("a query");
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, expected_query);
}

#[test]
fn each_kind_of_value_has_its_form() {
    check(Value::Absent, "{}", &[]);
    check(Value::Bool(true), r#"{"V":true}"#, &[("V", "true")]);
    check(Value::Int(i64::MIN), r#"{"V":-9223372036854775808}"#, &[("V", "-9223372036854775808")]);
    check(Value::Uint(u64::MAX), r#"{"V":18446744073709551615}"#, &[("V", "18446744073709551615")]);
    check(Value::Float(1e-7), r#"{"V":1e-7}"#, &[("V", "0.0000001")]);
    check(Value::Float(2.0), r#"{"V":2.0}"#, &[("V", "2")]);
    check(Value::Float32(0.1), r#"{"V":0.1}"#, &[("V", "0.1")]);
    check(Value::Text(""), r#"{"V":""}"#, &[("V", "")]);
    check(Value::Text("a\"\\\n界"), "{\"V\":\"a\\\"\\\\\\n界\"}", &[("V", "a\"\\\n界")]);
}

#[test]
fn each_byte_in_each_place_is_escaped_as_serde_json_does() {
    for length in 0..=17 {
        for at in 0..length {
            for odd in (0..=0x7F_u8).map(char::from).chain(['\u{80}', 'é', '界', '😀']) {
                let mut text = "x".repeat(length);
                text.replace_range(at..=at, odd.encode_utf8(&mut [0; 4]));
                let texts = [text.clone(), text];
                let body = json(Params::Model(&One(Value::Texts(&texts), Shape::Many)));
                assert_eq!(body, Ok(serde_json::to_vec(&j!({ "V": texts })).expect("JSON")), "{texts:?}");
            }
        }
    }
}

#[test]
fn lists_are_numbered_from_zero_and_sorted_by_bytes() {
    let texts: Vec<String> = (0..11).map(|number| number.to_string()).collect();
    let pairs = query(Params::Model(&One(Value::Texts(&texts), Shape::Many))).expect("a query");
    let names: Vec<_> = pairs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..4], ["V.0", "V.1", "V.10", "V.2"]);
}

#[test]
fn an_empty_list_is_left_out_unless_it_was_said() {
    let none: Vec<String> = Vec::new();
    check(Value::Texts(&none), "{}", &[]);
    let said = One(Value::Texts(&none), Shape::MaybeMany);
    assert_eq!(json(Params::Model(&said)).as_deref(), Ok(br#"{"V":[]}"#.as_slice()));
    let refused = query(Params::Model(&said)).expect_err("a query cannot say it").to_string();
    assert!(refused.starts_with("`V` is an empty list"), "{refused}");
}

#[test]
fn what_no_form_can_say_is_refused_with_its_path() {
    let list = vec![1.0, f64::NAN];
    let one = One(Value::List(&list), Shape::Many);
    assert_eq!(json(Params::Model(&one)).expect_err("NaN").path(), "V.1");
    assert_eq!(query(Params::Model(&one)).expect_err("NaN").path(), "V.1");
    assert_eq!(list.count(), 2);
}

#[test]
fn free_json_is_flattened_without_null_and_empties() {
    let params = j!({"B": [], "A": {"C": [{"D": 1.5}, "", true], "E": null}, "Z": 18_446_744_073_709_551_615_u64});
    let pairs = query(Params::Json(&params)).expect("a query");
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("A.C.0.D", "1.5"), ("A.C.1", ""), ("A.C.2", "true"), ("Z", "18446744073709551615")]);
    assert!(query(Params::Json(&j!([1]))).is_err());
}

/// A file, a list and two plain members: what actions with a binary parameter have.
struct Upload<'a>([Value<'a>; 4]);

impl Fields for Upload<'_> {
    fn model(&self) -> &'static ModelSpec {
        const MODEL: &ModelSpec = &ModelSpec::new(
            "Upload",
            &[
                binary_spec_of::<Vec<u8>>("File", "file"),
                spec_of::<Vec<String>>("Names", "names"),
                spec_of::<Option<String>>("Note", "note"),
                spec_of::<Option<u64>>("Size", "size"),
            ],
        );
        MODEL
    }

    fn member(&self, index: usize) -> Value<'_> {
        self.0[index]
    }
}

#[test]
fn multipart_holds_files_text_and_json() {
    let names = ["é".to_owned()];
    let upload = Upload([Value::Bytes(b"\0\r\n"), Value::Texts(&names), Value::Absent, Value::Uint(u64::MAX)]);
    let body = multipart(Params::Model(&upload), 0xb0).expect("a form").body;
    assert_eq!(
        String::from_utf8_lossy(&body),
        "--000000000000000000000000000000b0\r\nContent-Disposition: form-data; name=\"File\"; filename=\"File\"\r\n\r\n\0\r\n\r\n\
         --000000000000000000000000000000b0\r\nContent-Disposition: form-data; name=\"Names\"\r\nContent-Type: application/json\r\n\r\n[\"é\"]\r\n\
         --000000000000000000000000000000b0\r\nContent-Disposition: form-data; name=\"Size\"\r\n\r\n18446744073709551615\r\n--000000000000000000000000000000b0--\r\n"
    );
    let refused = multipart(Params::Json(&j!({"a\"; filename=\"b": 1})), 0xb0).map(|_| ());
    assert!(refused.is_err_and(|error| error.to_string().contains("is a name that a multipart form cannot contain")));
}

#[test]
fn an_octet_stream_is_one_body_and_plain_headers() {
    #[track_caller]
    fn check(members: [Value<'_>; 4], expected: Result<&[(&str, &str)], &str>) {
        let encoded = octet_stream(Params::Model(&Upload(members)), "cls").map_err(|error| error.to_string());
        let headers = encoded.as_ref().map(|encoded| {
            assert_eq!(&encoded.body[..], b"log");
            let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
            encoded.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect::<Vec<_>>()
        });
        let expected = expected.map(|pairs| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        });
        assert_eq!(headers.map_err(String::as_str), expected);
    }
    let (log, none) = (Value::Bytes(b"log"), Value::Absent);
    let list = ["a".to_owned()];
    check([log, none, Value::Text("t-1"), Value::Uint(7)], Ok(&[("x-cls-note", "t-1"), ("x-cls-size", "7")]));
    check(
        [log, Value::Texts(&list), none, none],
        Err(
            "`Names` is a list or a struct: in an octet stream, parameters are sent as headers, which hold text and numbers",
        ),
    );
    check(
        [log, none, Value::Text("a\r\nb"), none],
        Err(
            "`Note` contains a control character: in an octet stream, parameters are sent as headers, which cannot hold it",
        ),
    );
    check([none, none, none, none], Err("no binary parameter is set: an octet stream needs exactly one as its body"));
    check(
        [log, none, log, none],
        Err("`Note` is a second binary parameter: an octet stream has exactly one, as its body"),
    );
}

#[test]
fn nothing_inside_a_list_leaves_a_gap_in_a_query() {
    for (params, path) in [
        (j!({"A": [1, null, 2]}), "A.1"),
        (j!({"A": [null]}), "A.0"),
        (j!({"A": [1, {}]}), "A.1"),
        (j!({"A": [[], 1]}), "A.0"),
        (j!({"A": {"B": [{"C": null, "D": []}]}}), "A.B.0"),
        (j!({"A": [[1, null]]}), "A.0.1"),
    ] {
        let error = query(Params::Json(&params)).expect_err("a gap");
        assert_eq!(error.path(), path, "{params}");
        assert!(error.to_string().contains("null or empty inside a list"), "{error}");
        // JSON can say it.
        assert_eq!(json(Params::Json(&params)), Ok(serde_json::to_vec(&params).expect("JSON")));
    }
    let models = vec![j!(1), j!({})];
    let one = One(Value::List(&models), Shape::Many);
    assert_eq!(query(Params::Model(&one)).expect_err("a gap").path(), "V.1");
}

#[test]
fn a_whole_number_that_became_a_float_is_refused() {
    for number in
        ["18446744073709551616", "-9223372036854775809", "123456789012345678901234567890", "-12345678901234567891"]
    {
        let params: serde_json::Value =
            serde_json::from_str(&format!(r#"{{"A":{{"B":[1,{number}]}}}}"#)).expect("JSON");
        for error in [
            json(Params::Json(&params)).expect_err(number),
            query(Params::Json(&params)).expect_err(number),
            multipart(Params::Json(&params), 0).map(|_| ()).expect_err(number),
        ] {
            assert_eq!(error.path(), "A.B.1", "{number}");
            assert!(error.to_string().contains("write it as text"), "{error}");
        }
        let member = params["A"]["B"].clone();
        let one = One(Value::Json(&member), Shape::Many);
        assert_eq!(json(Params::Model(&one)).expect_err(number).path(), "V.1");
        let single = j!({"A": member[1]});
        assert!(multipart(Params::Json(&single), 0).is_err() && query(Params::Json(&single)).is_err());
    }
    for number in ["18446744073709551615", "-9223372036854775808", "0.1", "1e18", "-2.5", "1e21", "-1.5e300"] {
        let params: serde_json::Value = serde_json::from_str(&format!(r#"{{"A":{number}}}"#)).expect("JSON");
        assert!(json(Params::Json(&params)).is_ok() && query(Params::Json(&params)).is_ok(), "{number}");
    }
}

#[test]
fn times_are_written_in_rfc_3339_or_refused() {
    use chrono::{DateTime, FixedOffset, Utc};
    let time = |text: &str| -> DateTime<Utc> { text.parse().expect("a time") };
    for (given, expected) in [
        ("2018-10-01T10:00:00Z", "2018-10-01T10:00:00Z"),
        ("2018-10-01T10:00:00.5+08:00", "2018-10-01T02:00:00.500Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-08:00", "9999-12-31T08:00:59-23:59"),
        ("0000-01-01T00:00:00+08:00", "0000-01-01T15:59:00+23:59"),
    ] {
        check(Value::Time(time(given)), &format!(r#"{{"V":"{expected}"}}"#), &[("V", expected)]);
        assert_eq!(DateTime::<FixedOffset>::parse_from_rfc3339(expected).expect("RFC 3339"), time(given));
    }
    for far in [
        time("+10001-01-01T00:00:00Z"),
        time("-0002-01-01T00:00:00Z"),
        DateTime::<Utc>::MAX_UTC,
        DateTime::<Utc>::MIN_UTC,
    ] {
        let one = One(Value::Time(far), Shape::Many);
        for error in [json(Params::Model(&one)).expect_err("far"), query(Params::Model(&one)).expect_err("far")] {
            assert_eq!(error.path(), "V");
            assert!(error.to_string().contains("outside the years 0 to 9999"), "{error}");
        }
        // Stored and read again, it is the same.
        let stored = serde_json::to_value(Value::Time(far)).expect("text");
        let text = stored.as_str().expect("text");
        assert_eq!(crate::model::parse_time(text), Ok(far), "{text}");
    }
}

#[test]
fn json_that_is_too_deep_is_an_error() {
    use crate::model::Tree;
    // `json!` would copy the value that it contains, which takes a level of the stack for each of its levels.
    let object = |name: &str, json| serde_json::Value::Object([(name.to_owned(), json)].into_iter().collect());
    let levels = |count: usize| {
        let nest = |json, level| if level % 2 == 0 { object("A", json) } else { serde_json::Value::Array(vec![json]) };
        (1..count).fold(j!({"A": 1}), nest)
    };
    let check = |count: usize, accepted: bool| {
        let deep = object("V", levels(count - 1));
        assert_eq!(json(Params::Json(&deep)).is_ok(), accepted, "{count}");
        assert_eq!(query(Params::Json(&deep)).is_ok(), accepted, "{count}");
        assert_eq!(json(Params::Files(&deep, &[])).is_ok(), accepted || count == 128, "{count}");
        let one = One(Value::Json(&deep), Shape::Maybe);
        assert_eq!(json(Params::Model(&one)).is_ok(), accepted, "{count}");
        assert_eq!(query(Params::Model(&one)).is_ok(), accepted, "{count}");
        let spec = One(Value::Absent, Shape::Maybe).model();
        assert_eq!(Tree::read(spec, &deep).1.iter().any(|found| found.to_string().contains("127 levels")), !accepted);
        if !accepted {
            let error = query(Params::Json(&deep)).unwrap_err().to_string();
            assert!(error.contains("more than 127 levels"), "{error}");
        }
    };
    for (count, accepted) in [(2, true), (127, true), (128, false), (3000, false)] {
        check(count, accepted);
    }
}
