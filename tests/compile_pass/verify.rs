//! Structs that `verify` accepts: equal to the catalog, stricter, or with a difference that has a reason.

use tc_core::chrono::{DateTime, Utc};
use tc_core::{serde_json, tc_action, tc_model};

#[tc_action(service = "cvm", version = "2017-03-12", verify)]
pub struct DescribeInstances {
    #[tc(items = 1..=50)]
    pub instance_ids: Option<Vec<Id>>,
    #[tc(items = ..=10)]
    pub filters: Vec<Filter>,
    pub offset: Option<u32>,
    #[tc(range = 1..=100, default = 20)]
    pub limit: Option<alias::Limit>,
}

pub type Id = String;

/// The type inside an `Option` can be an alias.
pub mod alias {
    pub type Limit = u64;
}

#[tc_model(verify("cvm", "2017-03-12", "Filter"))]
pub struct Filter {
    #[tc(length = 1..)]
    pub name: String,
    #[tc(required)]
    pub values: Vec<String>,
}

#[tc_model(verify("cvm", "2017-03-12", "DescribeInstancesResponse"))]
pub struct DescribeInstancesResponse {
    pub total_count: Option<i64>,
    pub instance_set: Vec<Instance>,
}

#[tc_model(verify("cvm", "2017-03-12", "Instance", except(memory = "is never negative")))]
pub struct Instance {
    #[tc(name = "CPU")]
    pub cpu: i64,
    pub memory: u64,
    pub placement: serde_json::Value,
    pub instance_state: Option<State>,
    pub created_time: Option<DateTime<Utc>>,
    pub expired_time: String,
    pub tags: serde_json::Value,
}

#[tc_model]
pub enum State {
    #[tc(name = "RUNNING")]
    Running,
}

/// The keys may be written below the attribute, where `cfg_attr` can make them conditional.
#[tc_action(service = "mps", version = "2019-06-12", response = ())]
#[cfg_attr(all(), tc(verify(international)))]
pub struct DescribePersonSamples {
    #[tc(default = Library::UserDefine)]
    pub r#type: Option<Box<Library>>,
}

#[tc_model]
pub enum Library {
    UserDefine,
}

fn main() {
    let Filter { name, .. } = tc_core::request!(Filter { name: "zone", values: ["ap-guangzhou-3"] });
    assert_eq!(name, "zone");
}
