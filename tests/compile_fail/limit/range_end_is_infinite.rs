use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = ..=1e999)]
    score: Option<f64>,
}

fn main() {}
