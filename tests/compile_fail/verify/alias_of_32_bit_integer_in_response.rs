use tc_core::tc_model;

type Size = u32;

#[tc_model(verify("cvm", "2017-03-12", "Instance"))]
struct Instance {
    memory: Size,
}

fn main() {}
