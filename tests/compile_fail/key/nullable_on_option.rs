use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(nullable)]
    limit: Option<u64>,
}

fn main() {}
