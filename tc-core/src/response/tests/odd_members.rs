//! Members that cannot be read as their documented type. Optional ones are absent or empty, and are reported.

use serde::de::MapAccess;

use super::{Sample, answer, check, decode, empty, time};
use crate::model::{BinaryParam, Fields, Model, Param, Value, binary_spec_of, spec_of};
use crate::response::{BodyProblem, DecodeError, Response};
use crate::spec::ModelSpec;

#[test]
fn an_optional_number_that_cannot_be_read_is_absent() {
    for odd in [
        "{}",
        "[]",
        r#""-""#,
        r#""N/A""#,
        "-1",
        "1.5",
        "1e99",
        r#""many""#,
        "[1]",
        r#"{"Value":1}"#,
        "99999999999999999999",
    ] {
        let rest = Sample { count: 3, ..empty() };
        check(&format!(r#""GroupNum":{odd},"Count":3"#), &rest, &[&format!("GroupNum: {odd} -> null")]);
    }
}

/// A response with numbers of 32 bits and with bytes.
#[derive(Debug, Clone, PartialEq)]
struct Others {
    ratio: Option<f32>,
    ratios: Vec<f32>,
    share: f32,
    file: Option<Vec<u8>>,
}

impl Fields for Others {
    fn model(&self) -> &'static ModelSpec {
        Self::MODEL
    }

    fn member(&self, _: usize) -> Value<'_> {
        Value::Absent
    }
}

impl Model for Others {
    const MODEL: &'static ModelSpec = &ModelSpec::new(
        "Others",
        &[
            spec_of::<Option<f32>>("Ratio", "ratio"),
            spec_of::<Vec<f32>>("Ratios", "ratios"),
            spec_of::<f32>("Share", "share"),
            binary_spec_of::<Option<Vec<u8>>>("File", "file"),
        ],
    );

    fn empty() -> Self {
        Self { ratio: None, ratios: Vec::new(), share: 0.0, file: None }
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
        match index {
            0 => Param::read(&mut self.ratio, map),
            1 => Param::read(&mut self.ratios, map),
            2 => Param::read(&mut self.share, map),
            _ => BinaryParam::read(&mut self.file, map),
        }
    }
}

fn others(content: &str) -> Result<Response<Others>, DecodeError> {
    decode(200, format!(r#"{{"Response":{{{content},"Share":1,"RequestId":"id-1"}}}}"#).as_bytes())
}

#[test]
fn an_optional_number_that_is_too_large_for_its_type_is_absent() {
    for large in ["1e39", "-3.5e38", r#""1e39""#, "1e309", "340282370000000000000000000000000000000"] {
        let found = others(&format!(r#""Ratio":{large},"Ratios":[0.5,{large},2]"#)).expect(large);
        let reported: Vec<String> = found
            .coercions()
            .iter()
            .map(|coercion| format!("{}: {} -> {}", coercion.path(), coercion.found(), coercion.read_as()))
            .collect();
        assert_eq!(reported, [format!("Ratio: {large} -> null"), format!("Ratios.1: {large} -> nothing")]);
        assert_eq!(found.into_inner(), Others { ratio: None, ratios: vec![0.5, 2.0], share: 1.0, file: None });
    }
    for (text, ratio) in [("3.4028235e38", f32::MAX), ("-3.4028235e38", f32::MIN), ("1e-60", 0.0), ("0.1", 0.1)] {
        let found = others(&format!(r#""Ratio":{text}"#)).expect(text);
        assert_eq!((found.ratio, found.coercions().len()), (Some(ratio), 0), "{text}");
    }
    let found = others(r#""Ratio":"0.25""#).expect("an answer");
    assert_eq!((found.ratio, found.coercions().len()), (Some(0.25), 1));
}

#[test]
fn a_required_number_that_is_too_large_for_its_type_is_an_error() {
    for large in ["1e39", r#""-1e39""#, "1e309"] {
        match decode::<Others>(200, format!(r#"{{"Response":{{"Share":{large}}}}}"#).as_bytes()) {
            Err(DecodeError::Body(error)) => {
                let text = format!("`Share` of the response is documented as a number of 32 bits, but is {large}");
                assert!(error.to_string().starts_with(&text), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn optional_bytes_that_cannot_be_read_are_absent() {
    for (odd, expected) in [
        ("123", None),
        ("true", None),
        ("1.5", None),
        (r#""123""#, None),
        (r#""YWJj YWJj""#, None),
        ("{}", None),
        ("[]", None),
        (r#"" YWJj\n""#, Some(b"abc".to_vec())),
        (r#""""#, Some(Vec::new())),
    ] {
        let found = others(&format!(r#""File":{odd},"Ratio":"0.5""#)).expect(odd);
        assert_eq!((&found.file, found.ratio), (&expected, Some(0.5)), "{odd}");
        let reported = if odd == r#""""# { 1 } else { 2 };
        assert_eq!(found.coercions().len(), reported, "{odd}: {:?}", found.coercions());
    }
}

#[test]
fn a_negative_zero_is_read_as_zero() {
    check(
        r#""Count":-0,"GroupNum":-0"#,
        &Sample { group_num: Some(0), ..empty() },
        &["Count: -0 -> 0", "GroupNum: -0 -> 0"],
    );
}

#[test]
fn a_value_that_is_not_a_list_is_read_as_an_empty_list() {
    for odd in ["{}", r#""""#, r#""-""#, r#""N/A""#, "0", "false", r#"{"Count":1}"#] {
        let rest = Sample { count: 3, ..empty() };
        check(
            &format!(r#""Tags":{odd},"Next":{odd},"Count":3"#),
            &rest,
            &[&format!("Tags: {odd} -> []"), &format!("Next: {odd} -> []")],
        );
    }
}

#[test]
fn an_item_that_cannot_be_read_is_left_out() {
    let one = Sample { count: 1, ..empty() };
    check(
        r#""Next":[[],{"Count":1},"-",7],"Tags":[{},"a",["b"]]"#,
        &Sample { next: vec![one], tags: vec!["a".into()], ..empty() },
        &[
            "Next.0: [] -> nothing",
            r#"Next.2: "-" -> nothing"#,
            "Next.3: 7 -> nothing",
            "Tags.0: {} -> nothing",
            r#"Tags.2: ["b"] -> nothing"#,
        ],
    );
    check(r#""Next":[{},null]"#, &Sample { next: vec![empty(), empty()], ..empty() }, &["Next.1: null -> {}"]);
}

#[test]
fn unambiguous_times_are_read() {
    for (odd, expected) in [
        (r#""2018-10-01T10:00:00+0800""#, "2018-10-01T02:00:00Z"),
        (r#""2018-10-01 10:00:00.25""#, "2018-10-01T02:00:00.25Z"),
        (r#""2018-10-01""#, "2018-09-30T16:00:00Z"),
        ("1538359200", "2018-10-01T02:00:00Z"),
        (r#""1538359200""#, "2018-10-01T02:00:00Z"),
        ("1538359200000", "2018-10-01T02:00:00Z"),
        (r#"" 2018-10-01T10:00:00Z""#, "2018-10-01T10:00:00Z"),
    ] {
        let found = answer(&format!(r#""At":{odd}"#)).expect(odd);
        assert_eq!(found.at, Some(time(expected)), "{odd}");
        assert_eq!(found.coercions().len(), 1, "{odd}");
    }
    for odd in ["0", "-5", "{}", "[]", "true", r#""-""#, r#""N/A""#, "20181001"] {
        check(&format!(r#""At":{odd}"#), &empty(), &[&format!("At: {odd} -> null")]);
    }
}

#[test]
fn times_beyond_the_year_9999_are_not_coerced() {
    for text in
        ["9999-12-31T23:59:59-08:00", "0000-01-01T00:00:00+08:00", "+10000-01-01T00:00:00Z", "-0001-12-31T16:00:00Z"]
    {
        let found = answer(&format!(r#""At":"{text}""#)).expect(text);
        assert_eq!((found.at, found.coercions().len()), (text.parse().ok(), 0), "{text}");
    }
}

#[test]
fn the_first_hundred_coercions_are_kept_and_all_are_counted() {
    let zeros = vec!["0"; 30_000].join(",");
    let found = answer(&format!(r#""Tags":[{zeros}]"#)).expect("an answer");
    assert_eq!((found.coercions().len(), found.coercion_count(), found.tags.len()), (100, 30_000, 30_000));
    assert_eq!(found.coercions()[99].path(), "Tags.99");
}

fn nested(levels: usize, inside: &str) -> String {
    format!("{}{inside}{}", r#"{"Next":["#.repeat(levels), "]}".repeat(levels))
}

/// Decodes on a stack of the size that tokio's threads have.
fn on_a_small_stack(body: String) -> Result<Response<Sample>, DecodeError> {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || decode::<Sample>(200, body.as_bytes()));
    thread.expect("a thread").join().expect("no overflow")
}

#[test]
fn lenient_reading_has_the_depth_limit_of_strict_reading() {
    // Each level of the struct is two levels of JSON, and so is the envelope.
    for (levels, odd) in [(62, false), (62, true)] {
        let inside = if odd { r#"{"Count":"1"}"# } else { r#"{"Count":1}"# };
        let body = format!(r#"{{"Response":{}}}"#, nested(levels, inside));
        let mut found = on_a_small_stack(body).expect("an answer").into_inner();
        for _ in 0..levels {
            found = found.next.pop().expect("another level");
        }
        assert_eq!(found.count, 1);
    }
    for levels in [63, 64, 200, 100_000] {
        for inside in ["{}", r#"{"Count":"1"}"#] {
            let deep = nested(levels, inside);
            for body in
                [format!(r#"{{"Response":{deep}}}"#), format!(r#"{{"Response":{{"GroupNum":"1",{}}}"#, &deep[1..])]
            {
                match on_a_small_stack(body) {
                    Err(DecodeError::Body(error)) => assert_eq!(error.problem, BodyProblem::TooDeep, "{levels}"),
                    other => panic!("{levels}: {:?}", other.map(|_| ())),
                }
            }
        }
    }
}

/// An algorithm of quadratic time would take minutes here.
#[test]
fn a_deep_body_of_a_megabyte_is_read_in_linear_time() {
    let wide: String = (0..4000).map(|_| nested(20, r#"{"Count":"1"}"#) + ",").collect();
    let body = format!(r#"{{"Response":{{"GroupNum":"1","Next":[{wide}{{}}],"RequestId":"x"}}}}"#);
    assert!(body.len() > 900_000);
    let found = on_a_small_stack(body).expect("an answer");
    assert_eq!((found.next.len(), found.coercion_count()), (4001, 4001));
}

#[test]
fn a_value_that_needs_too_much_memory_is_an_error() {
    let structs = vec!["{}"; 1_000_000].join(",");
    for content in [format!(r#""Next":[{structs}]"#), format!(r#""GroupNum":"1","Next":[{structs}]"#)] {
        match answer(&content) {
            Err(DecodeError::Body(error)) => assert_eq!(error.problem, BodyProblem::Memory),
            other => panic!("{:?}", other.map(|_| ())),
        }
    }
    let objects = vec![r#"{"":0}"#; 500_000].join(",");
    match decode::<serde_json::Value>(200, format!(r#"{{"Response":{{"A":[{objects}]}}}}"#).as_bytes()) {
        Err(DecodeError::Body(error)) => assert_eq!(error.problem, BodyProblem::Memory),
        other => panic!("{:?}", other.map(|_| ())),
    }
}
