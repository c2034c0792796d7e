use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(charset = "0-9")]
    limit: Option<u64>,
}

fn main() {}
