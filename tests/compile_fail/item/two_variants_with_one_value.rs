use tc_core::tc_model;

#[tc_model]
enum Order {
    Asc,
    #[tc(name = "Asc")]
    Ascending,
}

fn main() {}
