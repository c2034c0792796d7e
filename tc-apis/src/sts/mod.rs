//! Security Token Service (sts): temporary credentials.

pub mod v20180813;

pub use v20180813::{AssumeRole, AssumeRoleProvider, AssumeRoleResponse, Credentials};
