use tc_core::tc_model;

#[tc_model(check = fits)]
enum Order { Asc, Desc }

fn main() {}
