use tc_core::tc_model;

#[tc_model]
struct Filter {
    #[tc(rename = "DBName")]
    db_name: String,
}

fn main() {}
