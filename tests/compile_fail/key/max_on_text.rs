use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(max = 64)]
    name: String,
}

fn main() {}
