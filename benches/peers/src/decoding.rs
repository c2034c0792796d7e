//! Decoding a response, with the clients whose decoder is public.

use std::hint::black_box;

use tc_apis::mps::DescribePersonSamplesResponse;
use tc_benches::measure::measure;
use tc_benches::samples::{PlainResponse, answer};
use tc_benches::{Case, Options, Table};
use tc_core::Response;
use tencentcloud_sdk_core::envelope::parse_response;
use tencentcloud_sdk_rs::client::TcResponse;

use crate::clients::Samples;

pub(crate) fn compare(options: Options) -> std::io::Result<()> {
    let mut table = Table::new("peers_decoding", "decoding a DescribePersonSamples response into a struct");
    for (name, persons) in [("1 KB", 2), ("45 KB", 100)] {
        let body = answer(persons);
        let text = String::from_utf8_lossy(&body).into_owned();
        let ours = || Response::<DescribePersonSamplesResponse>::decode(200, black_box(&body));
        let core = || parse_response::<Samples>(black_box(&text));
        let sdk_rs = || serde_json::from_slice::<TcResponse<PlainResponse>>(black_box(&body));
        assert_eq!(ours().expect("an answer").person_set.len(), persons);
        assert_eq!(core().expect("an answer").person_set.len(), persons);
        assert_eq!(sdk_rs().expect("an answer").response.person_set.len(), persons);

        let run = measure(
            options,
            vec![
                Case::new(format!("ours, {name}"), ours),
                Case::new(format!("tencentcloud-sdk-rs 0.1.0, {name}: does not check for an error"), sdk_rs),
                Case::new(format!("tencentcloud-sdk-core 0.1.0, {name}"), core),
            ],
        );
        table.cases(&run);
        table.ratio(&run, &format!("ours / tencentcloud-sdk-rs, {name}"), 0, &[1], Some(1.0));
        table.ratio(&run, &format!("ours / tencentcloud-sdk-core, {name}"), 0, &[2], Some(1.0));
    }
    table.keep(options)
}
