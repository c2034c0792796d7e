//! What is said of structs that agree with the catalog, and of those that differ.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use crate::diagnostics::Diagnostics;
use crate::parse::ActionArgs;

/// Every mistake of an action, and what is left to the compiler.
#[track_caller]
fn action(args: TokenStream, item: syn::ItemStruct) -> (Vec<String>, String) {
    let mut errors = Diagnostics::new();
    let args = ActionArgs::action(args, &mut errors);
    let Ok(mut model) = crate::check::model(&args, "tc_action", item, &mut errors) else { panic!("no model") };
    model.action = Some(crate::check::action(&args, &model, &mut errors));
    let left = super::action(&args, &model, &mut errors);
    (said(errors), left.to_string())
}

#[track_caller]
fn model(args: TokenStream, item: syn::ItemStruct) -> (Vec<String>, String) {
    let mut errors = Diagnostics::new();
    let args = ActionArgs::model(args, &mut errors);
    let Ok(model) = crate::check::model(&args, "tc_model", item, &mut errors) else { panic!("no model") };
    let left = super::model(&args, &model, &mut errors);
    (said(errors), left.to_string())
}

fn said(errors: Diagnostics) -> Vec<String> {
    fn texts(tokens: TokenStream, found: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => texts(group.stream(), found),
                TokenTree::Literal(literal) => {
                    let text: syn::LitStr = syn::parse_quote!(#literal);
                    found.push(text.value());
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    texts(errors.finish(), &mut found);
    found
}

fn request(service: &str, version: &str, fields: TokenStream, name: &str) -> (Vec<String>, String) {
    let name = quote::format_ident!("{name}");
    action(quote!(service = #service, version = #version, verify), parse_quote!(struct #name { #fields }))
}

/// Fields that agree with the request of `action`.
#[track_caller]
fn agrees(service: &str, version: &str, name: &str, fields: TokenStream) {
    assert_eq!(request(service, version, fields, name).0, [String::new(); 0]);
}

/// Fields that differ in one way.
#[track_caller]
fn differs(service: &str, version: &str, name: &str, fields: TokenStream, message: &str) {
    assert_eq!(request(service, version, fields, name).0, [message]);
}

/// A member of an object that answers contain.
#[track_caller]
fn answer(fields: TokenStream, message: Option<&str>) {
    let found = model(quote!(verify("cvm", "2017-03-12", "Instance")), parse_quote!(struct Instance { #fields })).0;
    assert_eq!(found, message.map(str::to_owned).into_iter().collect::<Vec<_>>());
}

const CVM: (&str, &str) = ("cvm", "2017-03-12");

#[test]
fn what_agrees_passes() {
    let every = quote! {
        #[tc(items = ..=100)] instance_ids: Vec<String>,
        #[tc(items = 1..=10)] filters: Option<Vec<Filter>>,
        #[tc(default = 0)] offset: Option<i64>,
        #[tc(range = 1..=50, default = 20)] limit: Option<u32>,
    };
    agrees(CVM.0, CVM.1, "DescribeInstances", every);
    // Nothing has to be there but what is required.
    agrees(CVM.0, CVM.1, "DescribeInstances", quote!());
    // A limit of one's own, and no default.
    agrees(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(range = 0..=1000)] offset: Option<u64>));
    // Stricter than documented: required here.
    agrees(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(range = 1..=100)] limit: i32));
    let boxed =
        quote!(#[tc(required, items = ..=5)] instance_ids: Box<Vec<String>>, release_address: Option<Box<bool>>);
    agrees(CVM.0, CVM.1, "TerminateInstances", boxed);
}

#[test]
fn free_json_fits_everything() {
    let fields =
        quote!(instance_ids: serde_json::Value, filters: Option<serde_json::Value>, limit: Option<serde_json::Value>);
    agrees(CVM.0, CVM.1, "DescribeInstances", fields);
    agrees(CVM.0, CVM.1, "DescribeInstances", quote!(#[tc(items = ..=10)] filters: Vec<serde_json::Value>));
    answer(quote!(created_time: serde_json::Value, tags: Option<serde_json::Value>), None);
}

#[test]
fn a_name_is_exact() {
    for (fields, message) in [
        (
            quote!(#[tc(items = ..=100)] instances_ids: Vec<String>),
            "cvm DescribeInstances has no parameter `InstancesIds`; did you mean `InstanceIds`? call the field \
             `instance_ids`",
        ),
        (
            quote!(#[tc(name = "instanceids", items = ..=100)] instance_ids: Vec<String>),
            "cvm DescribeInstances has no parameter `instanceids`; did you mean `InstanceIds`? write \
             `#[tc(name = \"InstanceIds\")]`",
        ),
        (quote!(colour: Option<String>), "cvm DescribeInstances has no parameter `Colour`"),
        // The member that is near has a field of its own.
        (quote!(offset: Option<u64>, ofset: Option<u64>), "cvm DescribeInstances has no parameter `Ofset`"),
    ] {
        differs(CVM.0, CVM.1, "DescribeInstances", fields, message);
    }
    answer(
        quote!(cpu: i64),
        Some("cvm Instance has no member `Cpu`; did you mean `CPU`? write `#[tc(name = \"CPU\")]`"),
    );
    answer(quote!(#[tc(name = "CPU")] cpu: i64, ipv6_addresses: Vec<String>), {
        Some(
            "cvm Instance has no member `Ipv6Addresses`; did you mean `IPv6Addresses`? write \
             `#[tc(name = \"IPv6Addresses\")]`",
        )
    });
}

#[test]
fn integers_of_any_width_in_requests_and_of_64_bits_in_answers() {
    for ty in [quote!(i32), quote!(u32), quote!(i64), quote!(u64)] {
        agrees(CVM.0, CVM.1, "DescribeInstances", quote!(offset: Option<#ty>));
    }
    answer(quote!(memory: i64), None);
    answer(quote!(memory: Option<i64>), None);
    let narrow = |ty| {
        format!(
            "`Memory` of cvm Instance is int64, and this is `{ty}`; a number in an answer may have more than 32 bits; write \
             `i64`"
        )
    };
    answer(quote!(memory: i32), Some(&narrow("i32")));
    answer(quote!(memory: Option<u32>), Some(&narrow("u32")));
    answer(
        quote!(memory: u64),
        Some(
            "`Memory` of cvm Instance is int64, and this is `u64`; a number in an answer may be negative; write `i64`",
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
fn text_is_no_number() {
    for (field, message) in [
        (
            quote!(offset: Option<String>),
            "`Offset` of cvm DescribeInstances is int64, and this is `String`; write `i64`",
        ),
        (quote!(offset: Option<f64>), "`Offset` of cvm DescribeInstances is int64, and this is `f64`; write `i64`"),
        (quote!(offset: bool), "`Offset` of cvm DescribeInstances is int64, and this is `bool`; write `i64`"),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Vec<i64>),
            "`InstanceIds` of cvm DescribeInstances is string, and this is `i64`; write `String`",
        ),
        (
            quote!(#[tc(items = ..=10)] filters: Vec<String>),
            "`Filters` of cvm DescribeInstances is the object Filter, and this is `String`; write a struct with #[tc_model]",
        ),
    ] {
        differs(CVM.0, CVM.1, "DescribeInstances", field, message);
    }
}

#[test]
fn texts_dates_and_times() {
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
            "`StartTime` of cdn DescribeReportDataRequest is date, and this is `DateTime<Utc>`; a day is no moment in \
             time; write `String`"
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
            "`CreateTime` of antiddos CCLevelPolicy is datetime, and this is `chrono::DateTime<Utc>`; it has no zone, so \
             it is no moment in time; write `String`"
        ]
    );
    answer(quote!(created_time: String), None);
    answer(quote!(created_time: DateTime<Utc>), None);
    answer(quote!(created_time: Option<DateTime<Utc>>), None);
    answer(
        quote!(created_time: i64),
        Some("`CreatedTime` of cvm Instance is datetime_iso, and this is `i64`; write `DateTime<Utc>` or `String`"),
    );
    answer(
        quote!(uuid: DateTime<Utc>),
        Some("`Uuid` of cvm Instance is string, and this is `DateTime<Utc>`; write `String`"),
    );
}

#[test]
fn bytes_are_binary() {
    let only = |fields| {
        request("cii", "2021-04-08", fields, "UploadMedicalFile").0.into_iter().find(|text| text.contains("`File` of"))
    };
    assert_eq!(only(quote!(#[tc(binary)] file: Option<Vec<u8>>)), None);
    assert_eq!(
        only(quote!(file: Option<String>)).as_deref(),
        Some("`File` of cii UploadMedicalFile is binary, and this is `String`; write `Vec<u8>` with `#[tc(binary)]`")
    );
    differs(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(#[tc(binary)] offset: Vec<u8>),
        "`Offset` of cvm DescribeInstances is int64, and this is bytes; write `i64`",
    );
}

#[test]
fn lists_are_lists() {
    differs(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(instance_ids: Option<String>),
        "`InstanceIds` of cvm DescribeInstances is a list; write `Vec<String>`",
    );
    differs(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(limit: Vec<i64>),
        "`Limit` of cvm DescribeInstances is one value, not a list; write `i64`",
    );
    differs(
        CVM.0,
        CVM.1,
        "DescribeInstances",
        quote!(limit: Vec<serde_json::Value>),
        "`Limit` of cvm DescribeInstances is one value, not a list; write `i64`",
    );
}

#[test]
fn what_a_request_must_have_is_there_and_required() {
    for (fields, message) in [
        (
            quote!(),
            "cvm TerminateInstances requires `InstanceIds`, and the struct has no field for it; add `#[tc(required)] pub \
             instance_ids: Vec<String>`",
        ),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Vec<String>),
            "`InstanceIds` of cvm TerminateInstances is required, and optional here; write `#[tc(required)]`",
        ),
        (
            quote!(#[tc(items = ..=100)] instance_ids: Option<Vec<String>>),
            "`InstanceIds` of cvm TerminateInstances is required, and optional here; take the `Option` away and write \
             `#[tc(required)]`",
        ),
        // The misspelt field stands for it.
        (
            quote!(#[tc(items = ..=100)] instances_ids: Vec<String>),
            "cvm TerminateInstances has no parameter `InstancesIds`; did you mean `InstanceIds`? call the field \
             `instance_ids`",
        ),
    ] {
        differs(CVM.0, CVM.1, "TerminateInstances", fields, message);
    }
    differs(
        "iai",
        "2020-03-03",
        "GetPersonGroupInfo",
        quote!(person_id: Option<String>),
        "`PersonId` of iai GetPersonGroupInfo is required, and optional here; take the `Option` away",
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
        ["cvm Filter requires `Name`, `Values`, and the struct has no field for it; add `pub name: String`, \
             `#[tc(required)] pub values: Vec<String>`"]
    );
    // An answer may lack what it wants.
    answer(quote!(), None);
}

#[test]
fn documented_limits_are_kept() {
    let (service, version, name) = (CVM.0, CVM.1, "DescribeInstances");
    for (fields, message) in [
        (
            quote!(limit: Option<i64>),
            "`Limit` of cvm DescribeInstances is limited in the documentation; add `#[tc(range = ..=100)]`",
        ),
        (
            quote!(instance_ids: Vec<String>),
            "`InstanceIds` of cvm DescribeInstances is limited in the documentation; add `#[tc(items = ..=100)]`",
        ),
        (
            quote!(#[tc(range = 1..=101)] limit: Option<i64>),
            "this accepts more than `Limit` of cvm DescribeInstances does: documented is `range = ..=100`",
        ),
        (
            quote!(#[tc(range = 1..)] limit: Option<i64>),
            "this accepts more than `Limit` of cvm DescribeInstances does: documented is `range = ..=100`",
        ),
        (
            quote!(#[tc(values = [50, 150])] limit: Option<i64>),
            "this accepts more than `Limit` of cvm DescribeInstances does: documented is `range = ..=100`",
        ),
        (
            quote!(#[tc(items = ..=11)] filters: Vec<Filter>),
            "this accepts more than `Filters` of cvm DescribeInstances does: documented is `items = ..=10`",
        ),
    ] {
        differs(service, version, name, fields, message);
    }
    agrees(service, version, name, quote!(#[tc(values = [20, 50, 100])] limit: Option<i64>));
}

/// One member of a model that requests contain.
fn member(service: &str, version: &str, object: &str, fields: TokenStream) -> Vec<String> {
    let args = quote!(verify(#service, #version, #object));
    let found = model(args, parse_quote!(struct Model { #fields })).0;
    found.into_iter().filter(|text| !text.contains(" requires ")).collect()
}

#[test]
fn lengths_values_and_fractions_are_kept() {
    let disk = |fields| member("cvm", "2017-03-12", "DataDisk", fields);
    assert!(disk(quote!(#[tc(length = 1..=128)] disk_name: Option<String>)).is_empty());
    assert!(disk(quote!(#[tc(values = ["a", "b"])] disk_name: Option<String>)).is_empty());
    assert_eq!(
        disk(quote!(#[tc(length = 1..=129)] disk_name: Option<String>)),
        ["this accepts more than `DiskName` of cvm DataDisk does: documented is `length = ..=128`"]
    );
    assert_eq!(
        disk(quote!(#[tc(charset = "a-z")] disk_name: Option<String>)),
        ["`DiskName` of cvm DataDisk is limited in the documentation; add `#[tc(length = ..=128)]`"]
    );
    let kinds = "values = [\"WanIP\", \"HighQualityEIP\", \"AntiDDoSEIP\"]";
    let net = |fields| member("cvm", "2017-03-12", "InternetAccessible", fields);
    assert!(net(quote!(#[tc(name = "IPv4AddressType", values = ["WanIP"])] kind: Option<String>)).is_empty());
    assert_eq!(
        net(quote!(#[tc(name = "IPv4AddressType", values = ["WanIP", "Other"])] kind: Option<String>)),
        [format!("this accepts more than `IPv4AddressType` of cvm InternetAccessible does: documented is `{kinds}`")]
    );
    assert_eq!(
        net(quote!(#[tc(name = "IPv4AddressType")] kind: Option<String>)),
        [format!("`IPv4AddressType` of cvm InternetAccessible is limited in the documentation; add `#[tc({kinds})]`")]
    );
    let drug = |fields| member("aca", "2021-03-23", "IndicationsDrug", fields);
    assert!(drug(quote!(#[tc(values = [0])] r#type: Option<i64>)).is_empty());
    assert!(drug(quote!(#[tc(range = 0..=0)] r#type: Option<i64>)).is_empty());
    assert_eq!(
        drug(quote!(#[tc(range = 0..=2)] r#type: Option<i64>)),
        ["this accepts more than `Type` of aca IndicationsDrug does: documented is `values = [0, 2]`"]
    );
    let rate = |fields| member("csip", "2022-11-21", "ModifyCosAuditObjectSampleRateRequest", fields);
    assert!(rate(quote!(#[tc(range = 0.001..=0.1)] default_sample_rate: Option<f64>)).is_empty());
    assert!(rate(quote!(#[tc(range = 0.01..=0.05)] default_sample_rate: Option<f32>)).is_empty());
    assert_eq!(
        rate(quote!(#[tc(range = 0.0001..=0.1)] default_sample_rate: Option<f64>)),
        [
            "this accepts more than `DefaultSampleRate` of csip ModifyCosAuditObjectSampleRateRequest does: documented is \
             `range = 0.001..=1.0`"
        ]
    );
    let sandbox = |fields| member("ags", "2025-09-20", "DescribeDeploymentListRequest", fields);
    // What the type cannot hold needs no limit.
    assert!(sandbox(quote!(offset: Option<u64>)).is_empty());
    assert_eq!(
        sandbox(quote!(offset: Option<i64>)),
        ["`Offset` of ags DescribeDeploymentListRequest is limited in the documentation; add `#[tc(range = 0..)]`"]
    );
}

#[test]
fn defaults_are_equal_where_both_are_given() {
    let (service, version) = CVM;
    differs(
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

#[test]
fn the_request_id_is_skipped() {
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

#[test]
fn an_exception_has_a_reason_and_a_field() {
    let with = |except: TokenStream, fields: TokenStream| {
        let args = quote!(service = "cvm", version = "2017-03-12", name = "TerminateInstances", verify(#except));
        action(args, parse_quote!(struct Terminate { #fields })).0
    };
    let ids = quote!(#[tc(required, items = ..=100)] instance_ids: Vec<String>);
    let none = [String::new(); 0];
    let reason = quote!("said by support");
    assert_eq!(with(quote!(except(instance_ids = #reason)), quote!(instance_ids: Vec<u32>)), none);
    // It may be about a field that is left out.
    assert_eq!(with(quote!(except(instance_ids = #reason)), quote!()), none);
    assert_eq!(with(quote!(international, except(force = #reason,)), quote!(#ids, force: bool)), none);
    assert_eq!(with(quote!(except(r#force = #reason)), quote!(#ids, force: bool)), none);
    for (except, message) in [
        (quote!(except(instance_id = "x")), "there is no field `instance_id` to except; did you mean `instance_ids`?"),
        (quote!(except(instance_ids)), "an exception has a reason: write `instance_ids = \"the reason\"`"),
        (quote!(except(instance_ids = " ")), "this reason is empty; say why the field differs"),
        (quote!(except(instance_ids = 3)), "`instance_ids` cannot be read: write `instance_ids = \"…\"`"),
        (quote!(except(instance_ids = "x", instance_ids = "y")), "`instance_ids` is given twice; keep one"),
        (quote!(except), "`except` names fields and reasons: write `except(field = \"the reason\")`"),
        (quote!(internatonal), "`internatonal` is nothing that `verify` knows; did you mean `international`?"),
        (quote!(china, international), "the site is given twice; keep one"),
        (quote!("cvm"), "an action is compared by its own service, version and name; take this away"),
    ] {
        assert_eq!(with(except.clone(), ids.clone()), [message], "{except}");
    }
}

#[test]
fn what_is_compared_with_exists() {
    let call = |service: &str, version: &str, name: &str, verify: TokenStream| {
        let name = quote::format_ident!("{name}");
        action(quote!(service = #service, version = #version, #verify), parse_quote!(struct #name {})).0
    };
    let site = quote!(verify(international));
    for (found, message) in [
        (call("cvn", CVM.1, "DescribeZones", quote!(verify)), "there is no service `cvn`; did you mean `cvm`?"),
        (
            call("cvm", "2017-03-13", "DescribeZones", quote!(verify)),
            "cvm has no version `2017-03-13` on the china site; its version is 2017-03-12",
        ),
        (
            call("cvm", CVM.1, "DescribeZone", quote!(verify)),
            "cvm 2017-03-12 has no action `DescribeZone`; did you mean `DescribeZones`?",
        ),
        (
            call("aca", "2021-03-23", "GetDrugIndications", site),
            "aca is not on the international site; the china site has it: write `verify(china)`",
        ),
    ] {
        assert_eq!(found, [message]);
    }
    let object = |names: TokenStream| {
        model(
            quote!(verify(#names)),
            parse_quote!(
                struct Model {}
            ),
        )
        .0
    };
    for (names, message) in [
        (quote!("cvm", "2017-03-12", "Instnce"), "cvm 2017-03-12 has no object `Instnce`; did you mean `Instance`?"),
        (
            quote!("cvm", "2017-03-12", "DescribeInstances"),
            "cvm 2017-03-12 has no object `DescribeInstances`; the answer of the action DescribeInstances is \
             `DescribeInstancesResponse`",
        ),
        (
            quote!(),
            "a model is compared with an object of a service: write `verify(\"cvm\", \"2017-03-12\", \"Instance\")`",
        ),
        (
            quote!("cvm", international),
            "a model is compared with an object of a service: write `verify(\"cvm\", \"2017-03-12\", \"Instance\")`",
        ),
    ] {
        assert_eq!(object(names), [message]);
    }
    assert!(object(quote!("as", "2018-04-19", "Activity")).is_empty());
}

#[test]
fn a_type_that_only_the_compiler_knows_is_left_to_it() {
    let fields = quote!(#[tc(default = Kind::UserDefine)] r#type: Option<Kind>);
    let (said, left) = request("mps", "2019-06-12", fields, "DescribePersonSamples");
    assert!(said.is_empty(), "{said:?}");
    assert!(left.contains("agrees (< Option < Kind > as __tc :: Param > :: TYPE"), "{left}");
    assert!(left.contains("Texts (& [\"UserDefine\" , \"Default\"])"), "{left}");
    assert!(left.contains("agrees_default"), "{left}");
    let (_, left) = request("mps", "2019-06-12", quote!(offset: Option<u64>), "DescribePersonSamples");
    assert_eq!(left, "");
}
