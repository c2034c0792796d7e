use tc_core::tc_model;

#[tc_model(verify)]
struct Instance {}

fn main() {}
