//! An emulator with the data of the documented examples. Its responses have the RequestIds of the documentation.

use serde_json::json;
use tc_apis::iai::{GetPersonGroupInfo, GetPersonGroupInfoResponse};
use tc_apis::mps::{AiSampleFaceInfo, AiSamplePerson, DescribePersonSamples, DescribePersonSamplesResponse};
use tc_core::emulator::{Emulator, Reply};

/// Starts the emulator with a handler for both actions.
pub(crate) async fn emulator() -> std::io::Result<Emulator> {
    let emulator = Emulator::start().await?;
    emulator.on::<DescribePersonSamples>(|request| samples(&request));
    emulator.on::<GetPersonGroupInfo>(|request| groups(&request));
    Ok(emulator)
}

fn samples(request: &DescribePersonSamples) -> Reply<DescribePersonSamplesResponse> {
    let picture = "http://1256768367.vod2.myqcloud.com/8b0dd2b5vodcq1256768367/4d27b39f5285890783754292994/face.jpeg";
    let at = "2018-10-01T10:00:00Z".parse().ok();
    let john = AiSamplePerson::new("10569", "John Smith", "American actor, director, and producer")
        .face_info_set([AiSampleFaceInfo::new("10024", picture)])
        .usage_set(["Recognition"])
        .tag_set(["US", "Celebrity"])
        .create_time(at)
        .update_time(at);
    let matches =
        |wanted: &[String], has: &[&str]| wanted.is_empty() || wanted.iter().any(|one| has.contains(&one.as_str()));
    let found = matches(&request.person_ids, &["10569"])
        && matches(&request.names, &["John Smith"])
        && matches(&request.tags, &["US", "Celebrity"]);
    let persons = if found { vec![john] } else { Vec::new() };
    Reply::value(DescribePersonSamplesResponse::new(persons.len() as u64).person_set(persons))
        .request_id("7d80775f-fb6d-4204-9540-1876f0d1c5a9")
}

/// The documented example has `GroupNum` as a string, although its type is an integer. This emulator sends a string, too.
fn groups(request: &GetPersonGroupInfo) -> Reply<GetPersonGroupInfoResponse> {
    let (group, descriptions, request_id) = match request.person_id.as_str() {
        "2001" => (
            "ZhuYuanDormitoryNo1",
            vec!["School of Computer Science", "Software Engineering", "Class of 2015", "3150108080"],
            "671f0a1d-2b35-47c4-b9d1-b18053f71a04",
        ),
        "1001" => (
            "TencentShenZhenEmployee",
            vec![
                "Cloud & Smart Industries Group",
                "Big Data and AI Products Center",
                "Face Recognition Products Group",
            ],
            "b7a505ad-4a85-42da-97b3-886c7999fb76",
        ),
        // The documented response for a person who does not exist has only a RequestId.
        _ => return Reply::json(json!({})).request_id("98330f25-eb2e-432a-a30c-3830774210c1"),
    };
    Reply::json(json!({
        "GroupNum": "1",
        "PersonGroupInfos": [{"GroupId": group, "PersonExDescriptions": descriptions}],
        "FaceModelVersion": "3.0",
    }))
    .request_id(request_id)
}
