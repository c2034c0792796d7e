use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: &'static str,
}

fn main() {}
