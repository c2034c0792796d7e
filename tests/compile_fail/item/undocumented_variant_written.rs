use tc_core::tc_model;

#[tc_model]
enum Order { Asc, Desc, Undocumented }

fn main() {}
