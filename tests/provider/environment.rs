//! Credentials in environment variables, and characters that no credential may contain.

use tc_core::Credential;
use tc_core::provider::{Environment, HostEnvironment, ProvideCredential, ProviderError};

use super::{SECRET, TOKEN, ask, check, pair, runtime};

const IDS: [&str; 2] = ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRETID"];
const KEYS: [&str; 2] = ["TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_SECRETKEY"];
const TOKENS: [&str; 4] =
    ["TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSIONTOKEN"];

#[test]
fn every_name_of_every_variable_is_read() {
    check(&Environment::of(pair()), Ok(("AKIDX", SECRET, None)));
    for id in IDS {
        for key in KEYS {
            for token in TOKENS {
                let all = HostEnvironment::empty().var(id, "AKIDX").var(key, SECRET).var(token, TOKEN);
                check(&Environment::of(all.clone()), Ok(("AKIDX", SECRET, Some(TOKEN))));
                // The same value under all names is accepted, and an empty variable counts as not set.
                let twice = IDS.iter().fold(all.clone(), |all, name| all.var(*name, "AKIDX"));
                let twice = TOKENS.iter().fold(twice, |all, name| all.var(*name, TOKEN));
                check(&Environment::of(twice), Ok(("AKIDX", SECRET, Some(TOKEN))));
                let empty = TOKENS.iter().fold(all.var(token, ""), |all, name| all.var(*name, ""));
                check(&Environment::of(empty), Ok(("AKIDX", SECRET, None)));
            }
        }
    }
}

#[test]
fn different_values_under_two_names_are_an_error_that_contains_both_names() {
    for names in [&IDS[..], &KEYS, &TOKENS] {
        for (at, first) in names.iter().enumerate() {
            for second in &names[at + 1..] {
                let all = pair().var(TOKENS[0], TOKEN);
                let both = names.iter().fold(all, |all, name| all.var(*name, ""));
                let error = ask(&Environment::of(both.var(*first, "one").var(*second, "other"))).unwrap_err();
                let text = error.to_string();
                assert!(!error.is_absent() && text.contains("has different values in"), "{text}");
                assert!(text.contains(first) && text.contains(second), "{text}");
            }
        }
    }
}

#[test]
fn an_incomplete_credential_is_an_error_that_names_the_set_and_the_missing_variable() {
    let half = |name: &str| Environment::of(HostEnvironment::empty().var(name, SECRET));
    for name in KEYS {
        check(&half(name), Err(&format!("environment has {name} but no TENCENTCLOUD_SECRET_ID")));
    }
    for name in IDS {
        check(&half(name), Err(&format!("environment has {name} but no TENCENTCLOUD_SECRET_KEY")));
    }
    for name in TOKENS {
        let missing = "TENCENTCLOUD_SECRET_ID and no TENCENTCLOUD_SECRET_KEY";
        check(&half(name), Err(&format!("environment has {name} but no {missing}")));
        let keyless = HostEnvironment::empty().var(IDS[1], "AKIDX").var(name, TOKEN);
        let reason = "environment has TENCENTCLOUD_SECRETID but no TENCENTCLOUD_SECRET_KEY";
        check(&Environment::of(keyless), Err(reason));
    }
}

#[test]
fn an_invalid_part_is_an_error_that_names_its_variable() {
    let blank = "has a space or a line break at its start or end: remove it";
    for name in IDS.iter().chain(&KEYS).chain(&TOKENS) {
        let whole = || {
            let all = pair();
            let all = if IDS.contains(name) { all.var(IDS[0], "") } else { all };
            if KEYS.contains(name) { all.var(KEYS[0], "") } else { all }
        };
        let part = match name {
            name if IDS.contains(name) => "SecretId",
            name if KEYS.contains(name) => "SecretKey",
            _ => "token",
        };
        for (value, reason) in [
            (format!(" {SECRET}"), blank),
            (format!("{SECRET}\n"), blank),
            (format!("\"{SECRET}\""), "is in quotes: remove them"),
            (format!("{SECRET}\u{7}x"), "contains a control character"),
            (format!("{SECRET} x"), "contains a space"),
            (format!("{SECRET}é"), "contains a character that is not ASCII"),
        ] {
            let expected = format!("environment: {name}: the {part} {reason}");
            check(&Environment::of(whole().var(*name, value)), Err(&expected));
        }
        let expected = format!("environment has {name}, which is blank: set or unset it");
        check(&Environment::of(whole().var(*name, " \t")), Err(&expected));
    }
}

#[test]
fn characters_that_would_change_a_request_are_rejected_in_a_secret_id_and_a_token() {
    let told = |credential: &Credential| credential.check().map_err(|error| error.to_string());
    for character in "/,=&;?#%+\"'`\\<>()[]{}:@!$^|".chars() {
        for id in [format!("AKID{character}x"), format!("{character}AKID"), format!("AKID{character}")] {
            let error = told(&Credential::new(id, SECRET)).expect_err("a character with a meaning");
            assert!(error.contains("SecretId") && !error.contains("AKID"), "{error}");
        }
    }
    for character in "&,;?#\"'`\\<>()[]{}".chars() {
        let error = told(&Credential::new("AKIDX", SECRET).with_token(format!("x{character}x"))).expect_err("a token");
        assert!(error.contains("token") && !error.contains("xx"), "{error}");
    }
    for id in ["AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", "AKID_a-b.c~d", "100000000001"] {
        let token = "abc-_/+09=.~%3D:x";
        assert_eq!(told(&Credential::new(id, "any/key=,;&").with_token(token)), Ok(()));
    }
}

/// A provider that does not check its credential.
#[derive(Debug)]
struct Own(Credential);
impl ProvideCredential for Own {
    fn credential(&self) -> tc_core::transport::BoxFuture<'_, Result<Credential, ProviderError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

#[test]
fn a_client_rejects_a_credential_that_would_change_a_request() {
    let bad = || Credential::new("AKID/x", SECRET);
    let action = tc_core::AnyAction::new("cvm", "2017-03-12", "DescribeZones");
    let replay = tc_core::transport::Replay::new([r#"{"Response":{"RequestId":"r"}}"#]);
    let said = |error: tc_core::Error| error.to_string();
    let built = tc_core::Client::builder().credential(bad()).build().map(drop).map_err(said);
    let builder = || tc_core::Client::builder().transport(replay.clone());
    runtime().block_on(async {
        let own = builder().provider(Own(bad())).build().unwrap().send(&action).await.map(drop).map_err(said);
        let client = builder().credential(Credential::new("AKIDX", SECRET)).build().unwrap();
        let call = client.call(&action).credential(bad()).send().await.map(drop).map_err(said);
        for refused in [built, own, call] {
            let text = refused.unwrap_err();
            assert!(text.contains("the SecretId contains an invalid character"), "{text}");
        }
    });
    assert_eq!(replay.requests().len(), 0);
}
