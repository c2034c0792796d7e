//! Host names, connections, TLS, and connections that were closed while idle.

use std::time::Duration;

use tc_core::emulator::{Fault, SECRET_ID, SECRET_KEY};
use tc_core::{Client, Credential};

use crate::faults::row::{Case, Outcome, emulator, staged};
use crate::faults::tls::Authority;

staged! { ROWS:
    a_name_without_an_address "the host name cannot be resolved" => nowhere,
    a_refused_connection "the connection is refused" => refused,
    a_certificate_of_a_known_authority "TLS: the certificate authority was added" => trusted,
    a_certificate_of_an_unknown_authority "TLS: unknown certificate authority" => unknown,
    a_certificate_for_another_host "TLS: certificate for another host" => another_host,
    an_expired_certificate "TLS: expired certificate" => expired,
    an_idle_connection_that_was_closed "the server closed an idle connection" => idle,
    a_throttle_that_passes "`RequestLimitExceeded` twice, then success" => throttled_twice,
}

/// A client of an endpoint that is not an emulator.
fn elsewhere(case: &Case, endpoint: &str) -> Client {
    let builder = Client::builder().endpoint(endpoint).credential(Credential::new(SECRET_ID, SECRET_KEY));
    case.own(builder).build().expect("a client")
}

async fn nowhere(case: Case) -> Outcome {
    // The system refuses such a name without a question to a name server, which may be out of reach of this machine.
    case.outcome(&elsewhere(&case, "http://-nowhere.invalid")).await
}

async fn refused(case: Case) -> Outcome {
    let emulator = emulator().await;
    let url = emulator.url().to_owned();
    drop(emulator);
    case.outcome(&elsewhere(&case, &url)).await
}

async fn tls(mut case: Case, authority: &Authority, known: bool, name: &str, expired: bool) -> Outcome {
    let emulator = emulator().await;
    let proxy = authority.proxy(&emulator, name, expired).await;
    if known {
        case.options = case.options.root_certificate(authority.pem());
    }
    case.outcome(&elsewhere(&case, &proxy.url)).await
}

async fn trusted(case: Case) -> Outcome {
    tls(case, &Authority::new(), true, "localhost", false).await
}

async fn unknown(case: Case) -> Outcome {
    tls(case, &Authority::new(), false, "localhost", false).await
}

async fn another_host(case: Case) -> Outcome {
    tls(case, &Authority::new(), true, "mps.tencentcloudapi.com", false).await
}

async fn expired(case: Case) -> Outcome {
    tls(case, &Authority::new(), true, "localhost", true).await
}

/// A connection that served one call and was closed while it was idle.
async fn idle(case: Case) -> Outcome {
    let emulator = emulator().await;
    let client = case.client(&emulator).build().expect("a client");
    assert_eq!(case.outcome(&client).await, Outcome { attempts: 1, error: None });
    emulator.close_idle_connections();
    // Wait until the close has arrived: otherwise the next request is reset after it was sent.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let outcome = case.outcome(&client).await;
    assert_eq!(emulator.received().len(), 2, "{outcome:?}");
    outcome
}

async fn throttled_twice(case: Case) -> Outcome {
    let emulator = emulator().await;
    emulator.inject(Fault::code("RequestLimitExceeded").times(2));
    case.outcome(&case.client(&emulator).build().expect("a client")).await
}
