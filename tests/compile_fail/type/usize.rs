use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: Option<usize>,
}

fn main() {}
