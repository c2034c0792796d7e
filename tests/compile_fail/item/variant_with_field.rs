use tc_core::tc_model;

#[tc_model]
enum Order { Asc, By(String) }

fn main() {}
