//! One process of the fleet: it calls as often as the limiter allows, from twelve tasks.

use std::time::{Duration, Instant};

use tc_core::transport::Proxy;
use tc_core::{Client, Credential, RetryPolicy, tc_action, tc_model};

use crate::machine::{Lateness, connect};

/// A read with a documented rate of 100 calls per second.
#[tc_action(service = "demo", version = "2020-01-01", response = Thing, rate = 100)]
pub(crate) struct GetThing {
    pub(crate) name: String,
}

#[tc_model]
pub(crate) struct Thing {
    pub(crate) name: String,
}

/// The results of a process.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Report {
    pub(crate) calls: usize,
    /// The calls that the emulator throttled at first.
    pub(crate) retried: usize,
    pub(crate) failed: usize,
    /// The longest delay of a timer of the process.
    pub(crate) late: Duration,
}

impl Report {
    pub(crate) fn parse(text: &str) -> Self {
        let mut numbers = text.split(' ').map(|number| number.parse::<usize>().unwrap());
        let mut next = || numbers.next().unwrap();
        Self { calls: next(), retried: next(), failed: next(), late: Duration::from_millis(next() as u64) }
    }
}

/// Does nothing unless this program was started as a process of a fleet.
pub(crate) fn run() {
    let (Ok(redis), Ok(cloud)) = (std::env::var("TC_FLEET_REDIS"), std::env::var("TC_FLEET_CLOUD")) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = Client::builder()
            .credential(Credential::new(tc_core::emulator::SECRET_ID, tc_core::emulator::SECRET_KEY))
            .endpoint(cloud.as_str())
            .proxy(Proxy::None)
            .retry(RetryPolicy::default())
            .rate_limiter(connect(&redis).await)
            .build()
            .unwrap();
        println!("fleet-ready");
        let mut time = String::new();
        std::io::stdin().read_line(&mut time).unwrap();
        let until = Instant::now() + Duration::from_millis(time.trim().parse().unwrap());
        let lateness = Lateness::measure();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let client = client.clone();
            tasks.spawn(async move {
                let mut report = Report::default();
                while Instant::now() < until {
                    match client.send(&GetThing::new("x")).await {
                        Ok(answer) => {
                            report.calls += 1;
                            report.retried += usize::from(answer.attempts() > 1);
                        }
                        Err(error) => {
                            eprintln!("{error}");
                            report.failed += 1;
                        }
                    }
                }
                report
            });
        }
        let sum = tasks.join_all().await.into_iter().fold(Report::default(), |sum, report| Report {
            calls: sum.calls + report.calls,
            retried: sum.retried + report.retried,
            failed: sum.failed + report.failed,
            ..sum
        });
        println!("fleet-report {} {} {} {}", sum.calls, sum.retried, sum.failed, lateness.longest().as_millis());
    });
}
