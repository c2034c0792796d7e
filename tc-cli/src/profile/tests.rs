//! Profiles: files, masks, and the order in which a call looks.

use serde_json::{Value, json};

use super::{Keys, Profile, Settings, mask};
use crate::args::CommandLine;

/// A separate directory, removed at the end.
struct Directory(std::path::PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tcapi-profile-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn settings(&self, credential: &Value) -> Settings {
        std::fs::write(self.0.join("work.credential"), credential.to_string()).unwrap();
        let profile = Profile::load_from(self.0.clone(), "work").unwrap();
        // Named, so that the environment of the test does not count.
        Settings { profile, explicit: true }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn keys(settings: &Settings, words: &str) -> Keys {
    let line = CommandLine::parse(words.split_whitespace().map(str::to_owned)).unwrap();
    settings.keys(&line.options).unwrap()
}

fn plain(id: &str, key: &str, token: Option<&str>, role: Option<(&str, &str)>) -> Keys {
    Keys::Static {
        secret_id: id.into(),
        secret_key: key.into(),
        token: token.map(Into::into),
        role: role.map(|(arn, session)| (arn.into(), session.into())),
    }
}

#[test]
fn options_override_the_credential_of_the_profile() {
    let directory = Directory::new("options");
    let settings = directory.settings(&json!({"secretId": "i", "secretKey": "k", "token": "t"}));
    assert_eq!(keys(&settings, ""), plain("i", "k", Some("t"), None));
    assert_eq!(keys(&settings, "--secretId j --secretKey l"), plain("j", "l", None, None));
    assert_eq!(keys(&settings, "--token u"), plain("i", "k", Some("u"), None));
    assert_eq!(keys(&settings, "--role-arn a --role-session-name s"), plain("i", "k", Some("t"), Some(("a", "s"))));
    assert_eq!(keys(&settings, "--use-cvm-role"), Keys::CvmRole);
}

#[test]
fn the_type_of_a_profile_decides_where_nothing_else_is_given() {
    let directory = Directory::new("type");
    let settings = directory.settings(&json!({"type": "cvm-role"}));
    assert_eq!(keys(&settings, ""), Keys::CvmRole);
    assert_eq!(keys(&settings, "--secretId i --secretKey k"), plain("i", "k", None, None));
    let settings = directory.settings(&json!({"secretId": "i", "secretKey": "k", "token": "t", "type": "sso"}));
    assert_eq!(keys(&settings, ""), Keys::Profile("work".into()));
    let settings =
        directory.settings(&json!({"secretId": "i", "secretKey": "k", "role-arn": "a", "role-session-name": "s"}));
    assert_eq!(keys(&settings, ""), plain("i", "k", None, Some(("a", "s"))));
}

#[test]
fn half_a_key_is_an_error() {
    let directory = Directory::new("half");
    let error = |credential: &Value, words: &str| {
        let line = CommandLine::parse(words.split_whitespace().map(str::to_owned)).unwrap();
        directory.settings(credential).keys(&line.options).unwrap_err().to_string()
    };
    assert!(error(&json!({"secretId": "i"}), "").contains("secretKey"));
    let whole = json!({"secretId": "i", "secretKey": "k"});
    assert!(error(&whole, "--secretId j").contains("--secretId needs --secretKey"));
    assert!(error(&whole, "--role-session-name s").contains("the session `s` of a role is named, but no role"));
    assert_eq!(keys(&directory.settings(&whole), "--secretId i"), plain("i", "k", None, None));
    let session = Some(("a", "tc-core"));
    assert_eq!(keys(&directory.settings(&whole), "--role-arn a"), plain("i", "k", None, session));
    let role = json!({"secretId": "i", "secretKey": "k", "role-arn": "a"});
    assert_eq!(keys(&directory.settings(&role), ""), plain("i", "k", None, session));
}

#[test]
fn files_are_written_for_their_owner_alone_and_read_back() {
    let directory = Directory::new("files");
    let mut profile = Profile::load_from(directory.0.clone(), "work").unwrap();
    assert!(!profile.exists());
    profile.set_secret("secretKey", "a secret key of some length");
    profile.set_system("region", "ap-beijing");
    profile.set_service("cvm", "endpoint", "cvm.example").unwrap();
    profile.save_configure().unwrap();
    profile.save_credential().unwrap();
    #[cfg(unix)]
    for path in [profile.configure_path(), profile.credential_path()] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let read = Profile::load_from(directory.0.clone(), "work").unwrap();
    assert_eq!(read.system("region").as_deref(), Some("ap-beijing"));
    assert_eq!(read.service("cvm", "endpoint").as_deref(), Some("cvm.example"));
    assert_eq!(read.warning(), None);
    assert_eq!(std::fs::read_dir(&directory.0).unwrap().count(), 2, "nothing is left beside the files");
    assert!(!format!("{read:?}").contains("secret"));
    assert_eq!(read.remove().unwrap(), Vec::<String>::new());
    let paths = [read.configure_path(), read.credential_path()].map(|path| path.display().to_string());
    assert_eq!(read.remove().unwrap(), paths);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let directory = Directory::new("mode");
    let settings = directory.settings(&json!({"secretId": "i", "secretKey": "k"}));
    std::fs::set_permissions(settings.profile.credential_path(), PermissionsExt::from_mode(0o644)).unwrap();
    assert!(settings.profile.warning().unwrap().to_string().contains("chmod 600"));
}

#[test]
fn an_invalid_profile_is_an_error_that_does_not_show_its_contents() {
    let directory = Directory::new("broken");
    std::fs::write(directory.0.join("work.credential"), "{\"secretKey\": \"hidden\", ").unwrap();
    let error = Profile::load_from(directory.0.clone(), "work").unwrap_err().to_string();
    assert!(error.contains("work.credential: not valid JSON") && !error.contains("hidden"), "{error}");
    for name in ["", "../x", "a/b", ".hidden"] {
        assert!(Profile::load_from(directory.0.clone(), name).is_err(), "{name}");
    }
}

#[test]
fn a_mask_shows_little() {
    assert_eq!(mask("AKIDEXAMPLE1234567"), "****************4567");
    assert_eq!(mask("short"), "****************");
    assert_eq!(mask(""), "");
}
