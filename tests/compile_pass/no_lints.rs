//! Generated code causes no lint warnings.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, clippy::all, clippy::pedantic, rust_2018_idioms, unused_qualifications)]
#![deny(missing_debug_implementations, unreachable_pub, single_use_lifetimes, trivial_casts, unused_results)]

use tc_core::{Violation, request, tc_action, tc_error, tc_model};

/// How to sort.
#[tc_model]
enum Order {
    Asc,
    #[tc(name = "DESC")]
    Desc,
}

/// The error codes.
#[tc_error]
enum ZoneError {
    /// The zone is sold out.
    #[tc(code = "ResourcesSoldOut.Zone", class = state)]
    SoldOut,
    InternalError,
}

/// One zone.
#[tc_model]
struct Zone {
    zone: String,
    #[tc(sensitive)]
    secret: Option<String>,
}

/// The zones.
#[tc_model]
struct Zones {
    total_count: Option<u64>,
    zone_set: Vec<Zone>,
}

/// Lists zones.
#[tc_action(
    service = "cvm",
    version = "2017-03-12",
    response = Zones,
    error = ZoneError,
    rate = 20,
    page(total = total_count, items = zone_set),
    check = fits
)]
struct DescribeZones {
    #[tc(length = 1..=10, charset = "a-z")]
    region: String,
    #[tc(default = Order::Asc)]
    order: Option<Order>,
    #[tc(items = ..=10)]
    zones: Vec<Zone>,
    offset: Option<u64>,
    #[tc(range = 1..=100, default = 20)]
    limit: Option<u64>,
    #[tc(range = 0.5..=1.5, default = 1.0)]
    share: Option<f64>,
}

fn fits(action: &DescribeZones) -> Result<(), Violation> {
    if action.limit.is_some() { Ok(()) } else { Err(Violation::new("Limit", "is needed")) }
}

const LIMIT: u64 = 20;

fn main() {
    let action = request!(DescribeZones { region: "hongkong", limit: LIMIT, zones: [Zone { zone: "one" }], share: 1.25 });
    drop(action.validate());
    drop(DescribeZones::new("hongkong").order("DESC").offset(1).validate());
}
