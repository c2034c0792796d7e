// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.
use tc_core::{Client, request};

tc_core::import! {
    mod cls { CreateAlarm }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().region("ap-guangzhou").build()?;
    let request = request!(cls::CreateAlarm {
        name: "Name 1",
        alarm_targets: [cls::AlarmTarget {
            topic_id: "ti-c71f3a55",
            query: "Query-07eb",
            number: 601,
            start_time_offset: -1002,
            end_time_offset: -1083,
            logset_id: "li-12c030e3",
        }],
        monitor_time: cls::MonitorTime {
            r#type: "Fixed",
        },
        trigger_count: 1767,
        alarm_period: 971,
    });
    let response = client.send(&request).await?;
    println!("{:#?}\nrequest {}", *response, response.request_id());
    Ok(())
}
