//! The arguments of `verify(…)`, and the names in them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{CVM, action, model};

#[test]
fn an_exception_needs_a_field_and_a_reason() {
    let with = |except: TokenStream, fields: TokenStream| {
        let args = quote!(service = "cvm", version = "2017-03-12", name = "TerminateInstances", verify(#except));
        action(args, parse_quote!(struct Terminate { #fields })).0
    };
    let ids = quote!(#[tc(required, items = ..=100)] instance_ids: Vec<String>);
    let none = Vec::<String>::new();
    let reason = quote!("said by support");
    assert_eq!(with(quote!(except(instance_ids = #reason)), quote!(instance_ids: Vec<u32>)), none);
    // It may be about a field that is left out.
    assert_eq!(with(quote!(except(instance_ids = #reason)), quote!()), none);
    assert_eq!(with(quote!(international, except(force = #reason,)), quote!(#ids, force: bool)), none);
    assert_eq!(with(quote!(except(r#force = #reason)), quote!(#ids, force: bool)), none);
    for (except, message) in [
        (
            quote!(except(instance_id = "x")),
            "`except` names a field `instance_id` that does not exist; did you mean `instance_ids`?",
        ),
        (quote!(except(instance_ids)), "an exception needs a reason: write `instance_ids = \"the reason\"`"),
        (quote!(except(instance_ids = " ")), "this reason is empty; write why the field differs"),
        (quote!(except(instance_ids = 3)), "invalid value of `instance_ids`: write `instance_ids = \"…\"`"),
        (quote!(except(instance_ids = "x", instance_ids = "y")), "`instance_ids` is given twice; keep one"),
        (quote!(except), "`except` needs a field and a reason: write `except(field = \"the reason\")`"),
        (quote!(internatonal), "`internatonal` is not an argument of `verify`; did you mean `international`?"),
        (quote!(china, international), "the site is given twice; keep one"),
        (quote!("cvm"), "#[tc_action] is compared by its own `service`, `version` and `name`; remove this text"),
    ] {
        assert_eq!(with(except.clone(), ids.clone()), [message], "{except}");
    }
}

#[test]
fn an_unknown_service_version_action_or_object_is_an_error() {
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
            "cvm 2017-03-12 has no object `DescribeInstances`; the response of the action DescribeInstances is \
             `DescribeInstancesResponse`",
        ),
        (
            quote!(),
            "`verify` on #[tc_model] needs a service, a version and an object: write `verify(\"cvm\", \"2017-03-12\", \"Instance\")`",
        ),
        (
            quote!("cvm", international),
            "`verify` on #[tc_model] needs a service, a version and an object: write `verify(\"cvm\", \"2017-03-12\", \"Instance\")`",
        ),
    ] {
        assert_eq!(object(names), [message]);
    }
    assert!(object(quote!("as", "2018-04-19", "Activity")).is_empty());
}
