use tc_core::tc_action;

type Library = String;

#[tc_action(service = "mps", version = "2019-06-12", response = (), verify)]
struct DescribePersonSamples {
    r#type: Option<Library>,
}

fn main() {}
