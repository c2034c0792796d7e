//! The files of the official SDKs and of their command line.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use tc_core::provider::{Chain, HostEnvironment, Profile, TccliProfile};

use crate::provider::{SECRET, TOKEN, TestClock, ask, check};

/// A temporary home directory, removed when dropped.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tc-provider-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn file(&self, path: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    pub(crate) fn environment(&self) -> HostEnvironment {
        HostEnvironment::empty().home(&self.0).etc(self.0.join("etc"))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

const TWO: &str = "[default]\nsecret_id = AKIDX\nsecret_key = TOPSECRETKEY\n\n[work]\nsecret_id = AKIDW\nsecret_key = \
                   TOPSECRETKEY\ntoken = TOPSECRETTOKEN ; temporary\n";

#[test]
fn profiles_are_chosen_by_variable_or_by_name() {
    let home = Home::new();
    home.file(".tencentcloud/credentials", TWO);
    check(&Profile::of(home.environment()), Ok(("AKIDX", SECRET, None)));
    check(&Profile::of(home.environment()).named("work"), Ok(("AKIDW", SECRET, Some(TOKEN))));
    let chosen = home.environment().var("TENCENTCLOUD_PROFILE", "work");
    check(&Profile::of(chosen), Ok(("AKIDW", SECRET, Some(TOKEN))));
}

#[test]
fn etc_is_read_if_home_has_no_such_file() {
    let home = Home::new();
    home.file("etc/tencentcloud/credentials", TWO);
    check(&Profile::of(home.environment()), Ok(("AKIDX", SECRET, None)));
    home.file(".tencentcloud/credentials", "[other]\n");
    check(&Profile::of(home.environment()), Ok(("AKIDX", SECRET, None)));
}

#[test]
fn a_file_that_a_variable_names_must_exist() {
    let home = Home::new();
    let path = home.file("elsewhere", TWO);
    check(&Profile::of(home.environment().var("TENCENTCLOUD_CREDENTIALS_FILE", &path)), Ok(("AKIDX", SECRET, None)));
    let error = ask(&Profile::of(home.environment().var("TENCENTCLOUD_CREDENTIALS_FILE", "/nowhere"))).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.is_absent()), ("/nowhere does not exist", false));
}

/// Checks the error for a profile file, without the path of the file.
#[track_caller]
fn check_error(text: impl AsRef<[u8]>, reason: &str) {
    let home = Home::new();
    let path = home.file(".tencentcloud/credentials", text);
    check(&Profile::of(home.environment()), Err(&format!("{path}{reason}")));
}

#[test]
fn an_invalid_profile_file_is_reported_without_its_content() {
    check_error("[default]\nsecret_id = AKIDX\n", ", section `[default]`: has no `secret_key`");
    check_error("[default]\nsecret_id =\nsecret_key = TOPSECRETKEY", ", section `[default]`: has no `secret_id`");
    check_error("[default]\nTOPSECRETKEY\n", " has neither `key = value` nor `[section]` in line 2");
    check_error(
        b"[default]\nsecret_id = \xff\nsecret_key = TOPSECRETKEY",
        ", section `[default]`: the SecretId contains a character that is not ASCII",
    );
    check_error(
        "[default]\nsecret_id = AKIDX\n  secret_key = TOPSECRETKEY",
        ", section `[default]`: line 3 is indented, so it continues the value of `secret_id`; remove the spaces at the start of this line",
    );
    check_error(vec![b'#'; 2 << 20], " is larger than 1 MB");
    check_error(
        "[default]\nsecret_id = AKIDX\nsecret_key = 'TOPSECRETKEY'",
        ", section `[default]`: the SecretKey is in quotes: remove them",
    );
}

#[test]
fn a_credential_that_would_be_read_only_in_part_or_not_at_all_is_an_error() {
    let pair = "secret_id = AKIDX\nsecret_key = TOPSECRETKEY\n";
    for key in ["session_token", "security_token", "Session_Token"] {
        check_error(
            format!("[default]\n{pair}{key} = TOPSECRETTOKEN\n"),
            &format!(", section `[default]`: has `{key}`, which is not read: write `token`"),
        );
    }
    let no_section = " has values but no section: write `[default]` in the line above them";
    for text in [pair.to_owned(), format!("# mine\n\n{pair}"), "default\n".to_owned(), format!("default]\n{pair}")] {
        check_error(text, no_section);
    }
    let text = format!("[default]\n{pair}");
    let little: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for utf_16 in [little, big] {
        check_error(utf_16, " is in UTF-16: save it in UTF-8");
    }
    // Files without values have no credential.
    for text in ["", "# nothing\n\n", "[other]\nsecret_id = AKIDO\n"] {
        let home = Home::new();
        home.file(".tencentcloud/credentials", text);
        assert!(ask(&Profile::of(home.environment())).unwrap_err().is_absent(), "{text}");
    }
}

#[test]
fn the_name_of_a_profile_cannot_leave_its_directory() {
    let home = Home::new();
    home.file("evil.credential", "{}");
    for name in ["../evil", "a/b", "", ".hidden", "a\nb", "a]b"] {
        for error in [
            ask(&Profile::of(home.environment()).named(name)).unwrap_err(),
            ask(&TccliProfile::of(home.environment()).named(name)).unwrap_err(),
        ] {
            assert!(error.reason().starts_with("is not a valid profile name"), "{error}");
        }
    }
}

#[test]
fn profiles_of_the_command_line_are_read() {
    let home = Home::new();
    home.file(".tccli/default.credential", r#"{"secretId":"AKIDX","secretKey":"TOPSECRETKEY","token":null}"#);
    home.file(
        ".tccli/work.credential",
        "\u{feff}{\"secretId\":\"AKIDW\",\"secretKey\":\"TOPSECRETKEY\",\"token\":\"TOPSECRETTOKEN\",\"type\":\"sso\",\"expiresAt\":1700000000}",
    );
    check(&TccliProfile::of(home.environment()), Ok(("AKIDX", SECRET, None)));
    let work = TccliProfile::of(home.environment().var("TCCLI_PROFILE", "work"));
    let before = work.clone().clock(TestClock::at(1_699_999_999));
    check(&before, Ok(("AKIDW", SECRET, Some(TOKEN))));
    assert_eq!(ask(&before).unwrap().expiry().unwrap().timestamp(), 1_700_000_000);
    let error = ask(&work.clock(TestClock::at(1_700_000_000))).unwrap_err();
    assert_eq!((error.reason(), error.is_absent()), ("has expired: log in again with `tccli sso login`", false));
}

#[test]
fn an_incomplete_file_of_the_command_line_is_reported() {
    let home = Home::new();
    let provider = TccliProfile::of(home.environment());
    for (text, reason, absent) in [
        (r#"{"secretId":"","secretKey":null}"#, "has no `secretId` and no `secretKey`", true),
        (r#"{"secretId":"AKIDX"}"#, "has no `secretKey`", false),
        (r#"{"secretKey":"TOPSECRETKEY"}"#, "has no `secretId`", false),
        (r#"{"token":"TOPSECRETTOKEN"}"#, "has no `secretId` and no `secretKey`", false),
        (r#"{"type":"oauth"}"#, "has no `secretId` and no `secretKey`", false),
        (r#"{"role-arn":"qcs::cam::uin/1:roleName/r"}"#, "has no `secretId` and no `secretKey`", false),
        (
            r#"{"secretId":"AKIDX","secretKey":"k","role-session-name":"n"}"#,
            "has `role-session-name` but no `role-arn`",
            false,
        ),
        (r#"{"secretId":1,"secretKey":"TOPSECRETKEY"}"#, "has a `secretId` that is not text", false),
        (
            r#"{"secretId":"AKIDX","secretKey":"k","expiresAt":"soon"}"#,
            "has an `expiresAt` that is not a number",
            false,
        ),
        (
            r#"{"secretId":"AKIDX","secretKey":"k","expiresAt":"1"}"#,
            "has expired: log in again with `tccli auth login`",
            false,
        ),
        (r#"{"SecretId":"AKIDX","SecretKey":"k"}"#, "has `SecretId`, which is not read: write `secretId`", false),
        (r#"{"secretId":"AKIDX","secret_key":"k"}"#, "has `secret_key`, which is not read: write `secretKey`", false),
        (
            r#"{"secretId":"AKIDX","secretKey":"k","securityToken":"t"}"#,
            "has `securityToken`, which is not read: write `token`",
            false,
        ),
        (r#"{"secretId":"AKIDX","secretKey":"k","expiresAt":1.5}"#, "has an `expiresAt` that is not a number", false),
        (
            r#"{"secretId":"AKIDX","secretKey":"k","expiresAt":17.0}"#,
            "has expired: log in again with `tccli auth login`",
            false,
        ),
        (r#"{"secretKey":TOPSECRETKEY}"#, "is not a JSON object", false),
        (r#""TOPSECRETKEY""#, "is not a JSON object", false),
    ] {
        home.file(".tccli/default.credential", text);
        let error = ask(&provider).unwrap_err();
        assert_eq!((error.reason(), error.is_absent()), (reason, absent), "{text}");
    }
}

#[test]
fn a_chain_does_not_continue_with_another_identity() {
    let other = || tc_core::Credential::new("AKIDother", SECRET);
    let home = Home::new();
    let chain = |environment: HostEnvironment| {
        Chain::new()
            .link(Profile::of(environment.clone()))
            .link(TccliProfile::of(environment).clock(TestClock::at(1_700_000_000)))
            .link(other())
    };
    check(&chain(home.environment()), Ok(("AKIDother", SECRET, None)));
    // A profile that is named must exist in any directory.
    for variable in ["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE"] {
        let error = ask(&chain(home.environment().var(variable, "work"))).unwrap_err();
        assert!(error.to_string().contains(&format!("{variable} names this profile")), "{error}");
    }
    home.file(".tccli/work.credential", r#"{"secretId":"AKIDW","secretKey":"TOPSECRETKEY"}"#);
    check(&chain(home.environment().var("TENCENTCLOUD_PROFILE", "work")), Ok(("AKIDW", SECRET, None)));
    let elsewhere =
        home.environment().var("TENCENTCLOUD_SHARED_CREDENTIALS_DIR", "/nowhere").var("TCCLI_PROFILE", "work");
    assert!(ask(&chain(elsewhere)).unwrap_err().to_string().contains("/nowhere/work.credential does not exist"));
    // A login that has expired.
    home.file(
        ".tccli/default.credential",
        r#"{"secretId":"AKIDX","secretKey":"TOPSECRETKEY","token":"TOPSECRETTOKEN","type":"oauth","expiresAt":1699999999}"#,
    );
    let error = ask(&chain(home.environment())).unwrap_err();
    assert!(error.to_string().contains("has expired: log in again with `tccli auth login`"), "{error}");
    for variable in ["TENCENTCLOUD_PROFILE", "TCCLI_PROFILE", "TENCENTCLOUD_CREDENTIALS_FILE"] {
        let error = ask(&chain(home.environment().var(variable, "  "))).unwrap_err();
        assert_eq!(
            error.to_string().lines().next(),
            Some(&*format!("environment has {variable}, which is blank: set or unset it"))
        );
    }
}

#[test]
fn a_mistake_in_one_section_affects_only_that_section() {
    for foreign in [
        &b"what is this"[..],
        b"secret_id = AKIDO\nsecret_id = AKIDP",
        b"aws_thing",
        b"[other]\n[other]",
        b"[oops",
        b"caf\xe9",
        b"= x",
        b"a = 1\n\n  b\n  c",
    ] {
        let home = Home::new();
        let text = [
            b"\xef\xbb\xbf[other]\r\n",
            foreign,
            b"\r\n[default]\r\nSecret_Id: AKIDX\r\nSECRET_KEY=TOPSECRETKEY\r\n[last]\r\n",
            foreign,
        ]
        .concat();
        home.file(".tencentcloud/credentials", &text);
        check(&Profile::of(home.environment()), Ok(("AKIDX", SECRET, None)));
    }
}

#[test]
fn a_named_profile_is_not_replaced_by_another() {
    let home = Home::new();
    home.file(".tencentcloud/credentials", TWO);
    let environment =
        home.environment().var("TENCENTCLOUD_SECRET_ID", "AKIDENV").var("TENCENTCLOUD_SECRET_KEY", SECRET);
    check(&Chain::profile(&environment, "work"), Ok(("AKIDW", SECRET, Some(TOKEN))));
    let error = ask(&Chain::profile(&environment, "missing")).unwrap_err();
    assert!(error.to_string().contains("has no section `[missing]`"), "{error}");
    check(&Chain::of(&environment), Ok(("AKIDENV", SECRET, None)));
}
