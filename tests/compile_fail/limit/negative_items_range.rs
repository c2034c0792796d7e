use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(items = -1..=5)]
    names: Vec<String>,
}

fn main() {}
