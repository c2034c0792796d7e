use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(binary, length = ..=64)]
    file: Vec<u8>,
}

fn main() {}
