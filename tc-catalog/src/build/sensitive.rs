//! Detects members that contain secrets, by their names.

use super::model::MemberData;

/// The ends of names of members that contain a secret, in lower case.
const ENDS: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "pwd",
    "passphrase",
    "privatekey",
    "secretkey",
    "secretaccesskey",
    "accesskeysecret",
    "clientsecret",
    "appsecret",
    "devicesecret",
    "productsecret",
    "botsecret",
    "agentsecret",
    "channelsecret",
    "credentialsecret",
    "jwtsecret",
    "authsecret",
    "partnersecret",
    "pushsecret",
    "pullsecret",
    "secretvalue",
    "secretstring",
    "secretbinary",
    "accesstoken",
    "refreshtoken",
    "sessiontoken",
    "securitytoken",
    "tmptoken",
    "bearertoken",
    "authtoken",
    "apitoken",
    "webidentitytoken",
    "samltoken",
    "apikey",
    "apikeys",
    "appsecretkey",
    "privatemapkey",
];

/// Marks the members of an object that contain secrets.
pub(crate) fn mark(members: &mut [MemberData]) {
    // `Token` is a secret if the object also has a secret key. Elsewhere it is the token of a page or the name of a job.
    let beside_key =
        members.iter().any(|member| is_text(member) && is_secret(&member.name) && member.name.ends_with("SecretKey"));
    for member in members {
        member.sensitive = is_text(member) && (is_secret(&member.name) || (beside_key && member.name == "Token"));
    }
}

fn is_text(member: &MemberData) -> bool {
    matches!(member.ty, crate::Type::String | crate::Type::Binary)
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn names_that_end_in_a_word_for_a_secret_are_sensitive() {
        for name in [
            "Password",
            "PassWord",
            "NewPassword",
            "PrivateKey",
            "TmpSecretKey",
            "AccessKeySecret",
            "UserPwd",
            "ApiKey",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_mention_a_secret_are_not_sensitive() {
        for name in
            ["PasswordType", "SecretId", "PrivateIp", "NextToken", "ClientToken", "SecretName", "KeyId", "ApiKeyId"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }
}
