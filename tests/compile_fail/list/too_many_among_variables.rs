use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

fn main() {
    let a = "John Smith";
    let _ = request!(DescribePersonSamples { names: [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a] });
}
