use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(one_of("S", "M"))]
    size: String,
}

fn main() {}
