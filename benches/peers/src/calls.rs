//! Whole calls on loopback, 32 in flight: the client's CPU, ours and theirs in turns.

use tc_benches::calls::lines;
use tc_benches::measure::measure;
use tc_benches::samples::answer;
use tc_benches::{Case, Options, Table};
use tc_core::transport::{HyperTransport, ReqwestTransport, TransportOptions};
use tokio::runtime::{Builder, Runtime};

use crate::check::signed_well;
use crate::clients::{self, SENT, STARTED, samples, sms, start};
use crate::quiet::quietly;
use crate::server::Server;
use crate::tls::Identity;

const REQWEST: &str = "ours, reqwest transport";
const HYPER: &str = "ours, hyper transport";

/// The peers whose address can be set.
pub(crate) fn compare(options: Options) -> std::io::Result<()> {
    let runtime = runtime()?;
    let (persons, started, sent) = (Server::http(&answer(1))?, Server::http(STARTED)?, Server::http(SENT)?);
    let url = |server: &Server| format!("http://{}", server.address);
    let host = |server: &Server| server.address.to_string();
    let connect = TransportOptions::default();
    let by_reqwest = || ReqwestTransport::new(&connect).expect("a transport");
    let by_hyper = || HyperTransport::new(&connect).expect("a transport");
    let named = |name: &str, action: &str| format!("{name}, {action}");

    let cases = vec![
        (clients::ours(&runtime, REQWEST, &url(&persons), by_reqwest(), samples()), &persons),
        (clients::ours(&runtime, HYPER, &url(&persons), by_hyper(), samples()), &persons),
        (clients::foundation(&runtime, &url(&persons)), &persons),
        (clients::core(&runtime, &host(&persons)), &persons),
        (clients::cloud(&runtime, &host(&persons)), &persons),
        (clients::ours(&runtime, &named(REQWEST, "StartInstances"), &url(&started), by_reqwest(), start()), &started),
        (clients::ours(&runtime, &named(HYPER, "StartInstances"), &url(&started), by_hyper(), start()), &started),
        (clients::tencent_sdk(&runtime, &url(&started)), &started),
        (clients::ours(&runtime, &named(REQWEST, "SendSms"), &url(&sent), by_reqwest(), sms()), &sent),
        (clients::ours(&runtime, &named(HYPER, "SendSms"), &url(&sent), by_hyper(), sms()), &sent),
        (clients::sms_sdk(&runtime, &host(&sent)), &sent),
    ];
    let run = quietly(|| checked(options, cases))??;
    let mut table = Table::new("peers_calls", "a whole call on loopback, 32 in flight: the client's CPU");
    lines(&mut table, &run);
    let peers = [
        ("tencentcloud-sdk-foundation", 2, 0),
        ("tencentcloud-sdk-core", 3, 0),
        ("tencent_cloud_sdk", 4, 0),
        ("tencent-sdk, StartInstances", 7, 5),
        ("tencentcloud-sdk-sms, SendSms", 10, 8),
    ];
    ratios(&mut table, &run, &peers);
    table.keep(options)
}

/// The peers that speak only https, to a certificate that this run made and put among the roots.
pub(crate) fn compare_tls(options: Options) -> std::io::Result<()> {
    let Some(identity) = Identity::from_env() else { return Ok(()) };
    let runtime = runtime()?;
    let server = Server::https(&answer(1), identity.acceptor()?)?;
    let url = format!("https://{}", server.address);
    let connect = TransportOptions::default().root_certificate(std::fs::read(identity.certificate())?);
    let by_reqwest = ReqwestTransport::new(&connect).expect("a transport");
    let by_hyper = HyperTransport::new(&connect).expect("a transport");
    let cases = vec![
        (clients::ours(&runtime, REQWEST, &url, by_reqwest, samples()), &server),
        (clients::ours(&runtime, HYPER, &url, by_hyper, samples()), &server),
        (clients::tencentcloud(&runtime), &server),
        (clients::sdk_rs(&runtime), &server),
    ];
    let run = checked(options, cases)?;
    let mut table = Table::new("peers_calls_tls", "a whole call over TLS on loopback, 32 in flight: the client's CPU");
    lines(&mut table, &run);
    ratios(&mut table, &run, &[("tencentcloud", 2, 0), ("tencentcloud-sdk-rs", 3, 0)]);
    table.keep(options)
}

/// Measures what was seen to sign as it should.
fn checked(options: Options, cases: Vec<(Case<'_>, &Server)>) -> std::io::Result<tc_benches::Run> {
    let mut checked = Vec::new();
    for (mut case, server) in cases {
        case.once();
        signed_well(&server.first())?;
        checked.push(case);
    }
    // A batch holds some hundred calls, so that what the runtime does between two of them evens out.
    Ok(measure(Options { batch: options.batch * 5, ..options }, checked))
}

/// Both of ours, of which reqwest stands first, beside each peer.
fn ratios(table: &mut Table, run: &tc_benches::Run, peers: &[(&str, usize, usize)]) {
    for &(peer, at, ours) in peers {
        table.ratio(run, &format!("ours on hyper / {peer}"), ours + 1, &[at], Some(1.0));
        table.ratio(run, &format!("ours on reqwest / {peer}"), ours, &[at], Some(1.0));
    }
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
