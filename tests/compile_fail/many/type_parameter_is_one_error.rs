use tc_core::{Action, request, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones<T> {
    name: T,
}

fn main() {
    let action = request!(DescribeZones::<String> { name: "ap" });
    let _ = (action.name, DescribeZones::<String>::SPEC);
}
