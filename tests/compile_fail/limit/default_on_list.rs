use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(default = "a")]
    names: Vec<String>,
}

fn main() {}
