//! The proxies of the environment: asked, excepted, refused where they are broken, and never ignored.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::Receiver;

use tc_core::transport::{HyperTransport, Proxy, ReqwestTransport, TransportErrorKind as Kind};

use crate::transport::direct;
use crate::transport::process::send;

/// A proxy that answers requests itself, with status 203, and opens no tunnel; its address, and the lines it is asked by.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (told, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let Some(first) = head.next() else { continue };
            head.take_while(|line| !line.is_empty()).for_each(drop);
            let status = if first.starts_with("CONNECT") { "502 No" } else { "203 Proxy" };
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").ok();
            if told.send(first).is_err() {
                return;
            }
        }
    });
    (address, lines)
}

#[test]
fn a_broken_variable_is_refused_as_the_option_is() {
    for (broken, reason) in [
        ("http://proxy:port", "its port is not a number between 1 and 65535"),
        ("ftp://proxy", "its scheme is not one of"),
        ("pro xy", "it holds a blank"),
        ("http://", "it has no host that can be read"),
    ] {
        let options = direct().proxy(Proxy::Url(broken.to_owned()));
        for error in [ReqwestTransport::new(&options).unwrap_err(), HyperTransport::new(&options).unwrap_err()] {
            assert_eq!((error.kind(), error.sent()), (Kind::Options, false));
            assert!(error.to_string().starts_with(&format!("the proxy cannot be used: {reason}")), "{error}");
        }
        for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            // Neither what the variable is for nor whom it excepts matters: it is a mistake.
            let said = send("http://127.0.0.1:1/", &[(name, broken), ("NO_PROXY", "127.0.0.1")]);
            for said in [said.reqwest, said.hyper] {
                let expected = format!("refused: the proxy of {name} cannot be used: {reason}");
                assert!(said.starts_with(&expected), "{said}");
            }
        }
    }
}

#[test]
fn a_variable_that_is_not_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let value = std::ffi::OsStr::from_bytes(b"http://proxy\xff:3128");
    let output = crate::transport::process::in_its_own_process()
        .env("TC_TESTS_TRANSPORT_URL", "http://127.0.0.1:1/")
        .env("HTTPS_PROXY", value)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        text.matches("refused: the proxy of HTTPS_PROXY cannot be used: it is not valid UTF-8").count(),
        2,
        "{text}"
    );
}

#[test]
fn the_proxy_of_a_urls_scheme_is_asked() {
    let (address, lines) = proxy();
    let url = &*format!("http://{address}");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        assert_eq!(send("http://cloud.invalid/", &[(variable, url)]).reqwest, "203", "{variable}");
        assert_eq!(lines.recv().unwrap(), "POST http://cloud.invalid/ HTTP/1.1");
    }
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        // Without a scheme it is http.
        let said = send("https://cloud.invalid/", &[(variable, &address)]).reqwest;
        assert!(said.starts_with("failed: "), "{said}");
        assert_eq!(lines.recv().unwrap(), "CONNECT cloud.invalid:443 HTTP/1.1");
    }
    for variables in [
        &[("HTTPS_PROXY", url)][..],
        &[("HTTP_PROXY", ""), ("http_proxy", url)],
        &[("HTTP_PROXY", url), ("REQUEST_METHOD", "GET")],
    ] {
        let said = send("http://cloud.invalid/", variables).reqwest;
        assert!(said.contains("the name cannot be resolved"), "{variables:?}: {said}");
    }
    assert!(lines.try_recv().is_err());
}

#[test]
fn no_proxy_excepts_what_the_library_documents() {
    let (address, _lines) = proxy();
    let url = &*format!("http://{address}");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for (host, except, excepted) in [
        ("cloud.invalid", "cloud.invalid", true),
        ("cloud.invalid", ".cloud.invalid", true),
        ("cvm.cloud.invalid", "cloud.invalid", true),
        ("cvm.cloud.invalid", ".cloud.invalid", true),
        ("cvm.cloud.invalid", "other, cloud.invalid ,", true),
        ("cvm.cloud.invalid", "*", true),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "10.0.0.0/8,127.0.0.0/8", true),
        ("notcloud.invalid", "cloud.invalid", false),
        ("cloud.invalid", "cvm.cloud.invalid", false),
        ("cloud.invalid", "*.invalid", false),
        ("127.0.0.1", "10.0.0.0/8", false),
        ("127.0.0.1", "", false),
    ] {
        // Nobody listens there: whoever is asked directly gives no status.
        let target = format!("http://{host}:{port}/");
        for (variable, all) in [("NO_PROXY", "ALL_PROXY"), ("no_proxy", "http_proxy")] {
            let said = send(&target, &[(all, url), (variable, except)]).reqwest;
            assert_eq!(said != "203", excepted, "{host} {except}: {said}");
        }
    }
    let said =
        send(&format!("http://127.0.0.1:{port}/"), &[("ALL_PROXY", url), ("NO_PROXY", ""), ("no_proxy", "*")]).reqwest;
    assert_eq!(said, "203", "an empty NO_PROXY hides the one in lower case, as in the library");
}

#[test]
fn the_lean_transport_says_that_it_knows_no_proxies() {
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        for except in ["", "127.0.0.1"] {
            let said = send("http://127.0.0.1:1/", &[(name, "http://proxy:3128"), ("NO_PROXY", except)]).hyper;
            assert!(said.starts_with(&format!("refused: the proxy of {name} cannot be used: the transport")), "{said}");
            assert!(said.contains("proxy(Proxy::None)"), "{said}");
        }
        let said = send("http://127.0.0.1:1/", &[(name, "http://proxy:3128"), ("NO_PROXY", "*")]).hyper;
        assert!(said.starts_with("failed: 127.0.0.1:1: no connection"), "{said}");
    }
    let options = direct().proxy(Proxy::Url("http://proxy:3128".to_owned()));
    let error = HyperTransport::new(&options).unwrap_err();
    assert!(error.to_string().contains("knows no proxies"), "{error}");
}
