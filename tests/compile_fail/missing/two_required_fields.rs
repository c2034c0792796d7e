use tc_core::{request, tc_model};

#[tc_model]
struct Filter {
    name: String,
    #[tc(required)]
    values: Vec<String>,
}

fn main() {
    let _ = request!(Filter {});
}
