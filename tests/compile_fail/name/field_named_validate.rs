use tc_core::tc_model;

#[tc_model]
struct Filter {
    validate: Option<bool>,
}

fn main() {}
