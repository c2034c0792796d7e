use tc_core::{request, tc_model};

#[tc_model]
enum Order { Asc, Desc }

#[tc_model]
struct Filter {
    order: Option<Order>,
}

#[tc_model]
struct Query {
    filters: Vec<Filter>,
}

fn main() {
    let _ = request!(Query { filters: [Filter { order: "Nope" }] });
}
