//! A program that depends on tc-core alone: it defines an action and calls it.

use tc_core::emulator::Emulator;
use tc_core::{tc_action, tc_model};

#[tc_action(service = "cvm", version = "2017-03-12", response = DescribeZonesResponse)]
pub struct DescribeZones {
    #[tc(range = ..=100)]
    pub limit: Option<u64>,
}

#[tc_model]
pub struct DescribeZonesResponse {
    pub total_count: u64,
    pub zone_set: Vec<ZoneInfo>,
}

#[tc_model]
pub struct ZoneInfo {
    pub zone: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tc_core::tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let emulator = Emulator::start().await?;
        emulator.on::<DescribeZones>(|request| {
            let zones = (1..=request.limit.unwrap_or(20)).map(|number| ZoneInfo::new(format!("ap-guangzhou-{number}")));
            DescribeZonesResponse::new(7).zone_set(zones)
        });
        let found = emulator.client().send(&tc_core::request!(DescribeZones { limit: 2 })).await?;
        println!("{} zones, the last is {}", found.total_count, found.zone_set[1].zone);
        let refused = emulator.client().send(&DescribeZones::new().limit(101)).await.unwrap_err();
        println!("{refused}");
        Ok(())
    })
}
