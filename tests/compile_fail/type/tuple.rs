use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: (String, u64),
}

fn main() {}
