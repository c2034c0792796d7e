use tc_core::tc_model;

#[tc_model(verify("cvm", "2017-03-12", "Instnce"))]
struct Instance {}

fn main() {}
