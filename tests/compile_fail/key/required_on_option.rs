use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(required)]
    limit: Option<u64>,
}

fn main() {}
