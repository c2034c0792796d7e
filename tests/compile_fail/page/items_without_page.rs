use tc_core::{Client, tc_action};

#[tc_action(service = "cvm", version = "2017-03-12", response = ())]
struct DescribeZones {
    offset: Option<u64>,
    limit: Option<u64>,
}

fn zones(client: &Client) {
    let _ = client.items(&DescribeZones::new());
}

fn main() {}
