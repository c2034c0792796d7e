use tc_core::tc_model;

#[tc_model]
struct Filter(String, Vec<String>);

fn main() {}
