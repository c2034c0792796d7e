use tc_core::tc_action;

#[tc_action(service = "mps", version = "2019-06-12", response = (), verify)]
struct DescribePersonSamples {
    #[tc(values = ["UserDefine", "Other"])]
    r#type: Option<String>,
}

fn main() {}
