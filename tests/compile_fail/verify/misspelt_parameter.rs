use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = (), verify)]
struct DescribeInstances {
    #[tc(items = ..=100)]
    instances_ids: Vec<String>,
}

fn main() {}
