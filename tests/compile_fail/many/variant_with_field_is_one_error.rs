use tc_core::{request, tc_action, tc_model};

#[tc_model]
enum Order {
    Asc,
    By(String),
}

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    order: Option<Order>,
}

fn main() {
    let _ = request!(DescribeZones { order: "Asc" }) == DescribeZones::new().order(Order::Asc);
}
