use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

const TEN: &str = "ten";

fn main() {
    let _ = request!(DescribePersonSamples { limit: TEN });
}
