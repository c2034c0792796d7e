//! Three layers of tower for every attempt of a client: a trace, a limit on concurrent attempts, and a timeout.
//! `cargo run --example tower` calls an emulator.

use std::error::Error;
use std::time::Duration;

use tc_apis::AnyAction;
use tc_apis::transport::{Proxy, ReqwestTransport, ServiceTransport, TransportOptions, TransportService};
use tc_core::emulator::Emulator;
use tower::ServiceBuilder;
use tower::limit::ConcurrencyLimitLayer;
use tower::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG).init();
    let emulator = Emulator::start().await?;
    emulator.answer("cvm", "2017-03-12", "DescribeZones", |_| serde_json::json!({"TotalCount": 3}));
    let transport = ReqwestTransport::new(&TransportOptions::default().proxy(Proxy::None))?;
    let service = ServiceBuilder::new()
        .layer(TraceLayer::new_for_http())
        .layer(ConcurrencyLimitLayer::new(8))
        .layer(TimeoutLayer::new(Duration::from_secs(10)))
        .service(TransportService::new(transport));
    let client = emulator.client_builder().transport(ServiceTransport::new(service)).build()?;
    let zones = client.send(&AnyAction::new("cvm", "2017-03-12", "DescribeZones")).await?;
    println!("{} zones, request {}", zones["TotalCount"], zones.request_id());
    Ok(())
}
