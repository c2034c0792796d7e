use tc_core::chrono::{DateTime, Utc};
use tc_core::tc_model;

#[tc_model(verify("antiddos", "2020-03-09", "CCLevelPolicy"))]
struct Policy {
    create_time: Option<DateTime<Utc>>,
}

fn main() {}
