use tc_core::tc_action;

#[tc_action(service = "cvn", version = "2017-03-12", response = (), verify)]
struct DescribeZones {}

fn main() {}
