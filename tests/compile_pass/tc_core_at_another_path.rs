//! tc-core at another path, given by `crate = …`.
mod facade {
    pub mod cloud {
        pub use ::tc_core::*;
    }
}

use facade::cloud::{request, tc_action, tc_error, tc_model};

#[tc_model(crate = crate::facade::cloud)]
struct Zone {
    zone: String,
}

#[tc_model(crate = crate::facade::cloud)]
enum Order {
    Asc,
}

#[tc_error(crate = facade::cloud)]
enum ZoneError {
    InternalError,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = Zone, error = ZoneError, crate = facade::cloud)]
struct DescribeZone {
    #[tc(length = ..=9)]
    zone: String,
    order: Option<Order>,
}

fn main() {
    let _ = facade::cloud::request!(DescribeZone { zone: "hongkong" });
    let _ = request!(DescribeZone { zone: "hongkong", order: "Asc" });
}
