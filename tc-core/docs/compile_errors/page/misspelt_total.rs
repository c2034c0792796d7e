use tc_core::{tc_action, tc_model};

#[tc_model]
struct Zones {
    total_count: u64,
    zone_set: Vec<String>,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = Zones, page(total = total_cuont, items = zone_set))]
struct DescribeZones {
    offset: Option<u64>,
    limit: Option<u64>,
}

fn main() {}
