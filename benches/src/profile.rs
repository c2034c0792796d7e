//! Repeats one operation, for use under a profiler.

use std::hint::black_box;

use crate::samples::{AT, answer, credential, request};
use crate::server;
use bytes::Bytes;
use tc_core::signing::{PayloadHash, Tc3};
use tc_core::transport::{
    Body, BoxFuture, HyperTransport, ReqwestTransport, Transport, TransportError, TransportOptions,
};
use tc_core::{Client, Method, Throttle};

/// Runs the operation that `words` name. Returns false for unknown words.
///
/// # Errors
/// A number is not valid, or a call fails.
pub fn run(words: &[&str]) -> Result<bool, Box<dyn std::error::Error>> {
    let options = TransportOptions::default();
    match words {
        ["sign", times] => sign(times.parse()?),
        ["request", times] => build(times.parse()?)?,
        ["call", times, "hyper"] => call(times.parse()?, HyperTransport::new(&options)?)?,
        ["call", times, "reqwest"] => call(times.parse()?, ReqwestTransport::new(&options)?)?,
        ["call", times, "memory"] => call(times.parse()?, Memory(Bytes::from(answer(1))))?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// A transport without a network, so that only the client's own work is measured.
#[derive(Debug)]
struct Memory(Bytes);

impl Transport for Memory {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let body = Body::from(self.0.clone());
        Box::pin(async { Ok(http::Response::new(body)) })
    }
}

fn sign(times: u32) {
    let (credential, body, mut out) = (credential(), [b' '; 200], Vec::with_capacity(512));
    for _ in 0..times {
        let request = Tc3 {
            method: Method::Post,
            query: "",
            content_type: "application/json",
            host: "mps.tencentcloudapi.com",
            action: "DescribePersonSamples",
            payload: PayloadHash::of(black_box(&body)),
            service: "mps",
            at: AT,
        };
        request.authorize(&credential, &mut out);
        black_box(&out);
    }
}

fn build(times: u32) -> Result<(), tc_core::Error> {
    let client = Client::builder().credential(credential()).build()?;
    let action = request(100);
    for _ in 0..times {
        black_box(tc_core::__private::request(&client, black_box(&action), AT, false)?);
    }
    Ok(())
}

fn call(times: u32, transport: impl Transport) -> Result<(), Box<dyn std::error::Error>> {
    let action = request(1);
    let address = server::start(&answer(1))?;
    let client = Client::builder()
        .credential(credential())
        .throttle(Throttle::Off)
        .endpoint(format!("http://{address}"))
        .transport(transport)
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        for _ in 0..times {
            client.send(&action).await?;
        }
        Ok(())
    })
}
