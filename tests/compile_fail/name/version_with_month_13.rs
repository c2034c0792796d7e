use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-13-01", response = ())]
struct DescribeZones {
    limit: Option<u64>,
}

fn main() {}
