use tc_core::tc_model;

#[tc_model]
struct Placement {}

#[tc_model(verify("cvm", "2017-03-12", "Instance"))]
struct Instance {
    uuid: Option<Placement>,
}

fn main() {}
