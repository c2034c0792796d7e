use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: std::collections::HashMap<String, String>,
}

fn main() {}
