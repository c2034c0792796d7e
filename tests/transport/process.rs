//! Both transports in a process with other environment variables.

use std::process::Command;
use std::time::Duration;

use tc_core::transport::{HyperTransport, ReqwestTransport, Transport, TransportError, TransportOptions};

use crate::transport::server::post;
use crate::transport::{runtime, whole};

const URL: &str = "TC_TESTS_TRANSPORT_URL";
const SYSTEM: &str = "TC_TESTS_TRANSPORT_SYSTEM_ROOTS";

/// The result of a request to `url` with each transport, these variables and default options: the status, `refused:` and the
/// error of creating the transport, or `failed:` and the error of the request.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcomes {
    pub(crate) reqwest: String,
    pub(crate) hyper: String,
}

pub(crate) fn send(url: &str, variables: &[(&str, &str)]) -> Outcomes {
    let mut command = in_its_own_process();
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in ["REQUEST_METHOD", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
        command.env_remove(name);
    }
    let output = command.env(URL, url).envs(variables.iter().copied()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = |name: &str| {
        let line = text.lines().find_map(|line| line.split_once(name)).unwrap_or_else(|| panic!("{text}"));
        line.1.to_owned()
    };
    Outcomes { reqwest: outcome("reqwest: "), hyper: outcome("hyper: ") }
}

/// Runs [`in_a_separate_process`] there.
pub(crate) fn in_its_own_process() -> Command {
    tc_tests::process::of_test(module_path!(), "in_a_separate_process")
}

/// The same, with the root certificates of the system.
pub(crate) fn send_with_system_roots(url: &str, variables: &[(&str, &str)]) -> Outcomes {
    send(url, &[variables, &[(SYSTEM, "1")]].concat())
}

/// Runs in the other process; does nothing otherwise.
#[test]
fn in_a_separate_process() {
    let Ok(url) = std::env::var(URL) else { return };
    let options = TransportOptions::default().connect_timeout(Duration::from_secs(10));
    let options = if std::env::var(SYSTEM).is_ok() { options.system_roots() } else { options };
    let outcome = |made: Result<Box<dyn Transport>, TransportError>| match made {
        Err(error) => format!("refused: {error}"),
        Ok(transport) => match runtime().block_on(whole(&*transport, post(&url))) {
            Ok(response) => response.status().as_u16().to_string(),
            Err(error) => format!("failed: {error}"),
        },
    };
    println!("\nreqwest: {}", outcome(ReqwestTransport::new(&options).map(|made| Box::new(made) as _)));
    println!("\nhyper: {}", outcome(HyperTransport::new(&options).map(|made| Box::new(made) as _)));
}
