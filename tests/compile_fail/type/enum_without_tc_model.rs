use tc_core::tc_model;

enum Order {
    Asc,
    Desc,
}

#[tc_model]
struct Filter {
    order: Option<Order>,
    #[tc(sensitive)]
    name: String,
}

fn main() {}
