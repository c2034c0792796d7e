use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(regex = "[a-z]+")]
    name: String,
}

fn main() {}
