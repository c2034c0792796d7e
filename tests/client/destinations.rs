//! Endpoints and gateways of the client and of a call, and the host that is signed.

use tc_core::emulator::{Emulator, SECRET_ID, SECRET_KEY};
use tc_core::transport::{Proxy, Replay};
use tc_core::{AnyAction, Client, ClientBuilder, Credential, Endpoint, Method, Region, SignatureMethod};

use crate::client::actions::{self, DescribeThing};
use crate::client::caller::{BuildAs, both};

fn builder(replay: &Replay) -> ClientBuilder {
    Client::builder().credential(Credential::new("AKIDX", "key")).transport(replay.clone())
}

/// Returns the URL and the host of the requests.
fn sent(replay: &Replay) -> Vec<(String, String)> {
    let read = |request: &http::Request<bytes::Bytes>| {
        let host = request.headers()["host"].to_str().unwrap().to_owned();
        (request.uri().to_string(), host)
    };
    replay.requests().iter().map(read).collect()
}

fn action() -> AnyAction {
    AnyAction::new("cvm", "2017-03-12", "DescribeZones")
}

fn replay(answers: usize) -> Replay {
    Replay::new(vec![r#"{"Response":{"RequestId":"r"}}"#; answers])
}

#[test]
fn an_endpoint_can_be_a_value_or_text_on_the_client_and_on_a_call() {
    both(async |kind| {
        let shanghai = "https://cvm.ap-shanghai.tencentcloudapi.com";
        let all = replay(5);
        let owned = shanghai.to_owned();
        let clients = [
            builder(&all).endpoint(Endpoint::regional()).region(Region::AP_SHANGHAI),
            builder(&all).endpoint(shanghai),
            builder(&all).endpoint(shanghai.to_owned()),
            builder(&all).endpoint(&owned),
            builder(&all).endpoint(Endpoint::parse(shanghai).unwrap()),
        ];
        for client in clients {
            client.build_as(kind).send(&action()).await.unwrap();
        }
        let host = "cvm.ap-shanghai.tencentcloudapi.com";
        assert_eq!(sent(&all), vec![(format!("https://{host}/"), host.to_owned()); 5]);

        let all = replay(5);
        let client = builder(&all).region(Region::AP_SHANGHAI).build_as(kind);
        client.call(&action()).endpoint(Endpoint::regional()).send().await.unwrap();
        client.call(&action()).endpoint("http://127.0.0.1:8080").send().await.unwrap();
        client.call(&action()).region(Region::AP_SHENZHEN_FSI).send().await.unwrap();
        client.call(&action()).endpoint(Endpoint::regional()).region("ap-beijing-fsi").send().await.unwrap();
        client.send(&action()).await.unwrap();
        let hosts: Vec<String> = sent(&all).into_iter().map(|(_, host)| host).collect();
        assert_eq!(
            hosts,
            [
                "cvm.ap-shanghai.tencentcloudapi.com",
                "127.0.0.1:8080",
                "cvm.ap-shenzhen-fsi.tencentcloudapi.com",
                "cvm.ap-beijing-fsi.tencentcloudapi.com",
                "cvm.tencentcloudapi.com"
            ]
        );
    });
}

#[test]
fn an_invalid_endpoint_is_refused_before_anything_is_sent() {
    both(async |kind| {
        let all = replay(0);
        for url in ["ftp://host", "https://host/path", "https://user:TOPSECRET@host", ""] {
            let client = builder(&all).endpoint(url).build().unwrap_err().to_string();
            let call = builder(&all).build_as(kind).call(&action()).endpoint(url).send().await.unwrap_err().to_string();
            assert_eq!(client, call);
            assert!(client.contains("invalid endpoint") && !client.contains("TOPSECRET"), "{client}");
        }
        for url in ["ftp://host", "https://host/?A=1", "https://user:TOPSECRET@host/", ""] {
            let client = builder(&all).connect_to(url).build().unwrap_err().to_string();
            let call =
                builder(&all).build_as(kind).call(&action()).connect_to(url).send().await.unwrap_err().to_string();
            assert_eq!(client, call);
            assert!(client.contains("invalid endpoint") && !client.contains("TOPSECRET"), "{client}");
        }
    });
}

#[test]
fn with_a_gateway_the_host_of_the_service_is_signed() {
    both(async |kind| {
        let ways = [
            (Method::Post, SignatureMethod::Tc3),
            (Method::Get, SignatureMethod::Tc3),
            (Method::Get, SignatureMethod::HmacSha256),
            (Method::Post, SignatureMethod::HmacSha1),
        ];
        for (method, signature) in ways {
            let all = replay(2);
            let client =
                builder(&all).method(method).signature(signature).connect_to("http://127.0.0.1:1/gate/").build_as(kind);
            client.send(&action()).await.unwrap();
            client.call(&action()).connect_to("https://other.example").send().await.unwrap();
            for ((url, host), gateway) in sent(&all).iter().zip(["http://127.0.0.1:1/gate/", "https://other.example/"])
            {
                assert_eq!(host, "cvm.tencentcloudapi.com");
                assert_eq!(url.split('?').next(), Some(gateway), "{method:?} {signature:?}");
            }
        }
    });
}

#[test]
fn a_gateway_does_not_change_the_signature() {
    both(async |kind| {
        let at = 1_700_000_000;
        let all = replay(0);
        let gateway = builder(&all).connect_to("http://127.0.0.1:1/gate").build_as(kind);
        let direct = builder(&all).build_as(kind);
        let action = DescribeThing::new("x");
        assert_eq!(gateway.sign(&action, at).unwrap(), direct.sign(&action, at).unwrap());
    });
}

#[test]
fn the_steps_of_a_pending_call_are_those_of_its_options() {
    both(async |kind| {
        let client = builder(&replay(0)).build_as(kind);
        let action = DescribeThing::new("x");
        assert_eq!(client.call(&action).sign(1_700_000_000).unwrap(), client.sign(&action, 1_700_000_000).unwrap());
        let call = client.call(&action).endpoint("http://127.0.0.1:8080").method(Method::Get);
        let request = call.sign(1_700_000_000).unwrap().canonical_request().unwrap().to_string();
        assert!(request.starts_with("GET\n") && request.contains("host:127.0.0.1:8080\n"), "{request}");
        let unknown = client.call(&action).region("no region").sign(1_700_000_000).unwrap_err();
        assert!(unknown.to_string().contains("no region"), "{unknown}");
    });
}

/// The emulator verifies the signature for the host in the request.
#[test]
fn both_transports_send_the_signed_host_to_the_gateway() {
    both(async |kind| {
        use tc_core::transport::{HyperTransport, ReqwestTransport, TransportOptions};
        let emulator = Emulator::start().await.unwrap();
        actions::register(&emulator);
        let options = TransportOptions::default().proxy(Proxy::None);
        let base = || Client::builder().credential(Credential::new(SECRET_ID, SECRET_KEY)).connect_to(emulator.url());
        for client in [
            base().transport(ReqwestTransport::new(&options).unwrap()).build_as(kind),
            base().transport(HyperTransport::new(&options).unwrap()).build_as(kind),
        ] {
            client.send(&DescribeThing::new("x")).await.unwrap();
            let received = emulator.received();
            assert_eq!(received.last().map(|one| one.action.as_str()), Some("DescribeThing"));
        }
    });
}
