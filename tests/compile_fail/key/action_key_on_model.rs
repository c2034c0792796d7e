use tc_core::tc_model;

#[tc_model(service = "cvm")]
struct Filter {
    name: String,
}

fn main() {}
