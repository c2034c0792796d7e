use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(charset = "z-a")]
    name: String,
}

fn main() {}
