use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = 1..=64)]
    name: String,
}

fn main() {}
