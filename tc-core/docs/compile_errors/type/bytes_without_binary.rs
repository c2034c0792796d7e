use tc_core::tc_model;

#[tc_model]
struct Filter {
    value: Vec<u8>,
}

fn main() {}
