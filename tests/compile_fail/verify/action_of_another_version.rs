use tc_core::tc_action;

#[tc_action(service = "tke", version = "2018-05-25", response = (), verify)]
struct DescribeClusterMachines {}

fn main() {}
