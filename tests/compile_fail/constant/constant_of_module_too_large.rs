use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

mod limits {
    pub const TOO_MANY: u64 = 101;
}

fn main() {
    let _ = request!(DescribePersonSamples { limit: limits::TOO_MANY });
}
