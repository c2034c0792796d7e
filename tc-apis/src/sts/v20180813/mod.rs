//! Version 2018-08-13 of the [Security Token Service](https://www.tencentcloud.com/document/product/1150).
//!
//! | Action | What it does |
//! |---|---|
//! | [`AssumeRole`] | requests temporary credentials of a role |
//!
//! [`AssumeRoleProvider`] is a provider for clients that use a role for all calls.

mod assume_role;
mod assume_role_provider;

pub use assume_role::{AssumeRole, AssumeRoleResponse, Credentials};
pub use assume_role_provider::AssumeRoleProvider;
