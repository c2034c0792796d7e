//! The groups that contain a person.

use tc_core::{tc_action, tc_model};

use super::{GetPersonGroupInfoError, PersonGroupInfo};

/// Lists the groups that contain a person, page by page.
///
/// [Official reference](https://www.tencentcloud.com/document/product/1059/36962)
///
/// ```no_run
/// use tc_apis::iai::GetPersonGroupInfo;
/// use tc_core::{Client, request};
///
/// # async fn run() -> Result<(), tc_core::Error> {
/// let client = Client::from_env()?;
/// let groups = client.send(&request!(GetPersonGroupInfo { person_id: "2001" })).await?;
/// println!("{:?} groups", groups.group_num);
/// # Ok(())
/// # }
/// ```
#[tc_action(
    service = "iai",
    version = "2020-03-03",
    response = GetPersonGroupInfoResponse,
    error = GetPersonGroupInfoError,
    page(total = group_num, items = person_group_infos)
)]
#[cfg_attr(feature = "verify", tc(verify))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct GetPersonGroupInfo {
    /// The id of the person, as passed to CreatePerson.
    #[tc(charset = "A-Za-z0-9-%@#&_")]
    pub person_id: String,
    /// The number of groups to skip.
    #[tc(default = 0)]
    pub offset: Option<u64>,
    /// The number of groups to return.
    #[tc(range = ..=100, default = 10)]
    pub limit: Option<u64>,
}

/// The response of [`GetPersonGroupInfo`].
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("iai", "2020-03-03", "GetPersonGroupInfoResponse")))]
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct GetPersonGroupInfoResponse {
    /// The groups of this page.
    pub person_group_infos: Vec<PersonGroupInfo>,
    /// The total number of groups; may be null.
    pub group_num: Option<u64>,
    /// The version of the face recognition model; may be null.
    pub face_model_version: Option<String>,
}
