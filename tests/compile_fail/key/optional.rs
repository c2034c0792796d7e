use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(optional)]
    limit: u64,
}

fn main() {}
