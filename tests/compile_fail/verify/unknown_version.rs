use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-13", response = (), verify)]
struct DescribeZones {}

fn main() {}
