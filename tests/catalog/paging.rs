//! Every form of paging, with imported structs and with actions by name.

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};
use tc_core::{AnyAction, request};

tc_core::import! {
    mod vpc { DescribeVpcs }
    mod ivld { DescribeTasks }
    mod alb { DescribeLoadBalancers }
}

const TOTAL: u64 = 250;

fn number(params: &Value, name: &str) -> Option<u64> {
    params[name].as_u64().or_else(|| params[name].as_str()?.parse().ok())
}

/// Items with their numbers as ids, starting at `from`.
fn items(from: u64, size: u64, id: &str) -> Vec<Value> {
    (from..TOTAL.min(from + size)).map(|number| json!({ id: number.to_string() })).collect()
}

async fn cloud() -> Emulator {
    let emulator = Emulator::start().await.unwrap();
    emulator.answer("vpc", "2017-03-12", "DescribeVpcs", |received| {
        let (from, size) = (number(&received, "Offset").unwrap_or(0), number(&received, "Limit").unwrap());
        Reply::json(json!({"TotalCount": TOTAL, "VpcSet": items(from, size, "VpcId")}))
    });
    emulator.answer("ivld", "2021-09-03", "DescribeTasks", |received| {
        let page = number(&received, "PageNumber").unwrap();
        let size = number(&received, "PageSize").unwrap();
        Reply::json(json!({"TotalCount": TOTAL, "TaskInfoSet": items((page - 1) * size, size, "TaskId")}))
    });
    emulator.answer("alb", "2025-10-30", "DescribeLoadBalancers", |received| {
        let from = number(&received, "NextToken").unwrap_or(0);
        let size = number(&received, "MaxResults").unwrap_or(20);
        let next = if from + size < TOTAL { (from + size).to_string() } else { String::new() };
        Reply::json(json!({"LoadBalancers": items(from, size, "LoadBalancerId"), "NextToken": next}))
    });
    emulator
}

#[track_caller]
fn check(ids: &[String]) {
    assert_eq!(ids, (0..TOTAL).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_imported_action_pages_by_offset() {
    let emulator = cloud().await;
    let mut all = emulator.client().items(&vpc::DescribeVpcs::new());
    let mut ids = Vec::new();
    while let Some(item) = all.next().await {
        ids.push(item.unwrap().vpc_id);
    }
    check(&ids);
}

#[tokio::test]
async fn an_imported_action_pages_by_page_number() {
    let emulator = cloud().await;
    let mut all = emulator.client().items(&request!(ivld::DescribeTasks { page_size: 30 }));
    let mut ids = Vec::new();
    while let Some(item) = all.next().await {
        ids.push(item.unwrap().task_id);
    }
    check(&ids);
    assert_eq!(emulator.received().len(), 9);
}

#[tokio::test]
async fn an_imported_action_pages_by_token() {
    let emulator = cloud().await;
    let mut all = emulator.client().items(&request!(alb::DescribeLoadBalancers { max_results: 40 }));
    let mut ids = Vec::new();
    while let Some(item) = all.next().await {
        ids.push(item.unwrap().load_balancer_id.unwrap());
    }
    check(&ids);
    assert_eq!(emulator.received().len(), 7);
}

#[tokio::test]
async fn actions_by_name_page_by_their_catalog_entry() {
    let emulator = cloud().await;
    for (service, action, id, size) in [
        ("vpc", "DescribeVpcs", "VpcId", json!({"Limit": "100"})),
        ("ivld", "DescribeTasks", "TaskId", json!({"PageSize": 50})),
        ("alb", "DescribeLoadBalancers", "LoadBalancerId", json!({"MaxResults": 50})),
    ] {
        let call = AnyAction::from_catalog(service, None, action).unwrap().params(size);
        let mut all = emulator.client().items(&call);
        let mut ids = Vec::new();
        while let Some(item) = all.next().await {
            ids.push(item.unwrap()[id].as_str().unwrap().to_owned());
        }
        check(&ids);
    }
}
