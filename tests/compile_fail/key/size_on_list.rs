use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(size = 1..=5)]
    names: Vec<String>,
}

fn main() {}
