//! The data of the benchmarks: the documented calls, and the same structs written with serde only.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tc_apis::mps::{DescribePersonSamples, SampleType};
use tc_core::{Credential, Timestamp};

/// Keys with the length of real keys.
pub fn credential() -> Credential {
    Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
}

/// The time of all signatures.
pub const AT: Timestamp = Timestamp::from_unix(1_551_113_065);

/// A request with this number of ids, as a user of this project writes it.
pub fn request(ids: usize) -> DescribePersonSamples {
    DescribePersonSamples::new().r#type(SampleType::UserDefine).person_ids(id_texts(ids)).offset(0).limit(100)
}

/// The same request with serde's derive.
pub fn plain_request(ids: usize) -> PlainRequest {
    PlainRequest {
        r#type: Some(PlainType::UserDefine),
        person_ids: id_texts(ids),
        names: Vec::new(),
        tags: Vec::new(),
        offset: Some(0),
        limit: Some(100),
    }
}

fn id_texts(ids: usize) -> Vec<String> {
    (0..ids).map(|id| (10_569 + id).to_string()).collect()
}

/// DescribePersonSamples without the macro.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<PlainType>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person_ids: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// The two sample libraries.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub enum PlainType {
    UserDefine,
    Default,
}

/// A response with this number of persons, as compact JSON like the cloud's: 1 KB for 2 persons, 45 KB for 100.
pub fn answer(persons: usize) -> Vec<u8> {
    let person = |at: usize| {
        serde_json::json!({
            "PersonId": (10_569 + at).to_string(),
            "Name": "John Smith",
            "Description": "American actor, director, and producer; his picture was taken at the premiere in Los Angeles on the first of October",
            "FaceInfoSet": [{
                "FaceId": (10_024 + at).to_string(),
                "Url": "http://1256768367.vod2.myqcloud.com/8b0dd2b5vodcq1256768367/4d27b39f5285890783754292994/face.jpeg"
            }],
            "TagSet": ["US", "Celebrity"],
            "UsageSet": ["Recognition"],
            "CreateTime": "2018-10-01T10:00:00Z",
            "UpdateTime": "2018-10-01T10:00:00Z"
        })
    };
    let persons: Vec<String> = (0..persons).map(|at| in_order(&person(at))).collect();
    format!(
        "{{\"Response\":{{\"TotalCount\":{},\"PersonSet\":[{}],\"RequestId\":\"7d80775f-fb6d-4204-9540-1876f0d1c5a9\"}}}}",
        persons.len(),
        persons.join(",")
    )
    .into_bytes()
}

/// The members of a person in the order of the documentation, which is also the order of the cloud.
fn in_order(person: &serde_json::Value) -> String {
    let names = ["PersonId", "Name", "Description", "FaceInfoSet", "TagSet", "UsageSet", "CreateTime", "UpdateTime"];
    let members: Vec<String> = names.iter().map(|name| format!("\"{name}\":{}", person[name])).collect();
    format!("{{{}}}", members.join(","))
}

/// The envelope of a successful response without the macro.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainEnvelope {
    pub response: PlainResponse,
}

/// A response without the macro.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainResponse {
    pub total_count: u64,
    pub person_set: Vec<PlainPerson>,
    pub request_id: String,
}

/// A person without the macro.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainPerson {
    pub person_id: String,
    pub name: String,
    pub description: String,
    pub face_info_set: Vec<PlainFace>,
    pub tag_set: Vec<String>,
    pub usage_set: Vec<String>,
    pub create_time: Option<DateTime<Utc>>,
    pub update_time: Option<DateTime<Utc>>,
}

/// A face without the macro.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainFace {
    pub face_id: String,
    pub url: String,
}

/// The documented response of GetPersonGroupInfo, as compact JSON.
pub const GROUPS_ANSWER: &[u8] = br#"{"Response":{"GroupNum":1,"PersonGroupInfos":[{"GroupId":"ZhuYuanDormitoryNo1","PersonExDescriptions":["School of Computer Science","Software Engineering","Class of 2015","3150108080"]}],"FaceModelVersion":"3.0","RequestId":"671f0a1d-2b35-47c4-b9d1-b18053f71a04"}}"#;

/// The documented request of GetPersonGroupInfo with serde's derive.
pub fn plain_groups_request() -> PlainGroupsRequest {
    PlainGroupsRequest { person_id: "2001".to_owned(), offset: Some(0), limit: Some(10) }
}

/// GetPersonGroupInfo without the macro.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainGroupsRequest {
    pub person_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// The envelope of its response.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainGroupsEnvelope {
    pub response: PlainGroups,
}

/// Its response.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainGroups {
    pub person_group_infos: Vec<PlainGroup>,
    pub group_num: Option<u64>,
    pub face_model_version: Option<String>,
    pub request_id: String,
}

/// One group of the response.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(missing_docs)]
pub struct PlainGroup {
    pub group_id: String,
    pub person_ex_descriptions: Vec<String>,
}
