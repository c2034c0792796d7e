//! Names of members, and required members.

use quote::quote;
use syn::parse_quote;

use super::{CVM, check_equal, check_error, check_response_member, model};

#[test]
fn equal_and_stricter_structs_have_no_error() {
    let every = quote! {
        #[tc(items = ..=100)] instance_ids: Vec<String>,
        #[tc(items = 1..=10)] filters: Option<Vec<Filter>>,
        #[tc(default = 0)] offset: Option<i64>,
        #[tc(range = 1..=50, default = 20)] limit: Option<u32>,
    };
    check_equal(CVM.0, CVM.1, "DescribeInstances", every);
    // Nothing has to be there but what is required.
    check_equal(CVM.0, CVM.1, "DescribeInstances", quote!());
    // An additional limit, and no default.
    check_equal(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(range = 0..=1000)] offset: Option<u64>));
    // Stricter than documented: required here.
    check_equal(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(range = 1..=100)] limit: i32));
    let boxed =
        quote!(#[tc(required, items = ..=5)] instance_ids: Box<Vec<String>>, release_address: Option<Box<bool>>);
    check_equal(CVM.0, CVM.1, "TerminateInstances", boxed);
}

#[test]
fn a_name_must_be_exact() {
    for (fields, message) in [
        (
            quote!(#[tc(items = ..=100)] instances_ids: Vec<String>),
            "cvm DescribeInstances has no parameter `InstancesIds`; did you mean `InstanceIds`? rename the field to \
             `instance_ids`",
        ),
        (
            quote!(#[tc(name = "instanceids", items = ..=100)] instance_ids: Vec<String>),
            "cvm DescribeInstances has no parameter `instanceids`; did you mean `InstanceIds`? add \
             `#[tc(name = \"InstanceIds\")]`",
        ),
        (quote!(colour: Option<String>), "cvm DescribeInstances has no parameter `Colour`"),
        // The member that is near has its own field.
        (quote!(offset: Option<u64>, ofset: Option<u64>), "cvm DescribeInstances has no parameter `Ofset`"),
    ] {
        check_error(CVM.0, CVM.1, "DescribeInstances", fields, message);
    }
    check_response_member(
        quote!(cpu: i64),
        Some("cvm Instance has no member `Cpu`; did you mean `CPU`? add `#[tc(name = \"CPU\")]`"),
    );
    check_response_member(quote!(#[tc(name = "CPU")] cpu: i64, ipv6_addresses: Vec<String>), {
        Some(
            "cvm Instance has no member `Ipv6Addresses`; did you mean `IPv6Addresses`? add \
             `#[tc(name = \"IPv6Addresses\")]`",
        )
    });
}

#[test]
fn a_required_member_needs_a_required_field() {
    for (fields, message) in [
        (
            quote!(),
            "cvm TerminateInstances requires `InstanceIds`, but the struct has no such field; add `#[tc(required)] pub \
             instance_ids: Vec<String>`",
        ),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Vec<String>),
            "`InstanceIds` of cvm TerminateInstances is required, but this field is optional; add `#[tc(required)]`",
        ),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Option<Vec<String>>),
            "`InstanceIds` of cvm TerminateInstances is required, but this field is optional; remove the `Option` and add \
             `#[tc(required)]`",
        ),
        // The misspelt field stands for it.
        (
            quote!(#[tc(items = ..=100)] instances_ids: Vec<String>),
            "cvm TerminateInstances has no parameter `InstancesIds`; did you mean `InstanceIds`? rename the field to \
             `instance_ids`",
        ),
    ] {
        check_error(CVM.0, CVM.1, "TerminateInstances", fields, message);
    }
    check_error(
        "iai",
        "2020-03-03",
        "GetPersonGroupInfo",
        quote!(person_id: Option<String>),
        "`PersonId` of iai GetPersonGroupInfo is required, but this field is optional; remove the `Option`",
    );
    let nested = model(
        quote!(verify("cvm", "2017-03-12", "Filter")),
        parse_quote!(
            struct Filter {}
        ),
    )
    .0;
    assert_eq!(
        nested,
        ["cvm Filter requires `Name`, `Values`, but the struct has no such fields; add `pub name: String`, \
             `#[tc(required)] pub values: Vec<String>`"]
    );
    // An answer may lack what it wants.
    check_response_member(quote!(), None);
}

#[test]
fn the_request_id_is_ignored() {
    let found = model(
        quote!(verify("cvm", "2017-03-12", "DescribeInstancesResponse")),
        parse_quote!(
            struct Found {
                request_id: u32,
                total_count: i64,
            }
        ),
    );
    assert!(found.0.is_empty(), "{:?}", found.0);
}
