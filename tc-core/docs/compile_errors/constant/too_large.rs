use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

const TOO_MANY: u64 = 101;

fn main() {
    let _ = request!(DescribePersonSamples { limit: TOO_MANY });
}
