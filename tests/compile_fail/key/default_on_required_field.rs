use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(default = 20)]
    limit: u64,
}

fn main() {}
