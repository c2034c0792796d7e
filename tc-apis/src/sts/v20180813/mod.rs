//! Version 2018-08-13 of the [Security Token Service](https://www.tencentcloud.com/document/product/1150).
//!
//! | Action | What it does |
//! |---|---|
//! | [`AssumeRole`] | gives temporary credentials of a role |
//!
//! A client whose every call is made as a role takes an [`AssumeRoleProvider`].

mod assume_role;
mod assume_role_provider;

pub use assume_role::{AssumeRole, AssumeRoleResponse, Credentials};
pub use assume_role_provider::AssumeRoleProvider;
