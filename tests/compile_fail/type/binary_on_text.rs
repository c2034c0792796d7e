use tc_core::tc_model;

#[tc_model]
struct Upload {
    #[tc(binary)]
    file: String,
}

fn main() {}
