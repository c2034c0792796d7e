use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

const NAMES: [&str; 21] = ["John Smith"; 21];

fn main() {
    let _ = request!(DescribePersonSamples { names: NAMES });
}
