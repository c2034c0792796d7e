//! Calls over loopback, 32 in flight: the client's CPU time, with this project and other clients in turns.

use tc_benches::calls::lines;
use tc_benches::measure::measure;
use tc_benches::samples::answer;
use tc_benches::{Case, Options, Table};
use tc_core::Call;
use tc_core::transport::{HyperTransport, ReqwestTransport, TransportOptions};
use tokio::runtime::{Builder, Runtime};

use crate::check::signed_well;
use crate::clients::{self, SENT, STARTED, samples, sms, start};
use crate::quiet::quietly;
use crate::server::Server;
use crate::tls::Identity;

/// The clients whose address can be set: those that make any call, and two that support only certain calls.
pub(crate) fn compare(options: Options) -> std::io::Result<()> {
    let runtime = runtime()?;
    let connect = TransportOptions::default();
    let (server, url, host) = http(&answer(1))?;
    let mut cases = ours(&runtime, &url, &connect, &samples());
    cases.push(clients::foundation(&runtime, &url));
    cases.push(clients::core(&runtime, &host));
    cases.push(clients::cloud(&runtime, &host));
    row(options, "peers_calls", "DescribePersonSamples", &server, cases)?;

    let (server, url, _) = http(STARTED)?;
    let mut cases = ours(&runtime, &url, &connect, &start());
    cases.push(clients::tencent_sdk(&runtime, &url));
    row(options, "peers_calls_start", "StartInstances", &server, cases)?;

    let (server, url, host) = http(SENT)?;
    let mut cases = ours(&runtime, &url, &connect, &sms());
    cases.push(clients::sms_sdk(&runtime, &host));
    row(options, "peers_calls_sms", "SendSms", &server, cases)
}

/// The clients that only support https. Their server has a certificate made for this run, which is a trusted root.
pub(crate) fn compare_tls(options: Options) -> std::io::Result<()> {
    let Some(identity) = Identity::from_env() else { return Ok(()) };
    let runtime = runtime()?;
    let server = Server::https(&answer(1), identity.acceptor()?)?;
    let connect = TransportOptions::default().root_certificate(std::fs::read(identity.certificate())?);
    let mut cases = ours(&runtime, &format!("https://{}", server.address), &connect, &samples());
    cases.push(clients::tencentcloud(&runtime));
    cases.push(clients::sdk_rs(&runtime));
    row(options, "peers_calls_tls", "DescribePersonSamples over TLS", &server, cases)
}

fn http(body: &[u8]) -> std::io::Result<(Server, String, String)> {
    let server = Server::http(body)?;
    let host = server.address.to_string();
    Ok((server, format!("http://{host}"), host))
}

/// This project with each transport.
fn ours<'a, A>(runtime: &'a Runtime, url: &str, connect: &TransportOptions, action: &A) -> Vec<Case<'a>>
where
    A: Call + Clone + Send + Sync + 'static,
{
    let by_hyper = HyperTransport::new(connect).expect("a transport");
    let by_reqwest = ReqwestTransport::new(connect).expect("a transport");
    vec![
        clients::ours(runtime, "ours, hyper transport", url, by_hyper, action.clone()),
        clients::ours(runtime, "ours, reqwest transport", url, by_reqwest, action.clone()),
    ]
}

/// Measures clients whose signatures were found valid. The first two cases are ours.
fn row(options: Options, id: &str, name: &str, server: &Server, cases: Vec<Case<'_>>) -> std::io::Result<()> {
    let run = quietly(|| checked(server, cases).map(|cases| measure(options.of_calls(), cases)))??;
    let mut table = Table::new(id, &format!("a call over loopback: {name}, 32 in flight"));
    lines(&mut table, &run);
    for (at, peer) in run.0.iter().enumerate().skip(2) {
        let peer = peer.name.split(' ').next().unwrap_or_default();
        table.ratio(&run, &format!("ours on hyper / {peer}"), 0, &[at], Some(1.0));
        table.ratio(&run, &format!("ours on reqwest / {peer}"), 1, &[at], Some(1.0));
    }
    table.keep(options)
}

fn checked<'a>(server: &Server, mut cases: Vec<Case<'a>>) -> std::io::Result<Vec<Case<'a>>> {
    for case in &mut cases {
        case.once();
        signed_well(&server.first())?;
    }
    Ok(cases)
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
