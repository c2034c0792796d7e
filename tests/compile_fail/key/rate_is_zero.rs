use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = (), rate = 0)]
struct DescribeZones {
    limit: Option<u64>,
}

fn main() {}
