use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(items = 5..5)]
    names: Vec<String>,
}

fn main() {}
