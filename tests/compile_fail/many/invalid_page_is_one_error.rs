use tc_core::{Client, tc_action, tc_model};

#[tc_action(service = "cvm", version = "2017-03-12", response = Zones, page(items = zone_set))]
struct DescribeZones {
    offset: Option<u64>,
}

#[tc_model]
struct Zones {
    zone_set: Vec<String>,
}

async fn zones(client: &Client) {
    let mut zones = client.items(&DescribeZones::new());
    while let Some(zone) = zones.next().await {
        drop(zone);
    }
}

fn main() {}
