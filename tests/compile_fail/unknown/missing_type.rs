use tc_apis::mps::DescribePersonSamples;
use tc_core::request;

fn main() {
    let _: DescribePersonSamples = request!({ limit: 20 });
}
