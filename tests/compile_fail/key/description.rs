use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(description = "The name.")]
    name: String,
}

fn main() {}
