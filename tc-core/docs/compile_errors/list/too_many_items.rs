use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

fn main() {
    let _ = request!(DescribePersonSamples { names: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u"] });
}
