use tc_core::request;

struct Plain {
    limit: u64,
}

fn main() {
    let _ = request!(Plain { limit: 20 });
}
