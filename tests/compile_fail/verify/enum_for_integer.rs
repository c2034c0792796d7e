use tc_core::{tc_action, tc_model};

#[tc_model]
enum Order {
    Asc,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = (), verify)]
struct DescribeInstances {
    offset: Option<Order>,
}

fn main() {}
