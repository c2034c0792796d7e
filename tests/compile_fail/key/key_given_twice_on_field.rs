use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = 1..=9, range = 1..=10)]
    limit: Option<u64>,
}

fn main() {}
