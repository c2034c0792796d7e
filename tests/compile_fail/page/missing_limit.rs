use tc_core::{tc_action, tc_model};

#[tc_model]
struct Zones {
    zone_set: Vec<String>,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = Zones, page(items = zone_set))]
struct DescribeZones {
    offset: Option<u64>,
}

fn main() {}
