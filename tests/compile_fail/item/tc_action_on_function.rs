use tc_core::tc_action;

#[tc_action(service = "cvm", version = "2017-03-12")]
fn describe_zones() {}

fn main() {}
