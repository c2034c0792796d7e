use tc_core::{tc_action, tc_model};

#[tc_model]
enum SampleType {
    UserDefine,
    Default,
}

#[tc_action(service = "mps", version = "2019-06-12", response = (), verify)]
struct DescribePersonSamples {
    #[tc(default = SampleType::Default)]
    r#type: Option<SampleType>,
}

fn main() {}
