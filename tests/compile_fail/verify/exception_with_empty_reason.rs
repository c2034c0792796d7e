use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12", response = (), verify(except(limit = "")))]
struct DescribeInstances {
    limit: Option<i64>,
}

fn main() {}
