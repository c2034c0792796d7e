use tc_core::tc_model;

#[tc_model(verify("cvm", "2017-03-12", "Instance"))]
struct Instance {
    memory: Option<u64>,
}

fn main() {}
