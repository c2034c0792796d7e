use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = ..=100, default = 101)]
    limit: Option<u64>,
}

fn main() {}
