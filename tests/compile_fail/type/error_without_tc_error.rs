use tc_core::tc_action;

struct Plain;

#[tc_action(service = "cvm", version = "2017-03-12", response = (), error = Plain)]
struct DescribeZones {}

fn main() {}
