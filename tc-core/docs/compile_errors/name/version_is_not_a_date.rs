use tc_core::tc_action;

#[tc_action(service = "cvm", version = "v1", response = ())]
struct DescribeZones {
    limit: Option<u64>,
}

fn main() {}
