//! Types of fields, and whether they are lists.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{CVM, check_equal, check_error, check_response_member, model, request};

#[test]
fn a_json_value_can_hold_every_type() {
    let fields =
        quote!(instance_ids: serde_json::Value, filters: Option<serde_json::Value>, limit: Option<serde_json::Value>);
    check_equal(CVM.0, CVM.1, "DescribeInstances", fields);
    check_equal(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(items = ..=10)] filters: Vec<serde_json::Value>));
    check_response_member(quote!(created_time: serde_json::Value, tags: Option<serde_json::Value>), None);
}

#[test]
fn integers_of_any_width_in_requests_and_of_64_bits_in_responses() {
    for ty in [quote!(i32), quote!(u32), quote!(i64), quote!(u64)] {
        check_equal(CVM.0, CVM.1, "DescribeInstances", quote!(offset: Option<#ty>));
    }
    check_response_member(quote!(memory: i64), None);
    check_response_member(quote!(memory: Option<i64>), None);
    let narrow = |ty| {
        format!(
            "`Memory` of cvm Instance is `int64`, but this field is `{ty}`; a number in a response can have more than 32 bits; write \
             `i64`"
        )
    };
    check_response_member(quote!(memory: i32), Some(&narrow("i32")));
    check_response_member(quote!(memory: Option<u32>), Some(&narrow("u32")));
    check_response_member(
        quote!(memory: u64),
        Some(
            "`Memory` of cvm Instance is `int64`, but this field is `u64`; a number in a response can be negative; write `i64`",
        ),
    );
    let total = quote!(verify("mps", "2019-06-12", "DescribePersonSamplesResponse"));
    assert!(
        model(
            total.clone(),
            parse_quote!(
                struct Found {
                    total_count: u64,
                }
            )
        )
        .0
        .is_empty()
    );
    assert!(
        model(
            total,
            parse_quote!(
                struct Found {
                    total_count: i64,
                }
            )
        )
        .0
        .is_empty()
    );
}

#[test]
fn text_and_numbers_are_not_equal() {
    for (field, message) in [
        (
            quote!(offset: Option<String>),
            "`Offset` of cvm DescribeInstances is `int64`, but this field is `String`; write `i64`",
        ),
        (
            quote!(offset: Option<f64>),
            "`Offset` of cvm DescribeInstances is `int64`, but this field is `f64`; write `i64`",
        ),
        (quote!(offset: bool), "`Offset` of cvm DescribeInstances is `int64`, but this field is `bool`; write `i64`"),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Vec<i64>),
            "`InstanceIds` of cvm DescribeInstances is `string`, but this field is `i64`; write `String`",
        ),
        (
            quote!(#[tc(items = ..=10)] filters: Vec<String>),
            "`Filters` of cvm DescribeInstances is the object `Filter`, but this field is `String`; write a struct with #[tc_model]",
        ),
    ] {
        check_error(CVM.0, CVM.1, "DescribeInstances", field, message);
    }
}

#[test]
fn text_dates_and_times_have_their_types() {
    let of = |version, object: &str| quote!(verify("cdn", #version, #object));
    let date = |ty: TokenStream| {
        model(of("2018-06-06", "DescribeReportDataRequest"), parse_quote!(struct Report { start_time: #ty }))
            .0
            .into_iter()
            .find(|text| text.contains("`StartTime` of"))
    };
    assert_eq!(date(quote!(String)), None);
    assert_eq!(
        date(quote!(DateTime<Utc>)).as_deref(),
        Some(
            "`StartTime` of cdn DescribeReportDataRequest is `date`, but this field is `DateTime<Utc>`; a date is not a point in time; write `String`"
        )
    );
    let time = |ty: TokenStream| {
        model(
            quote!(verify("antiddos", "2020-03-09", "CCLevelPolicy")),
            parse_quote!(struct Policy { create_time: #ty }),
        )
        .0
    };
    assert!(time(quote!(String)).is_empty());
    assert!(time(quote!(Option<String>)).is_empty());
    assert_eq!(
        time(quote!(Option<chrono::DateTime<Utc>>)),
        [
            "`CreateTime` of antiddos CCLevelPolicy is `datetime`, but this field is `chrono::DateTime<Utc>`; it has no time zone, so it is not a point in time; write `String`"
        ]
    );
    check_response_member(quote!(created_time: String), None);
    check_response_member(quote!(created_time: DateTime<Utc>), None);
    check_response_member(quote!(created_time: Option<DateTime<Utc>>), None);
    check_response_member(
        quote!(created_time: i64),
        Some(
            "`CreatedTime` of cvm Instance is `datetime_iso`, but this field is `i64`; write `DateTime<Utc>` or `String`",
        ),
    );
    check_response_member(
        quote!(uuid: DateTime<Utc>),
        Some("`Uuid` of cvm Instance is `string`, but this field is `DateTime<Utc>`; write `String`"),
    );
}

#[test]
fn bytes_need_binary() {
    let only = |fields| {
        request("cii", "2021-04-08", fields, "UploadMedicalFile").0.into_iter().find(|text| text.contains("`File` of"))
    };
    assert_eq!(only(quote!(#[tc(binary)] file: Option<Vec<u8>>)), None);
    assert_eq!(
        only(quote!(file: Option<String>)).as_deref(),
        Some(
            "`File` of cii UploadMedicalFile is `binary`, but this field is `String`; write `Vec<u8>` with `#[tc(binary)]`"
        )
    );
    check_error(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(#[tc(binary)] offset: Vec<u8>),
        "`Offset` of cvm DescribeInstances is `int64`, but this field is bytes; write `i64`",
    );
}

#[test]
fn a_list_needs_a_list() {
    check_error(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(instance_ids: Option<String>),
        "`InstanceIds` of cvm DescribeInstances is a list; write `Vec<String>`",
    );
    check_error(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(limit: Vec<i64>),
        "`Limit` of cvm DescribeInstances is a single value, not a list; write `i64`",
    );
    check_error(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(limit: Vec<serde_json::Value>),
        "`Limit` of cvm DescribeInstances is a single value, not a list; write `i64`",
    );
}

#[test]
fn the_compiler_checks_a_type_that_the_tokens_do_not_show() {
    let fields = quote!(#[tc(default = Kind::UserDefine)] r#type: Option<Kind>);
    let (said, left) = request("mps", "2019-06-12", fields, "DescribePersonSamples");
    assert!(said.is_empty(), "{said:?}");
    assert!(left.contains("check_declared (< Option < Kind > as __tc :: Param > :: TYPE"), "{left}");
    assert!(left.contains("Texts (& [\"UserDefine\" , \"Default\"])"), "{left}");
    assert!(left.contains("check_declared_default"), "{left}");
    let (_, left) = request("mps", "2019-06-12", quote!(offset: Option<u64>), "DescribePersonSamples");
    assert_eq!(left, "");
}
