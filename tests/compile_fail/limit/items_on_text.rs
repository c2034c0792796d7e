use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(items = ..=100)]
    name: String,
}

fn main() {}
