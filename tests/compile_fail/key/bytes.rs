use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(bytes)]
    image: Vec<u8>,
}

fn main() {}
