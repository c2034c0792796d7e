use tc_core::tc_model;

#[tc_model]
enum Order { Asc, Desc }

#[tc_model]
struct Sort {
    #[tc(default = "Up")]
    order: Option<Order>,
}

fn main() {}
