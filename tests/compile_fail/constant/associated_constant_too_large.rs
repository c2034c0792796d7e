use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

fn main() {
    let _ = request!(DescribePersonSamples { limit: u64::MAX });
}
