use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(name = "Filters.0")]
    name: String,
}

fn main() {}
