use tc_core::tc_model;

#[tc_model]
enum Order {
    Asc,
}

#[tc_model(verify("cvm", "2017-03-12", "Instance"))]
struct Instance {
    created_time: Option<Order>,
}

fn main() {}
