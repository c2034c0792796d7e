use tc_core::tc_model;

#[tc_model]
enum Order {
    #[tc(value = "asc")]
    Asc,
    Desc,
}

fn main() {}
