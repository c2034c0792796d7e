//! Every common error code, and the throttles of the documented actions.

use tc_core::emulator::Fault;

use crate::faults::row::{Cause, Row};

macro_rules! codes {
    ($($code:literal)*) => {
        pub(crate) const ROWS: &[Row] = &[$(Row {
            fault: concat!("`", $code, "`"),
            cause: Cause::Injected(|| Fault::code($code)),
        },)*];
    };
}

codes! {
    "ActionOffline"
    "AuthFailure"
    "AuthFailure.InvalidAuthorization"
    "AuthFailure.InvalidSecretId"
    "AuthFailure.MFAFailure"
    "AuthFailure.SecretIdNotFound"
    "AuthFailure.SignatureExpire"
    "AuthFailure.SignatureFailure"
    "AuthFailure.TokenFailure"
    "AuthFailure.UnauthorizedOperation"
    "DryRunOperation"
    "FailedOperation"
    "FailedOperation.RequestLimitExceeded"
    "FailedOperation.RequestTimeout"
    "InternalError"
    "InvalidAction"
    "InvalidParameter"
    "InvalidParameterValue"
    "InvalidRequest"
    "IpInBlacklist"
    "IpNotInWhitelist"
    "LimitExceeded"
    "MissingParameter"
    "NoSuchProduct"
    "NoSuchVersion"
    "RequestLimitExceeded"
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded"
    "RequestLimitExceeded.IPLimitExceeded"
    "RequestLimitExceeded.JobNumExceed"
    "RequestLimitExceeded.UinLimitExceeded"
    "RequestSizeLimitExceeded"
    "ResourceInUse"
    "ResourceInsufficient"
    "ResourceNotFound"
    "ResourceUnavailable"
    "ResponseSizeLimitExceeded"
    "ServiceUnavailable"
    "UnauthorizedOperation"
    "UnknownParameter"
    "UnsupportedOperation"
    "UnsupportedProtocol"
    "UnsupportedRegion"
}

#[test]
fn every_common_code_has_its_outcome() {
    ROWS.iter().for_each(crate::faults::document::check);
}
