use tc_core::tc_model;

#[tc_model]
struct Filter {
    clone: Option<bool>,
}

fn main() {}
