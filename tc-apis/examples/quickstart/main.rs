//! The main job: the four documented calls, signed, sent over HTTP, verified, answered and decoded.
//!
//! `cargo run --example quickstart` runs against an emulator on this machine, without network or keys;
//! `cargo run --example quickstart -- --live` calls the real cloud with your default credentials.

mod documented;
mod screen;

use std::fmt::{Debug, Display};
use std::process::ExitCode;

use screen::Screen;
use tc_apis::iai::{GetPersonGroupInfo, GetPersonGroupInfoError};
use tc_apis::mps::{DescribePersonSamples, DescribePersonSamplesError};
use tc_apis::{
    Action, Client, Clock, Error, Method, Response, ServiceError, SystemClock, encode_json, encode_query, request,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let screen = Screen::new();
    match run(&screen).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            screen.notice("stopped", error);
            ExitCode::FAILURE
        }
    }
}

async fn run(screen: &Screen) -> Result<(), Box<dyn std::error::Error>> {
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
    asked(screen, &samples)?;
    signed(screen, &client, &samples);
    match client.send(&samples).await {
        Ok(found) => {
            screen.line("answer", format!("{} eligible", found.total_count));
            for person in &found.person_set {
                screen.good("", format!("{} — {}", person.name, person.description));
                let since = person.create_time.map_or("unknown".into(), |time| time.to_string());
                screen.line("", format!("tags {}; kept since {since}", person.tag_set.join(", ")));
            }
            came_with(screen, &found);
            let again = client.call(&samples).method(Method::Get).send().await?;
            let same = again.person_set == found.person_set;
            screen.line("sent again by GET", if same { "the same answer" } else { "another answer" });
        }
        Err(error) => refused::<DescribePersonSamplesError>(screen, error)?,
    }

    for person_id in ["2001", "1001", "1002"] {
        let groups = request!(GetPersonGroupInfo { person_id, offset: 0, limit: 10 });
        asked(screen, &groups)?;
        match client.send(&groups).await {
            Ok(found) => {
                let number = found.group_num.map_or("no number of".into(), |number| number.to_string());
                screen.line("answer", format!("{number} groups"));
                for group in &found.person_group_infos {
                    screen.good("", &group.group_id);
                    screen.line("", group.person_ex_descriptions.join(", "));
                }
                came_with(screen, &found);
            }
            Err(error) => refused::<GetPersonGroupInfoError>(screen, error)?,
        }
    }

    if let Some(emulator) = &emulator {
        screen.title("What the emulator saw");
        for received in emulator.received() {
            let verdict = if received.accepted() { "signature and parameters accepted" } else { "refused" };
            screen.line(&received.method, format!("{} — {}: {verdict}", received.target, received.action));
        }
    }
    Ok(())
}

/// What is asked, and both forms it can take on the wire.
fn asked<A: Action + Debug>(screen: &Screen, action: &A) -> Result<(), Box<dyn std::error::Error>> {
    let spec = A::SPEC;
    screen.title(format!("{} {} ({})", spec.service, spec.name, spec.version));
    screen.line("asked", format!("{action:?}"));
    screen.line("as POST", String::from_utf8(encode_json(action)?)?);
    let pairs = encode_query(action)?;
    screen.line("as GET", pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"));
    Ok(())
}

/// The steps of the signature; the secret is in none of them.
fn signed<A: Action>(screen: &Screen, client: &Client, action: &A) {
    let now = SystemClock.now();
    let steps = match client.sign(action, now) {
        Ok(steps) => steps,
        Err(error) => {
            screen.notice("signature", error);
            return;
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
}

/// What came beside the value.
fn came_with<T>(screen: &Screen, response: &Response<T>) {
    for coercion in response.coercions() {
        screen.notice("coerced", coercion);
    }
    screen.good("RequestId", response.request_id());
}

/// Why the cloud refused: an account of your own may well not have the service, or these persons.
///
/// # Errors
/// The error itself, where it is not the cloud's word.
fn refused<E: ServiceError + Display>(screen: &Screen, error: Error) -> Result<(), Error> {
    if error.code().is_none() {
        return Err(error);
    }
    screen.notice("refused", &error);
    if let Some(documented) = error.service::<E>() {
        screen.line("which means", documented);
    }
    Ok(())
}
