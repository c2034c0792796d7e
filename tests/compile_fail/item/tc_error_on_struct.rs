use tc_core::tc_error;

#[tc_error]
struct ZoneError;

fn main() {}
