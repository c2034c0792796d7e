use tc_core::tc_model;

#[tc_model]
struct Filter {
    name: String,
    #[tc(name = "Name")]
    label: String,
}

fn main() {}
