use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(max_len = 64)]
    names: Vec<String>,
}

fn main() {}
