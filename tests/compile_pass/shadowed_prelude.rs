//! The names of the prelude are shadowed by other items.
#![allow(dead_code)]

use ::std::option::Option as Maybe;

use tc_core::{request, tc_action, tc_error, tc_model};

struct Option;
struct Vec;
struct Box;
struct Result;
struct Some;
struct None;
struct Ok;
struct Err;
struct Default;
struct Clone;
struct Into;
struct From;
#[allow(non_upper_case_globals)]
const index: usize = 1;
#[allow(non_upper_case_globals)]
const map: usize = 1;
mod core {}

#[tc_model]
enum Order {
    Asc,
    String,
    Option,
}

#[tc_error]
enum ZoneError {
    InternalError,
}

#[tc_model]
struct Inner {
    self_: ::std::option::Option<::std::string::String>,
    request: ::std::option::Option<i64>,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = (), error = ZoneError)]
struct DescribeZones {
    r#type: ::std::string::String,
    spec: ::std::vec::Vec<::std::string::String>,
    inner: ::std::option::Option<::std::boxed::Box<Inner>>,
    order: ::std::option::Option<Order>,
    #[tc(sensitive)]
    value: ::std::option::Option<::std::string::String>,
}

fn main() {
    let request = "request";
    let _ = request!(DescribeZones {
        r#type: request,
        spec: ["a"],
        inner: Inner { self_: "b", request: 1 },
        order: "String",
    });
    let action = DescribeZones::new("a").spec(["b"]).order(Order::Option).value("c");
    let _: Maybe<_> = action.validate().err();
}
