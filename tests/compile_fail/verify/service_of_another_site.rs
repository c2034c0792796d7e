use tc_core::tc_action;

#[tc_action(service = "aca", version = "2021-03-23", response = (), verify(international))]
struct GetDrugIndications {}

fn main() {}
