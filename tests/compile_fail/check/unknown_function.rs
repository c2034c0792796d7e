use tc_core::tc_model;

#[tc_model(check = name_fits)]
struct Filter {
    name: String,
}

fn main() {}
