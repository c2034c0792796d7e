use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(gt = 0, lt = 10)]
    weight: i64,
}

fn main() {}
