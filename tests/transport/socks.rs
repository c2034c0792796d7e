//! SOCKS proxies of each kind.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::Receiver;

use tc_core::transport::{Proxy, ReqwestTransport};

use crate::transport::process::send;
use crate::transport::server::post;
use crate::transport::{direct, runtime, whole};

/// Starts a SOCKS proxy that responds instead of the host; returns its address and the requested hosts.
fn proxy() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, hosts) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some(who) = greet(&mut stream) else { continue };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(byte(&mut stream));
            }
            stream.write_all(b"HTTP/1.1 203 Socks\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
            if sender.send(who).is_err() {
                return;
            }
        }
    });
    (address, hosts)
}

fn byte(stream: &mut TcpStream) -> u8 {
    bytes(stream, 1)[0]
}

fn bytes(stream: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).unwrap_or_default();
    bytes
}

fn text(stream: &mut TcpStream, count: usize) -> String {
    String::from_utf8(bytes(stream, count)).unwrap()
}

fn until_zero(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    loop {
        match byte(stream) {
            0 => return String::from_utf8(all).unwrap(),
            byte => all.push(byte),
        }
    }
}

fn greet(stream: &mut TcpStream) -> Option<String> {
    match byte(stream) {
        4 => {
            assert_eq!(byte(stream), 1);
            let [high, low]: [u8; 2] = bytes(stream, 2).try_into().unwrap();
            let port = u16::from_be_bytes([high, low]);
            let address: [u8; 4] = bytes(stream, 4).try_into().unwrap();
            until_zero(stream);
            let host =
                if address[..3] == [0; 3] { until_zero(stream) } else { std::net::Ipv4Addr::from(address).to_string() };
            stream.write_all(&[0, 0x5a, 0, 0, 0, 0, 0, 0]).unwrap();
            Some(format!("4 {host}:{port}"))
        }
        5 => {
            let count = byte(stream);
            let methods = bytes(stream, count.into());
            let mut user = String::new();
            if methods.contains(&2) {
                stream.write_all(&[5, 2]).unwrap();
                assert_eq!(byte(stream), 1);
                let length = byte(stream);
                user = text(stream, length.into());
                let length = byte(stream);
                user = format!("{user}:{}@", text(stream, length.into()));
                stream.write_all(&[1, 0]).unwrap();
            } else {
                stream.write_all(&[5, 0]).unwrap();
            }
            assert_eq!(bytes(stream, 3), [5, 1, 0]);
            let host = match byte(stream) {
                1 => std::net::Ipv4Addr::from(<[u8; 4]>::try_from(bytes(stream, 4)).unwrap()).to_string(),
                3 => {
                    let length = byte(stream);
                    text(stream, length.into())
                }
                _ => std::net::Ipv6Addr::from(<[u8; 16]>::try_from(bytes(stream, 16)).unwrap()).to_string(),
            };
            let port = u16::from_be_bytes(bytes(stream, 2).try_into().unwrap());
            stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
            Some(format!("5 {user}{host}:{port}"))
        }
        _ => None,
    }
}

#[test]
fn a_socks_proxy_of_each_kind_is_used() {
    let (address, hosts) = proxy();
    for (scheme, url, who) in [
        ("socks4://", "http://127.0.0.1:81/", "4 127.0.0.1:81"),
        ("socks4a://", "http://cloud.invalid/", "4 cloud.invalid:80"),
        ("socks5://", "http://127.0.0.1:81/", "5 127.0.0.1:81"),
        ("socks5h://", "http://cloud.invalid:8080/", "5 cloud.invalid:8080"),
        ("SOCKS5H://user:p%40ss@", "http://cloud.invalid/", "5 user:p@ss@cloud.invalid:80"),
    ] {
        let proxy = format!("{scheme}{address}");
        let transport = ReqwestTransport::new(&direct().proxy(Proxy::Url(proxy.clone()))).unwrap();
        let response = runtime().block_on(whole(&transport, post(url))).unwrap();
        assert_eq!((response.status().as_u16(), &*hosts.recv().unwrap()), (203, who));
        // The same with a variable.
        assert_eq!(send(url, &[("ALL_PROXY", &proxy)]).reqwest, "203");
        assert_eq!(hosts.recv().unwrap(), who);
    }
}
