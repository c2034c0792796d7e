use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[serde(rename = "Name")]
    name: String,
}

fn main() {}
