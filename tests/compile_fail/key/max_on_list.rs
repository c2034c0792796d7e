use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(max = 5)]
    ports: Vec<u64>,
}

fn main() {}
