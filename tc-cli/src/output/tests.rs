//! Every form of output, compared with what tccli prints for the same answer.

use serde_json::{Value, json};

use super::filter::RUNTIME;
use super::functions::FUNCTIONS;
use super::{Colour, Columns, Filter, Format, Members, Screen, arrange, write};

fn written(value: &Value, format: Format, screen: Screen) -> String {
    let mut out = Vec::new();
    write(&mut out, value, format, screen).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check(value: &Value, format: Format, expected: &str) {
    assert_eq!(written(value, format, Screen::PLAIN), expected);
}

fn zones() -> Value {
    json!({
        "TotalCount": 2,
        "ZoneSet": [
            {"Zone": "ap-guangzhou-1", "ZoneName": "广州一区", "Tags": [{"Key": "a", "Value": null}], "Weight": 0.5},
            {"Zone": "ap-guangzhou-2", "ZoneName": "Two", "Tags": [], "Open": true},
        ],
        "RequestId": "r-1",
    })
}

#[test]
fn json_has_an_indent_of_four_and_keeps_order_and_numbers() {
    let value: Value = serde_json::from_str(
        r#"{"Z":18446744073709551615,"A":[1e16,1e-7,0.10,-0.0,5.0,9007199254740993],"E":[],"O":{},"T":"中\u001f\"\\/"}"#,
    )
    .unwrap();
    check(
        &value,
        Format::Json,
        "{\n    \"Z\": 18446744073709551615,\n    \"A\": [\n        1e+16,\n        1e-07,\n        0.1,\n        -0.0,\n        \
         5.0,\n        9007199254740993\n    ],\n    \"E\": [],\n    \"O\": {},\n    \"T\": \"中\\u001f\\\"\\\\/\"\n}\n",
    );
    check(&json!("r-1"), Format::Json, "\"r-1\"\n");
    check(&Value::Null, Format::Json, "");
}

#[test]
fn text_sorts_members_and_names_sections() {
    check(
        &zones(),
        Format::Text,
        "r-1\t2\n\
         ZONESET\t\t0.5\tap-guangzhou-1\t广州一区\nTAGS\ta\tNone\n\
         ZONESET\tTrue\t\tap-guangzhou-2\tTwo\n",
    );
    check(&json!(["a", 1, null]), Format::Text, "a\t1\tNone\n");
    check(&json!([["a", "b"], ["c"]]), Format::Text, "a\tb\nc\n");
    check(&json!({"Ids": ["a", "b"]}), Format::Text, "IDS\ta\nIDS\tb\n");
}

#[test]
fn ndjson_has_a_line_for_each_row() {
    check(&json!([{"a": 1}, {"b": [2]}]), Format::Ndjson, "{\"a\":1}\n{\"b\":[2]}\n");
    check(&json!({"a": 1}), Format::Ndjson, "{\"a\":1}\n");
}

#[test]
fn yaml_keeps_order_and_quotes_what_would_be_read_as_something_else() {
    let value = json!({"Z": "yes", "A": ["1", 1, null, true, "a: b", "line\nline\n"], "E": {}});
    let yaml = written(&value, Format::Yaml, Screen::PLAIN);
    assert!(yaml.starts_with("Z:"), "{yaml}");
    let read: Value = serde_saphyr::from_str(&yaml).unwrap();
    assert_eq!(read, value, "{yaml}");
}

#[test]
fn a_table_counts_cells() {
    check(
        &zones(),
        Format::Table,
        "\
----------------------------------------------------
|                      action                      |
+-----------------------+--------------------------+
|       RequestId       |       TotalCount         |
+-----------------------+--------------------------+
|  r-1                  |  2                       |
+-----------------------+--------------------------+
||                     ZoneSet                    ||
|+------+---------+------------------+------------+|
|| Open | Weight  |      Zone        | ZoneName   ||
|+------+---------+------------------+------------+|
||      |  0.5    |  ap-guangzhou-1  |  广州一区  ||
|+------+---------+------------------+------------+|
|||                     Tags                     |||
||+-------------------+--------------------------+||
|||        Key        |          Value           |||
||+-------------------+--------------------------+||
|||  a                |  None                    |||
||+-------------------+--------------------------+||
||                     ZoneSet                    ||
|+------+---------+------------------+------------+|
|| Open | Weight  |      Zone        | ZoneName   ||
|+------+---------+------------------+------------+|
||  True|         |  ap-guangzhou-2  |  Two       ||
|+------+---------+------------------+------------+|
|||                     Tags                     |||
||+----------------------------------------------+||
|||  []                                          |||
||+----------------------------------------------+||
",
    );
}

#[test]
fn every_line_of_a_table_is_equally_wide() {
    let value = json!({"名": [{"产品名称": "云服务器", "a": "x"}, {"产品名称": "s", "a": "😀"}], "B": {"单": "值"}, "C": [[1, 2], ["一", "二"]]});
    for width in [20, 80, 200] {
        let table = written(&value, Format::Table, Screen { width, ..Screen::PLAIN });
        let widths: Vec<usize> = table.lines().map(super::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }
}

#[test]
fn a_table_wider_than_the_screen_stands_upright() {
    let value = json!({"A": "x".repeat(30), "B": "y".repeat(30), "C": "z".repeat(30)});
    let table = written(&value, Format::Table, Screen::PLAIN);
    assert!(table.contains("|  A|  xxx"), "{table}");
    let wide = written(&value, Format::Table, Screen { width: 200, ..Screen::PLAIN });
    assert!(!wide.contains("|  A|  xxx"), "{wide}");
}

#[test]
fn colours_are_only_added() {
    for format in [Format::Json, Format::Table, Format::Ndjson] {
        let coloured = written(&zones(), format, Screen { colour: Colour::On, ..Screen::PLAIN });
        assert_ne!(coloured, written(&zones(), format, Screen::PLAIN));
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), written(&zones(), format, Screen::PLAIN));
    }
}

#[test]
fn queries_keep_order_and_exact_integers() {
    let value: Value = serde_json::from_str(
        r#"{"S":[{"N":"b","A":9007199254740993},{"N":"a","A":9007199254740992},{"N":"c","A":-1.5}],"Q":"中"}"#,
    )
    .unwrap();
    for (query, expected) in [
        ("S[].{N:N,A:A}", r#"[{"N":"b","A":9007199254740993},{"N":"a","A":9007199254740992},{"N":"c","A":-1.5}]"#),
        ("S[?A==`9007199254740993`].N", r#"["b"]"#),
        ("max(S[].A)", "9007199254740993"),
        ("max_by(S, &A).N", r#""b""#),
        ("sum(S[:2].A)", "18014398509481985"),
        ("sum(`[1,2,3]`)", "6"),
        ("sum(`[]`)", "0"),
        ("avg(`[1,2]`)", "1.5"),
        ("ceil(`1.2`)", "2"),
        ("floor(`-1.2`)", "-2"),
        ("abs(`-3`)", "3"),
        ("abs(`-1.5`)", "1.5"),
        ("sort_by(S, &A)[].N", r#"["c","a","b"]"#),
        ("Nothing", "null"),
        ("length(Q)", "1"),
        ("S[0].[N,A]", r#"["b",9007199254740993]"#),
        ("to_string(S[0].A)", r#""9007199254740993""#),
        ("to_number('9007199254740993')", "9007199254740993"),
    ] {
        let found = Filter::new(query).unwrap().search(&value).unwrap();
        assert_eq!(found.to_string(), expected, "{query}");
    }
    assert!(Filter::new("S[").is_err());
    let refused = Filter::new("sum(Q)").unwrap().search(&value).unwrap_err().to_string();
    assert!(refused.contains("one array of numbers"), "{refused}");
}

#[test]
fn unknown_functions_and_numbers_of_arguments_are_errors_before_a_query_is_evaluated() {
    for (query, expected) in [
        ("nosuch(@)", "JMESPath has no function `nosuch`"),
        ("Lenght(S)", "JMESPath has no function `Lenght`; did you mean `length`?"),
        ("S[?nosuch(A)]", "`nosuch`"),
        ("S[].{a: nosuch(A)}", "`nosuch`"),
        ("S[].[nosuch(A)]", "`nosuch`"),
        ("sort_by(S, &nosuch(A))", "`nosuch`"),
        ("length(nosuch(A))", "`nosuch`"),
        ("A || nosuch(A)", "`nosuch`"),
        ("A && !nosuch(A)", "`nosuch`"),
        ("A == nosuch(A)", "`nosuch`"),
        ("A | nosuch(@)", "`nosuch`"),
        ("nosuch(A)[]", "`nosuch`"),
        ("nosuch(A).*", "`nosuch`"),
        ("length()", "the function `length` accepts 1 argument; the query gives 0"),
        ("length(A, B)", "the function `length` accepts 1 argument; the query gives 2"),
        ("sum(A, B)", "the function `sum` accepts 1 argument; the query gives 2"),
        ("sort_by(S)", "the function `sort_by` accepts 2 arguments; the query gives 1"),
        ("not_null()", "the function `not_null` accepts at least 1 argument; the query gives 0"),
        ("S[::0]", "the step of a slice is 0"),
    ] {
        let error = Filter::new(query).expect_err(query).to_string();
        assert!(error.contains(expected), "{query}: {error}");
        assert!(Columns::new(query).is_err(), "{query}");
    }
}

/// The library rejects the numbers of arguments that [`FUNCTIONS`] rejects, and no other ones.
#[test]
fn the_list_of_functions_is_the_same_as_in_the_library() {
    let mut names: Vec<&str> = RUNTIME.function_names().collect();
    names.sort_unstable();
    assert_eq!(names, FUNCTIONS.map(|(name, ..)| name));
    // These functions are written in `filter.rs`, and check the number of arguments together with their types.
    let own = ["abs", "ceil", "floor", "sum"];
    for (name, least, most) in FUNCTIONS.into_iter().filter(|(name, ..)| !own.contains(name)) {
        for count in 0..4 {
            let query = format!("{name}({})", vec!["A"; count].join(", "));
            let error = RUNTIME.compile(&query).unwrap().search(&json!({"A": 1})).err();
            let is_count = error.is_some_and(|error| error.to_string().to_lowercase().contains("arguments"));
            assert_eq!(is_count, !(least..=most).contains(&count), "{query}");
        }
    }
}

#[test]
fn columns_are_queries_on_each_row() {
    let columns = Columns::new("Zone, Tags[0].Key,join(',', [Zone, ZoneName])").unwrap();
    let rows = columns.rows(&zones()["ZoneSet"]).unwrap();
    assert_eq!(
        rows.to_string(),
        r#"[{"Zone":"ap-guangzhou-1","Tags[0].Key":"a","join(',', [Zone, ZoneName])":"ap-guangzhou-1,广州一区"},{"Zone":"ap-guangzhou-2","Tags[0].Key":null,"join(',', [Zone, ZoneName])":"ap-guangzhou-2,Two"}]"#
    );
}

#[test]
fn declared_members_come_first_and_absent_ones_are_null() {
    use tc_spec::{ModelRef, ModelSpec, ParamSpec, Shape, Type};
    const INNER: &ModelSpec = &ModelSpec::new(
        "Inner",
        &[ParamSpec::new("A", "a", Type::INT64, Shape::Maybe), ParamSpec::new("B", "b", Type::INT64, Shape::Maybe)],
    );
    const OUTER: ModelSpec = ModelSpec::new(
        "Outer",
        &[
            ParamSpec::new("Set", "set", Type::Model(ModelRef::of(|| INNER)), Shape::Many),
            ParamSpec::new("One", "one", Type::Model(ModelRef::of(|| INNER)), Shape::Maybe),
        ],
    );
    let sent = json!({"New": 1, "Set": [{"B": 2, "C": 3}]});
    let shown = |members| arrange(sent.clone(), &OUTER, members).to_string();
    assert_eq!(shown(Members::All), r#"{"Set":[{"A":null,"B":2,"C":3}],"One":null,"New":1}"#);
    assert_eq!(shown(Members::Declared), r#"{"Set":[{"A":null,"B":2}],"One":null}"#);
    assert_eq!(shown(Members::Sent), r#"{"New":1,"Set":[{"B":2,"C":3}]}"#);
}

#[test]
fn control_characters_in_a_table_are_escaped() {
    let value =
        json!([{"A\n": "a\nb\tc\rd\u{1b}[31m\u{85}\u{2028}", "B": "中\\n"}, {"A\n": ["x\ny"], "B": {"C\t": "\u{7}"}}]);
    let table = written(&value, Format::Table, Screen { width: 200, ..Screen::PLAIN });
    let widths: Vec<usize> = table.lines().map(super::width).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    assert!(table.contains(r"|  a\nb\tc\rd\u{1b}[31m\u{85}\u{2028}  |"), "{table}");
    assert!(table.contains(r"中\n") && table.contains(r"x\ny") && table.contains(r"C\t"), "{table}");
    assert!(!table.contains(|letter: char| letter != '\n' && letter.is_control()), "{table}");
}
