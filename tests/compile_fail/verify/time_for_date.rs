use tc_core::chrono::{DateTime, Utc};
use tc_core::tc_model;

#[tc_model(verify("cwp", "2018-02-28", "SecurityTrend"))]
struct Trend {
    date: Option<DateTime<Utc>>,
}

fn main() {}
