use std::collections::HashMap;

use tc_core::{request, tc_action};

struct Plain;

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
#[derive(Default)]
struct DescribeZones {
    tags: HashMap<String, Plain>,
    limit: Option<u64>,
}

fn main() {
    let action = DescribeZones::new(["ap"]).limit(2);
    let _ = request!(DescribeZones { tags: "ap", limit: 1 }) == action.clone();
    let _ = (action.validate(), DescribeZones::default());
}
