//! The metrics of a client in the format of Prometheus. `cargo run --example metrics` calls an emulator, which fails once.

use std::error::Error;

use metrics_exporter_prometheus::PrometheusBuilder;
use tc_apis::AnyAction;
use tc_core::emulator::{Emulator, Fault};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let prometheus = PrometheusBuilder::new().install_recorder()?;
    let emulator = Emulator::start().await?;
    let call = AnyAction::new("cvm", "2017-03-12", "DescribeZones").rate(10);
    emulator.answer("cvm", "2017-03-12", "DescribeZones", |_| serde_json::json!({"TotalCount": 3}));
    emulator.inject(Fault::code("InternalError"));
    let client = emulator.client();
    for _ in 0..3 {
        client.send(&call).await?;
    }
    let scrape = prometheus.render();
    println!("{scrape}");
    for name in
        ["rpc_client_call_duration", "tencentcloud_client_attempts", "tencentcloud_client_throttle_wait_duration"]
    {
        assert!(scrape.contains(name), "{name} is missing");
    }
    assert!(scrape.contains("error_type=\"InternalError\""));
    Ok(())
}
