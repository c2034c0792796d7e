//! What to do about an error code.

use tc_spec::ErrorClass;

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::explorer) struct Advice {
    /// The kind of error.
    pub(in crate::explorer) class: &'static str,
    /// What to do.
    pub(in crate::explorer) text: &'static str,
}

const RETRY: Advice = Advice {
    class: "server failure",
    text: "Send it again later; the client does this if the action may be sent twice. If the error stays, give the RequestId to the support.",
};
const AUTH: Advice = Advice {
    class: "credential",
    text: "Check the key, the signature, the clock of the machine, and the permissions of the account. Sending it again does not help.",
};
const CALLER: Advice =
    Advice { class: "request", text: "Change the request. The message of the error names the parameter." };
const QUOTA: Advice =
    Advice { class: "quota", text: "A quota is used up. Release something, or request a higher quota." };

/// Words of error codes in lower case, and the advice for them. The first match counts.
const WORDS: &[(&[&str], Advice)] = &[
    (
        &["dryrunoperation"],
        Advice { class: "success", text: "The dry run was successful. Send the request without the parameter DryRun." },
    ),
    (
        &["notfound", "notexist", "nosuch", "nonexist"],
        Advice {
            class: "state",
            text: "The request names something that does not exist. Check its id, the region and the account.",
        },
    ),
    (
        &["alreadyexist", "duplicate", "hasexist", "exists"],
        Advice { class: "state", text: "It exists already. Use the existing one, or choose another name or id." },
    ),
    (
        &["balance", "arrear", "overdue", "payment", "owefee", "outofcredit", "insufficientfund"],
        Advice {
            class: "account",
            text: "The account has a billing problem. Add credit or pay the bill, then send it again.",
        },
    ),
    (
        &["soldout", "insufficient", "notenough", "noresource"],
        Advice {
            class: "state",
            text: "There are not enough resources. Choose another zone or type, or send it again later.",
        },
    ),
    (&["limitexceed", "exceed", "quota", "overlimit", "maxlimit", "toomany"], QUOTA),
    (
        &["inuse", "busy", "conflict", "processing", "inprogress", "operating", "locked", "mutex"],
        Advice {
            class: "state",
            text: "Another operation uses the resource. Wait until it has ended, then send it again.",
        },
    ),
    (
        &["unauthorized", "permission", "accessdenied", "notallow", "forbidden", "restrict", "denied", "whitelist"],
        Advice {
            class: "permission",
            text: "The account may not do this. Check its permissions and qualifications, and the rules of the resource.",
        },
    ),
    (&["timeout", "timedout", "internal", "servererror", "systemerror", "unavailable", "unknownerror"], RETRY),
    (
        &["notsupport", "unsupport"],
        Advice {
            class: "request",
            text: "The resource, the region or the type does not support this. Choose another one.",
        },
    ),
    (&["invalid", "illegal", "malformed", "missing", "mismatch", "wrong", "empty"], CALLER),
    (
        &["status", "state", "expired", "stopped", "notrunning", "notready"],
        Advice {
            class: "state",
            text: "The state of the resource does not allow this. Read its state, and change it first or wait.",
        },
    ),
];

/// Returns the advice for a code. The class comes from the documentation of the action, or from the spelling of the code.
pub(in crate::explorer) fn of(code: &str, class: Option<ErrorClass>) -> Advice {
    match class.or_else(|| ErrorClass::of(code)) {
        Some(ErrorClass::Throttle) => Advice {
            class: "throttled",
            text: "Wait and send it again; the cloud did nothing. The client does this automatically.",
        },
        Some(ErrorClass::Retry) => RETRY,
        Some(ErrorClass::Auth) => AUTH,
        Some(ErrorClass::Caller) => CALLER,
        Some(ErrorClass::Quota) => QUOTA,
        Some(ErrorClass::State) | None => by_words(code),
    }
}

fn by_words(code: &str) -> Advice {
    let lower = code.to_lowercase();
    let found = WORDS.iter().find(|(words, _)| words.iter().any(|word| lower.contains(word)));
    found.map_or(
        Advice {
            class: "failed",
            text: "The message of the error names the cause. Correct it before you send the request again.",
        },
        |(_, advice)| *advice,
    )
}

#[cfg(test)]
mod tests {
    use tc_spec::ErrorClass;

    use super::of;

    #[test]
    fn the_words_of_a_code_choose_the_advice() {
        for (code, class) in [
            ("RequestLimitExceeded.UinLimitExceeded", "throttled"),
            ("InternalError", "server failure"),
            ("AuthFailure.SignatureExpire", "credential"),
            ("InvalidParameterValue.ZoneNotSupported", "request"),
            ("LimitExceeded.InstanceQuota", "quota"),
            ("ResourceNotFound.InstanceNotFound", "state"),
            ("ResourcesSoldOut.SpecifiedInstanceType", "state"),
            ("FailedOperation.AccountAlreadyExists", "state"),
            ("InvalidAccount.InsufficientBalance", "account"),
            ("FailedOperation.AccountIsOverdue", "account"),
            ("EniNotAllowedChangeSubnet", "permission"),
            ("AccountQualificationRestrictions", "permission"),
            ("FailedOperation.ServerTimeOut.Timeout", "server failure"),
            ("FailedOperation.InvalidStatus", "request"),
            ("OperationDenied.InstanceOperationInProgress", "state"),
            ("DryRunOperation", "success"),
            ("FailedOperation.Decode", "failed"),
        ] {
            assert_eq!(of(code, None).class, class, "{code}");
        }
        assert_eq!(of("FailedOperation.Decode", Some(ErrorClass::Caller)).class, "request", "as documented");
    }
}
