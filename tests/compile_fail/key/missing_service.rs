use tc_core::tc_action;

#[tc_action(version = "2017-03-12", response = ())]
struct DescribeZones {
    limit: Option<u64>,
}

fn main() {}
