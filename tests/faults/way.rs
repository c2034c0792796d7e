//! The way to the server: names, connections, TLS, connections that died in the pool.

use std::time::Duration;

use tc_core::emulator::{Fault, SECRET_ID, SECRET_KEY};
use tc_core::{Client, Credential};

use crate::faults::scene::{Case, Seen, emulator, staged};
use crate::faults::tls::Authority;

staged! { ROWS:
    a_name_without_an_address "no address for the host's name" => nowhere,
    a_refused_connection "the connection is refused" => refused,
    a_certificate_of_a_known_authority "TLS, the authority added to those trusted" => trusted,
    a_certificate_of_an_unknown_authority "TLS, an unknown authority" => unknown,
    a_certificate_for_another_host "TLS, a certificate for another host" => another_host,
    an_expired_certificate "TLS, an expired certificate" => expired,
    an_idle_connection_that_was_closed "an idle connection was closed by the server" => idle,
    a_throttle_that_passes "`RequestLimitExceeded` twice, then success" => throttled_twice,
}

/// A client of an endpoint that is no emulator's.
fn elsewhere(case: &Case, endpoint: &str) -> Client {
    let builder = Client::builder().endpoint(endpoint).credential(Credential::new(SECRET_ID, SECRET_KEY));
    case.own(builder).build().expect("a client")
}

async fn nowhere(case: Case) -> Seen {
    case.seen(&elsewhere(&case, "http://nowhere.invalid")).await
}

async fn refused(case: Case) -> Seen {
    let emulator = emulator().await;
    let url = emulator.url().to_owned();
    drop(emulator);
    case.seen(&elsewhere(&case, &url)).await
}

async fn tls(mut case: Case, authority: &Authority, known: bool, name: &str, expired: bool) -> Seen {
    let emulator = emulator().await;
    let front = authority.front(&emulator, name, expired).await;
    if known {
        case.options = case.options.root_certificate(authority.pem());
    }
    case.seen(&elsewhere(&case, &front.url)).await
}

async fn trusted(case: Case) -> Seen {
    tls(case, &Authority::new(), true, "localhost", false).await
}

async fn unknown(case: Case) -> Seen {
    tls(case, &Authority::new(), false, "localhost", false).await
}

async fn another_host(case: Case) -> Seen {
    tls(case, &Authority::new(), true, "mps.tencentcloudapi.com", false).await
}

async fn expired(case: Case) -> Seen {
    tls(case, &Authority::new(), true, "localhost", true).await
}

/// A connection that served one call, and was closed while it lay idle.
async fn idle(case: Case) -> Seen {
    let emulator = emulator().await;
    let client = case.client(&emulator).build().expect("a client");
    assert_eq!(case.seen(&client).await, Seen { attempts: 1, error: None });
    emulator.close_idle_connections();
    // Time for the close to arrive: one that crosses the request on its way is a reset after bytes have left.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let seen = case.seen(&client).await;
    assert_eq!(emulator.received().len(), 2, "{seen:?}");
    seen
}

async fn throttled_twice(case: Case) -> Seen {
    let emulator = emulator().await;
    emulator.inject(Fault::code("RequestLimitExceeded").times(2));
    case.seen(&case.client(&emulator).build().expect("a client")).await
}
