use tc_core::{Client, request, tc_action, tc_model};

struct Zone {
    name: String,
}

#[tc_action(service = "cvm", version = "2017-03-12", page(items = zone_set))]
struct DescribeZones {
    offset: Option<u64>,
    limit: Option<u64>,
}

#[tc_model]
struct DescribeZonesResponse {
    zone_set: Vec<Zone>,
}

async fn names(client: &Client) -> Vec<String> {
    let zones = client.send(&request!(DescribeZones { limit: 5 })).await.unwrap().into_inner().zone_set;
    zones.into_iter().map(|zone| zone.name).collect()
}

fn main() {}
