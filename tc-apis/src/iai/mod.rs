//! Face Recognition (iai).

pub mod v20200303;

pub use v20200303::{GetPersonGroupInfo, GetPersonGroupInfoError, GetPersonGroupInfoResponse, PersonGroupInfo};
