//! The network options of a client apply to the token service, but not to the metadata service.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tc_core::provider::{Chain, CvmRole, Environment, HostEnvironment, Profile, ProvideCredential, TkeOidc};
use tc_core::transport::{Proxy, Replay};
use tc_core::{AnyAction, Client, ClientBuilder, Endpoint, RetryPolicy};

use crate::provider::files::Home;
use crate::provider::{SECRET, TOKEN, pair, runtime};

const ROLE: &str = "qcs::cam::uin/1:roleName/r";

/// A server that sends `answer` to the first request of each connection, and reports the lines of its head.
fn server(answer: &'static str, after: Duration) -> (String, std::sync::mpsc::Receiver<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (told, heads) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, told) = (stream.unwrap(), told.clone());
            std::thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
                if told.send(head).is_err() {
                    return;
                }
                std::thread::sleep(after);
                write!(stream, "HTTP/1.1 {answer}").ok();
            });
        }
    });
    (address, heads)
}

const REFUSED: &str = "502 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

fn action() -> AnyAction {
    AnyAction::new("cvm", "2017-03-12", "DescribeZones")
}

fn pod(home: &Home) -> HostEnvironment {
    home.environment()
        .var("TKE_REGION", "ap-shanghai")
        .var("TKE_PROVIDER_ID", "cls-1")
        .var("TKE_ROLE_ARN", ROLE)
        .var("TKE_WEB_IDENTITY_TOKEN_FILE", home.file("token", TOKEN))
}

/// All providers that call the token service.
fn providers(home: &Home) -> Vec<Arc<dyn ProvideCredential>> {
    let text = format!("[default]\nsecret_id = AKIDX\nsecret_key = {SECRET}\nrole_arn = {ROLE}\n");
    home.file("elsewhere/credentials", text);
    let named = home
        .environment()
        .var("TENCENTCLOUD_CREDENTIALS_FILE", home.path().join("elsewhere/credentials").display().to_string());
    let role = pair().var("TENCENTCLOUD_ROLE_ARN", ROLE);
    vec![
        Arc::new(TkeOidc::of(pod(home))),
        Arc::new(Profile::of(named)),
        Arc::new(Environment::of(role.clone())),
        Arc::new(Chain::of(&role)),
        Arc::new(Box::new(Chain::new().link(TkeOidc::of(pod(home))))),
    ]
}

fn once() -> ClientBuilder {
    Client::builder().retry(RetryPolicy::none())
}

#[test]
fn the_proxy_of_the_client_is_used_for_the_token_service() {
    let home = Home::new();
    for provider in providers(&home) {
        let (proxy, heads) = server(REFUSED, Duration::ZERO);
        let client = once().proxy(Proxy::Url(format!("http://{proxy}"))).provider(provider).build().unwrap();
        runtime().block_on(client.send(&action())).unwrap_err();
        let head = heads.recv_timeout(Duration::from_secs(30)).unwrap();
        assert_eq!(head[0], "CONNECT sts.tencentcloudapi.com:443 HTTP/1.1", "{client:?}");
    }
}

#[test]
fn a_proxy_that_cannot_be_reached_is_named_in_the_error_of_the_token_service() {
    let home = Home::new();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (scheme, provider) in ["http", "https", "socks4a", "socks5", "socks5h"].into_iter().zip(providers(&home)) {
        let proxy = Proxy::Url(format!("{scheme}://user:p4ss@{closed}"));
        let client = once().proxy(proxy).connect_to("http://127.0.0.1:81").provider(provider).build().unwrap();
        let error = runtime().block_on(client.send(&action())).unwrap_err();
        let expected = format!("proxy {scheme}://{closed} (for 127.0.0.1:81): no connection: Connection refused");
        assert!(error.to_string().contains(&expected) && !error.to_string().contains("p4ss"), "{error}");
        assert!(error.is_connect() && error.is_unsent(), "{error}");
    }
}

#[test]
fn the_transport_root_domain_and_gateway_of_the_client_apply_to_the_token_service() {
    let home = Home::new();
    let answer = r#"{"Response":{"RequestId":"r"}}"#;
    for (builder, url, host) in [
        (once(), "https://sts.tencentcloudapi.com/", "sts.tencentcloudapi.com"),
        (once().root_domain("a.example"), "https://sts.a.example/", "sts.a.example"),
        (
            once().endpoint(Endpoint::internal()),
            "https://sts.internal.tencentcloudapi.com/",
            "sts.internal.tencentcloudapi.com",
        ),
        (once().endpoint(Endpoint::ai()), "https://sts.tencentcloudapi.com/", "sts.tencentcloudapi.com"),
        (once().endpoint("http://127.0.0.1:1"), "https://sts.tencentcloudapi.com/", "sts.tencentcloudapi.com"),
        (once().connect_to("http://127.0.0.1:1/gate"), "http://127.0.0.1:1/gate/", "sts.tencentcloudapi.com"),
    ] {
        let replay = Replay::new([answer]);
        let client = builder.transport(replay.clone()).provider(TkeOidc::of(pod(&home))).build().unwrap();
        runtime().block_on(client.send(&action())).unwrap_err();
        let request = &replay.requests()[0];
        assert_eq!((&*request.uri().to_string(), request.headers()["host"].to_str().unwrap()), (url, host));
    }
    for provider in providers(&home) {
        let replay = Replay::new([answer]);
        let client = once().transport(replay.clone()).provider(provider).build().unwrap();
        runtime().block_on(client.send(&action())).unwrap_err();
        assert_eq!(replay.requests()[0].uri(), "https://sts.tencentcloudapi.com/", "{client:?}");
    }
}

#[test]
fn a_timeout_and_a_refused_connection_of_the_token_service_are_recognised() {
    let home = Home::new();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for provider in providers(&home) {
        let silent = Replay::new([tc_core::transport::ReplayStep::Silence]);
        let client =
            once().attempt_timeout(Duration::from_millis(50)).transport(silent).provider(Arc::clone(&provider));
        let error = runtime().block_on(client.build().unwrap().send(&action())).unwrap_err();
        assert!(error.is_timeout() && !error.is_connect() && error.is_unsent(), "{error}");
    }
    for provider in providers(&home) {
        let client = once().proxy(Proxy::None).connect_to(format!("http://{closed}")).provider(provider).build();
        let error = runtime().block_on(client.unwrap().send(&action())).unwrap_err();
        assert!(error.is_connect() && !error.is_timeout() && error.is_unsent(), "{error}");
    }
    // Without a credential there is no such cause.
    let nothing = once().provider(Environment::of(HostEnvironment::empty())).build().unwrap();
    let error = runtime().block_on(nothing.send(&action())).unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "{error}");
}

#[test]
fn the_timeout_of_the_client_applies_to_the_token_service() {
    let home = Home::new();
    let replay = Replay::new([tc_core::transport::ReplayStep::Silence]);
    let client = once()
        .attempt_timeout(Duration::from_millis(120))
        .transport(replay)
        .provider(TkeOidc::of(pod(&home)))
        .build()
        .unwrap();
    let error = runtime().block_on(client.send(&action())).unwrap_err();
    assert!(error.to_string().contains("the response took longer than 120ms"), "{error}");
}

#[test]
fn the_transport_or_endpoint_of_a_provider_replaces_that_of_the_client() {
    let home = Home::new();
    let (own, clients) = (Replay::new(["<html>"]), Replay::new(["<html>"]));
    let provider = TkeOidc::of(pod(&home)).transport(own.clone());
    let client = once().transport(clients.clone()).provider(provider).build().unwrap();
    runtime().block_on(client.send(&action())).unwrap_err();
    assert_eq!((own.requests().len(), clients.requests().len()), (1, 0));

    let provider = TkeOidc::of(pod(&home)).endpoint("https://sts.internal.tencentcloudapi.com");
    let client = once().connect_to("http://127.0.0.1:1").transport(clients.clone()).provider(provider).build().unwrap();
    runtime().block_on(client.send(&action())).unwrap_err();
    assert_eq!(clients.requests()[0].uri(), "https://sts.internal.tencentcloudapi.com/");
}

#[test]
fn the_metadata_service_is_called_without_the_proxy() {
    let (proxy, heads) = server(REFUSED, Duration::ZERO);
    let (metadata, asked) = server("404 None\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", Duration::ZERO);
    let provider = CvmRole::new().base_url(format!("http://{metadata}"));
    let client = once().proxy(Proxy::Url(format!("http://{proxy}"))).provider(provider).build().unwrap();
    let error = runtime().block_on(client.send(&action())).unwrap_err();
    assert!(error.to_string().contains("no role is bound to this machine"), "{error}");
    assert_eq!(asked.recv().unwrap()[0], "GET /latest/meta-data/cam/security-credentials/ HTTP/1.1");
    assert!(heads.try_recv().is_err());
}

#[test]
fn after_a_late_response_of_the_metadata_service_the_next_call_waits_longer() {
    // Each response takes two seconds: too late while it is not known whether this machine is a CVM.
    let late = Duration::from_secs(2);
    let (metadata, _asked) = server("200 OK\r\ncontent-length: 6\r\nconnection: close\r\n\r\na-role", late);
    let provider = CvmRole::new().base_url(format!("http://{metadata}"));
    runtime().block_on(async {
        let error = provider.credential().await.unwrap_err();
        assert!(error.is_absent(), "{error}");
        let started = Instant::now();
        let error = loop {
            let error = provider.credential().await.unwrap_err();
            if !error.is_absent() || started.elapsed() > Duration::from_secs(30) {
                break error;
            }
        };
        // The response is not a credential, but it was waited for.
        assert_eq!(error.reason(), "cannot be read: the response of the metadata service is not JSON");
    });
}
