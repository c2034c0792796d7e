//! Limits and defaults.

use quote::quote;

use super::{CVM, check_equal, check_error, member};

#[test]
fn a_documented_range_or_number_of_items_is_required() {
    let (service, version, name) = (CVM.0, CVM.1, "DescribeInstances");
    for (fields, message) in [
        (
            quote!(limit: Option<i64>),
            "the documentation limits `Limit` of cvm DescribeInstances; add `#[tc(range = ..=100)]`",
        ),
        (
            quote!(instance_ids: Vec<String>),
            "the documentation limits `InstanceIds` of cvm DescribeInstances; add `#[tc(items = ..=100)]`",
        ),
        (
            quote!(#[tc(range = 1..=101)] limit: Option<i64>),
            "this limit is wider than documented: `Limit` of cvm DescribeInstances has `range = ..=100`",
        ),
        (
            quote!(#[tc(range = 1..)] limit: Option<i64>),
            "this limit is wider than documented: `Limit` of cvm DescribeInstances has `range = ..=100`",
        ),
        (
            quote!(#[tc(values = [50, 150])] limit: Option<i64>),
            "this limit is wider than documented: `Limit` of cvm DescribeInstances has `range = ..=100`",
        ),
        (
            quote!(#[tc(items = ..=11)] filters: Vec<Filter>),
            "this limit is wider than documented: `Filters` of cvm DescribeInstances has `items = ..=10`",
        ),
    ] {
        check_error(service, version, name, fields, message);
    }
    check_equal(service, version, name, quote!(#[tc(values = [20, 50, 100])] limit: Option<i64>));
}

#[test]
fn a_documented_length_list_of_values_or_range_of_fractions_is_required() {
    let disk = |fields| member("cvm", "2017-03-12", "DataDisk", fields);
    assert!(disk(quote!(#[tc(length = 1..=128)] disk_name: Option<String>)).is_empty());
    assert!(disk(quote!(#[tc(values = ["a", "b"])] disk_name: Option<String>)).is_empty());
    assert_eq!(
        disk(quote!(#[tc(length = 1..=129)] disk_name: Option<String>)),
        ["this limit is wider than documented: `DiskName` of cvm DataDisk has `length = ..=128`"]
    );
    assert_eq!(
        disk(quote!(#[tc(charset = "a-z")] disk_name: Option<String>)),
        ["the documentation limits `DiskName` of cvm DataDisk; add `#[tc(length = ..=128)]`"]
    );
    let kinds = "values = [\"WanIP\", \"HighQualityEIP\", \"AntiDDoSEIP\"]";
    let net = |fields| member("cvm", "2017-03-12", "InternetAccessible", fields);
    assert!(net(quote!(#[tc(name = "IPv4AddressType", values = ["WanIP"])] kind: Option<String>)).is_empty());
    assert_eq!(
        net(quote!(#[tc(name = "IPv4AddressType", values = ["WanIP", "Other"])] kind: Option<String>)),
        [format!("this limit is wider than documented: `IPv4AddressType` of cvm InternetAccessible has `{kinds}`")]
    );
    assert_eq!(
        net(quote!(#[tc(name = "IPv4AddressType")] kind: Option<String>)),
        [format!("the documentation limits `IPv4AddressType` of cvm InternetAccessible; add `#[tc({kinds})]`")]
    );
    let drug = |fields| member("aca", "2021-03-23", "IndicationsDrug", fields);
    assert!(drug(quote!(#[tc(values = [0])] r#type: Option<i64>)).is_empty());
    assert!(drug(quote!(#[tc(range = 0..=0)] r#type: Option<i64>)).is_empty());
    assert_eq!(
        drug(quote!(#[tc(range = 0..=2)] r#type: Option<i64>)),
        ["this limit is wider than documented: `Type` of aca IndicationsDrug has `values = [0, 2]`"]
    );
    let rate = |fields| member("csip", "2022-11-21", "ModifyCosAuditObjectSampleRateRequest", fields);
    assert!(rate(quote!(#[tc(range = 0.001..=0.1)] default_sample_rate: Option<f64>)).is_empty());
    assert!(rate(quote!(#[tc(range = 0.01..=0.05)] default_sample_rate: Option<f32>)).is_empty());
    assert_eq!(
        rate(quote!(#[tc(range = 0.0001..=0.1)] default_sample_rate: Option<f64>)),
        ["this limit is wider than documented: `DefaultSampleRate` of csip ModifyCosAuditObjectSampleRateRequest has \
             `range = 0.001..=1.0`"]
    );
    let sandbox = |fields| member("ags", "2025-09-20", "DescribeDeploymentListRequest", fields);
    // What the type cannot hold needs no limit.
    assert!(sandbox(quote!(offset: Option<u64>)).is_empty());
    assert_eq!(
        sandbox(quote!(offset: Option<i64>)),
        ["the documentation limits `Offset` of ags DescribeDeploymentListRequest; add `#[tc(range = 0..)]`"]
    );
}

#[test]
fn defaults_must_be_equal_if_both_exist() {
    let (service, version) = CVM;
    check_error(
        service,
        version,
        "DescribeInstances",
        quote!(#[tc(range = ..=100, default = 10)] limit: Option<i64>),
        "the documented default of `Limit` of cvm DescribeInstances is `20`, not `10`",
    );
    let net = |fields| member("cvm", "2017-03-12", "InternetAccessible", fields);
    assert!(net(quote!(#[tc(default = "BGP")] internet_service_provider: Option<String>)).is_empty());
    assert!(net(quote!(#[tc(default = true)] public_ip_assigned: Option<bool>)).is_empty());
    assert_eq!(
        net(quote!(#[tc(default = "bgp")] internet_service_provider: Option<String>)),
        ["the documented default of `InternetServiceProvider` of cvm InternetAccessible is `\"BGP\"`, not `\"bgp\"`"]
    );
    let disk = |fields| member("cvm", "2017-03-12", "DataDisk", fields);
    assert_eq!(
        disk(quote!(#[tc(default = true)] encrypt: Option<bool>)),
        ["the documented default of `Encrypt` of cvm DataDisk is `false`, not `true`"]
    );
    let ratio = |fields| member("facefusion", "2022-09-27", "FusionUltraParam", fields);
    assert!(ratio(quote!(#[tc(values = [0, 1], default = 0.0)] makeup_transfer_radio: Option<f64>)).is_empty());
}
