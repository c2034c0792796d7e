use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = 1..=100, default = 20)]
    limit: Option<usize>,
}

fn main() {}
