use tc_core::tc_model;

#[tc_model(verify("cvm", "2017-03-12", "Instance"))]
enum Order {
    Asc,
}

fn main() {}
