use tc_core::tc_action;

struct Filter {
    name: String,
}

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    filters: Vec<Filter>,
}

fn main() {}
