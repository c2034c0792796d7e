use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(minLength = 1, maxLength = 64)]
    name: String,
}

fn main() {}
