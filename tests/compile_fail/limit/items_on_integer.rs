use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(items = ..=100)]
    limit: Option<u64>,
}

fn main() {}
