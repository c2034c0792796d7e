use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(max_items = 5)]
    names: Vec<String>,
}

fn main() {}
