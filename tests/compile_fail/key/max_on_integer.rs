use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(max = 100)]
    limit: Option<u64>,
}

fn main() {}
