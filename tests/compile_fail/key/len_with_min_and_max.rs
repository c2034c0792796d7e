use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(len(min = 1, max = 64))]
    name: String,
}

fn main() {}
