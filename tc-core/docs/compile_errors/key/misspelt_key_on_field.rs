use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(item = ..=100)]
    names: Vec<String>,
}

fn main() {}
