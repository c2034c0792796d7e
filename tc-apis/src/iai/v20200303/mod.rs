//! Version 2020-03-03 of [Face Recognition](https://www.tencentcloud.com/document/product/1059).
//!
//! | Action | What it does |
//! |---|---|
//! | [`GetPersonGroupInfo`] | lists the groups that contain a person |

mod error_code;
mod get_person_group_info;
mod person_group_info;

pub use error_code::GetPersonGroupInfoError;
pub use get_person_group_info::{GetPersonGroupInfo, GetPersonGroupInfoResponse};
pub use person_group_info::PersonGroupInfo;
