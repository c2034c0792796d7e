//! A complete example of an action.

// The struct is public, as in a library.
#![allow(unreachable_pub)]

use tc_core::{Violation, tc_action, tc_error, tc_model};

/// Which library of samples to search.
#[tc_model]
pub enum SampleType {
    UserDefine,
    Default,
}

/// Finds samples of faces by id, name and tag.
#[tc_action(
    service = "mps",
    version = "2019-06-12",
    name = "DescribePersonSamples",
    response = DescribePersonSamplesResponse,
    error = DescribePersonSamplesError,
    rate = 100,
    page(total = total_count, items = person_set),
    check = names_for_default,
)]
#[derive(Debug, Clone, PartialEq)]
pub struct DescribePersonSamples {
    /// Which library.
    #[tc(default = SampleType::UserDefine)]
    pub r#type: Option<SampleType>,
    #[tc(items = ..=100)]
    pub person_ids: Vec<String>,
    #[tc(items = ..=20)]
    pub names: Vec<String>,
    #[tc(items = ..=20)]
    pub tags: Vec<String>,
    #[tc(default = 0)]
    pub offset: Option<u64>,
    #[tc(range = ..=100, default = 100)]
    pub limit: Option<u64>,
}

fn names_for_default(action: &DescribePersonSamples) -> Result<(), Violation> {
    match action.r#type {
        Some(SampleType::Default) if action.names.is_empty() => {
            Err(Violation::new("Names", "is needed where Type is Default"))
        }
        _ => Ok(()),
    }
}

#[tc_error]
pub enum DescribePersonSamplesError {
    /// The account may not use the media processing service.
    #[tc(code = "FailedOperation.InvalidMpsUser", class = auth)]
    InvalidMpsUser,
    /// The service failed; the same call may succeed later.
    InternalError,
    /// A parameter has a value that is not accepted.
    InvalidParameterValue,
}

#[tc_model]
pub struct DescribePersonSamplesResponse {
    pub total_count: u64,
    pub person_set: Vec<AiSamplePerson>,
}

#[tc_model]
pub struct AiSamplePerson {
    pub person_id: String,
    pub name: String,
    pub description: Option<String>,
    pub usage_set: Vec<String>,
}
