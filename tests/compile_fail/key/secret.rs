use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(secret)]
    password: String,
}

fn main() {}
