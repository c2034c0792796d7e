use tc_core::tc_error;

#[tc_error]
enum ZoneError {
    #[tc(name = "ResourceUnavailable.Busy")]
    Busy,
}

fn main() {}
