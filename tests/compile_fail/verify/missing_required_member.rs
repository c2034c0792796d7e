use tc_core::tc_model;

#[tc_model(verify("cvm", "2017-03-12", "Filter"))]
struct Filter {}

fn main() {}
