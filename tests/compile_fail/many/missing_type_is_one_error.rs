use tc_core::{request, tc_action, tc_model};

#[tc_model]
struct Filter {
    name: String,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    #[tc(required, items = ..=1)]
    filters: Vec<Filter>,
}

fn main() {
    let _ = request!(DescribeZones { filters: [{ name: 1, nmae: {} }, { name: "b" }] }).validate();
}
