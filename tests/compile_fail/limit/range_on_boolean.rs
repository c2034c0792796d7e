use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(range = 0..=1)]
    flag: bool,
}

fn main() {}
