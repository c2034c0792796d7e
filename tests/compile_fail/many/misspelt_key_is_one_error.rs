use tc_core::{Action, request, tc_action};

#[tc_action(servce = "cvm", service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    name: String,
    limit: Option<u64>,
}

fn main() {
    let action = request!(DescribeZones { name: "ap", limit: 1 });
    let _ = DescribeZones::new("ap").limit(2) == action;
    let _ = (action.validate(), DescribeZones::SPEC);
}
