//! Messages and exit codes for errors of the library.

use tc_core::ErrorKind;

use crate::error::{Error, Kind};

/// The failure of a call. Errors of the cloud are printed in tccli's format.
pub(crate) fn failure(error: &tc_core::Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::Invalid(_) | ErrorKind::Payload(_) => Kind::Limits,
        ErrorKind::Credential(_) => Kind::Credential,
        ErrorKind::Throttled { .. } => Kind::Throttled,
        ErrorKind::Transport(_) => Kind::Network,
        ErrorKind::Body(_) => Kind::Response,
        ErrorKind::Api(_) if error.is_throttled() => Kind::Throttled,
        ErrorKind::Api(_) if error.is_auth() => Kind::Credential,
        ErrorKind::Api(_) => Kind::Api,
        _ => Kind::Configuration,
    };
    let message = match error.kind() {
        ErrorKind::Api(api) => {
            let request_id = error.request_id().unwrap_or_default();
            format!("[TencentCloudSDKException] code:{} message:{} requestId:{request_id}", api.code(), api.message())
        }
        ErrorKind::Transport(_) => {
            format!("[TencentCloudSDKException] code:ClientNetworkError message:{error} requestId:None")
        }
        ErrorKind::Credential(_) => {
            format!("{error}\nRun `tcapi configure`, or set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.")
        }
        _ => error.to_string(),
    };
    Error::new(kind, message)
}
