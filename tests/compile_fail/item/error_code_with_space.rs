use tc_core::tc_error;

#[tc_error]
enum ZoneError {
    #[tc(code = "Failed Operation")]
    Busy,
}

fn main() {}
