use tc_core::tc_action;

#[tc_action(servce = "cvm", service = "CVM", version = "2017-03-12", response = ())]
struct DescribeZones {
    #[tc(items = ..=100)]
    limit: Option<u64>,
    #[tc(range = 9..=1)]
    offset: Option<u64>,
    names: Vec<&'static str>,
}

fn main() {}
