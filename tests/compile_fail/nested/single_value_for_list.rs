use tc_core::{request, tc_model};

#[tc_model]
struct Filter {
    #[tc(items = ..=2)]
    ids: Vec<String>,
}

#[tc_model]
struct Query {
    filters: Vec<Filter>,
}

fn main() {
    let _ = request!(Query { filters: [Filter { ids: "a" }] });
}
