use tc_core::{request, tc_model};

#[tc_model]
struct Filter {
    #[tc(length = 1..=8, charset = "a-z-")]
    name: String,
    #[tc(items = 1..=5, length = ..=8)]
    values: Vec<String>,
    inner: Option<Box<Filter>>,
}

fn main() {
    let _ = request!(Filter { name: "zone", inner: Filter { values: ["a"] } });
}
