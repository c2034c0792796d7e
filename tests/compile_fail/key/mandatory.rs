use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(mandatory)]
    name: String,
}

fn main() {}
