use tc_core::{request, tc_model};

#[tc_model]
struct Filter {
    #[tc(range = ..=100)]
    limit: Option<u64>,
}

#[tc_model]
struct Query {
    filters: Vec<Filter>,
}

fn main() {
    let _ = request!(Query { filters: [Filter { limit: -1 }] });
}
