use tc_core::tc_model;

#[tc_model]
#[derive(Serialize)]
struct Filter {
    name: String,
}

fn main() {}
