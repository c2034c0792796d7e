use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: [String; 2],
}

fn main() {}
