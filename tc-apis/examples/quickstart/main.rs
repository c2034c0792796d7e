//! The main job: the four documented calls, signed, sent over HTTP, verified, answered and decoded.
//!
//! `cargo run --example quickstart` runs against an emulator on this machine, without network or keys;
//! `cargo run --example quickstart -- --live` calls the real cloud with your default credentials.

mod documented;
mod screen;

use std::error::Error;
use std::fmt::Debug;

use screen::Screen;
use tc_apis::iai::GetPersonGroupInfo;
use tc_apis::mps::DescribePersonSamples;
use tc_apis::{Action, Client, Clock, Method, Response, SystemClock, encode_json, encode_query, request};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let screen = Screen::new();
    let live = std::env::args().any(|argument| argument == "--live");
    // The emulator lives as long as this variable.
    let emulator = if live { None } else { Some(documented::emulator().await?) };
    let client = match &emulator {
        Some(emulator) => emulator.client(),
        None => Client::from_env()?,
    };
    match &emulator {
        Some(emulator) => screen.title(format!("Four documented calls, against the emulator at {}", emulator.url())),
        None => screen.title("Four documented calls, against the real cloud"),
    }

    let samples = DescribePersonSamples::new()
        .person_ids(["10569"])
        .names(["John Smith"])
        .tags(["Celebrity"])
        .offset(0)
        .limit(20);
    asked(&screen, &samples)?;
    signed(&screen, &client, &samples)?;
    let found = client.send(&samples).await?;
    screen.line("answer", format!("{} eligible", found.total_count));
    for person in &found.person_set {
        screen.good("", format!("{} — {}", person.name, person.description));
        screen.line(
            "",
            format!("tags {:?}, {} face, since {:?}", person.tag_set, person.face_info_set.len(), person.create_time),
        );
    }
    came_with(&screen, &found);
    let again = client.call(&samples).method(Method::Get).send().await?;
    screen.line(
        "the same by GET",
        if again.person_set == found.person_set { "the same answer" } else { "another answer" },
    );

    for person_id in ["2001", "1001", "1002"] {
        let groups = request!(GetPersonGroupInfo { person_id, offset: 0, limit: 10 });
        asked(&screen, &groups)?;
        let found = client.send(&groups).await?;
        screen.line(
            "answer",
            format!("{} groups", found.group_num.map_or("no number of".into(), |number| number.to_string())),
        );
        for group in &found.person_group_infos {
            screen.good("", &group.group_id);
            screen.line("", group.person_ex_descriptions.join(", "));
        }
        came_with(&screen, &found);
    }

    if let Some(emulator) = &emulator {
        screen.title("What the emulator saw");
        for received in emulator.received() {
            let verdict = if received.accepted() { "signature and parameters accepted" } else { "refused" };
            screen.line(&received.method, format!("{} — {verdict}", received.action));
        }
    }
    Ok(())
}

/// What is asked, and both forms it can take on the wire.
fn asked<A: Action + Debug>(screen: &Screen, action: &A) -> Result<(), Box<dyn Error>> {
    let spec = A::SPEC;
    screen.title(format!("{} {} ({})", spec.service, spec.name, spec.version));
    screen.line("asked", format!("{action:?}"));
    screen.line("as POST", String::from_utf8(encode_json(action)?)?);
    let pairs = encode_query(action)?;
    screen.line("as GET", pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"));
    Ok(())
}

/// The steps of the signature; the secret is in none of them.
fn signed<A: Action>(screen: &Screen, client: &Client, action: &A) -> Result<(), Box<dyn Error>> {
    let now = SystemClock.now();
    let steps = match client.sign(action, now) {
        Ok(steps) => steps,
        Err(error) => {
            screen.notice("signature", error);
            return Ok(());
        }
    };
    if let Some(canonical) = steps.canonical_request() {
        screen.line("CanonicalRequest", canonical);
    }
    if let Some(string) = steps.string_to_sign() {
        screen.line("StringToSign", string);
    }
    if let Some(signature) = steps.signature() {
        screen.line("Signature", format!("{signature}  (keyed with the secret, which is never shown)"));
    }
    Ok(())
}

/// What came beside the value.
fn came_with<T>(screen: &Screen, response: &Response<T>) {
    for coercion in response.coercions() {
        screen.notice("coerced", coercion);
    }
    screen.good("RequestId", response.request_id());
}
