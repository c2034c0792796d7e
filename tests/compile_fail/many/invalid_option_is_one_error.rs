use tc_core::{request, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    ids: Option<Vec<usize>>,
    limit: Option<u64>,
}

fn main() {
    let action = DescribeZones::new().ids([1]).limit(2);
    let _ = request!(DescribeZones { ids: [1, 2], limit: 1 }) == action;
}
