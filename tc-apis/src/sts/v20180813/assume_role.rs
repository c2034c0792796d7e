//! Temporary credentials of a role.

use tc_core::{tc_action, tc_model};

/// Requests temporary credentials of a role.
///
/// [Official reference](https://www.tencentcloud.com/document/product/1150/49456)
///
/// ```
/// use tc_apis::sts::AssumeRole;
/// use tc_core::request;
///
/// let role = request!(AssumeRole {
///     role_arn: "qcs::cam::uin/100000000001:roleName/reader",
///     role_session_name: "nightly-report",
///     duration_seconds: 3600,
/// });
/// assert!(role.validate().is_ok());
/// assert!(AssumeRole::new("qcs::cam::uin/1:roleName/r", "a space").validate().is_err());
/// ```
#[tc_action(service = "sts", version = "2018-08-13", idempotent, rate = 600, response = AssumeRoleResponse)]
#[cfg_attr(feature = "verify", tc(verify))]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssumeRole {
    /// The role, by its resource description: `qcs::cam::uin/100000000001:roleName/reader`.
    #[tc(length = 1..)]
    pub role_arn: String,
    /// A name for the session, which appears in the audit log.
    #[tc(length = 2..=128, charset = "A-Za-z0-9_+=,.@-")]
    pub role_session_name: String,
    /// The lifetime of the credentials in seconds.
    #[tc(range = 1..=43200, default = 7200)]
    pub duration_seconds: Option<u64>,
    /// A policy that restricts the role further, as percent-encoded JSON.
    pub policy: Option<String>,
    /// The external id that the owner of the role requires.
    #[tc(sensitive, length = 2..=128)]
    pub external_id: Option<String>,
}

/// The response of [`AssumeRole`].
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("sts", "2018-08-13", "AssumeRoleResponse")))]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct AssumeRoleResponse {
    /// The temporary credentials.
    pub credentials: Credentials,
    /// The time of expiry, in seconds since 1970.
    pub expired_time: i64,
    /// The time of expiry as text.
    pub expiration: Option<String>,
}

/// Temporary credentials.
#[tc_model]
#[cfg_attr(feature = "verify", tc(verify("sts", "2018-08-13", "Credentials")))]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Credentials {
    /// The session token.
    #[tc(sensitive)]
    pub token: String,
    /// The temporary SecretId.
    pub tmp_secret_id: String,
    /// The temporary SecretKey.
    #[tc(sensitive)]
    pub tmp_secret_key: String,
}
