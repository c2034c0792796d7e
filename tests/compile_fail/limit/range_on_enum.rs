use tc_core::tc_model;

#[tc_model]
enum Order { Asc, Desc }

#[tc_model]
struct Sort {
    #[tc(range = 1..=2)]
    order: Option<Order>,
}

fn main() {}
