use tc_core::tc_error;

#[tc_error]
enum ZoneError {
    #[tc(code = "FailedOperation.Busy", class = retyr)]
    Busy,
}

fn main() {}
