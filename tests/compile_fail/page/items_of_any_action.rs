use tc_core::{AnyAction, Client};

fn zones(client: &Client) {
    let _ = client.items(&AnyAction::new("cvm", "2017-03-12", "DescribeZones"));
}

fn main() {}
