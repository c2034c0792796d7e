//! The four documented calls, signed, sent over HTTP, verified, answered and decoded; then a limit and a retry.
//!
//! `cargo run --example quickstart` runs against an emulator on this machine, without network or keys;
//! `cargo run --example quickstart -- --live` calls the real cloud with your default credentials.

mod documented;
mod screen;

use std::fmt::{Debug, Display};
use std::path::Path;
use std::process::ExitCode;

use screen::Screen;
use tc_apis::iai::{GetPersonGroupInfo, GetPersonGroupInfoError};
use tc_apis::mps::{DescribePersonSamples, DescribePersonSamplesError};
use tc_apis::{
    Action, Client, Clock, Error, Method, Response, ServiceError, SystemClock, encode_json, encode_query, request,
};
use tc_core::emulator::{Emulator, Fault};

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
    // The emulator stops when this variable is dropped.
    let emulator = if live { None } else { Some(documented::emulator().await?) };
    let client = match &emulator {
        Some(emulator) => emulator.client(),
        None => Client::from_env()?,
    };
    match &emulator {
        Some(emulator) => screen.title(format!("Four documented calls, against the emulator at {}", emulator.url())),
        None => screen.title("Four documented calls, against the real cloud"),
    }

    samples(screen, &client).await?;
    for person_id in ["2001", "1001", "1002"] {
        groups(screen, &client, person_id).await?;
    }
    limit(screen, &client).await;
    if let Some(emulator) = &emulator {
        retry(screen, emulator).await?;
        received(screen, emulator);
    }
    write_yours(screen);
    Ok(())
}

/// `DescribePersonSamples`, with every form of the request and the steps of its signature.
async fn samples(screen: &Screen, client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let samples = DescribePersonSamples::new()
        .person_ids(["10569"])
        .names(["John Smith"])
        .tags(["Celebrity"])
        .offset(0)
        .limit(20);
    action(screen, &samples);
    screen.line("as POST", String::from_utf8(encode_json(&samples)?)?);
    let pairs = encode_query(&samples)?;
    screen.line("as GET", pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&"));
    signature(screen, client, &samples);
    match client.send(&samples).await {
        Ok(found) => {
            screen.line("response", format!("{} eligible", found.total_count));
            for person in &found.person_set {
                screen.good("", format!("{}: {}", person.name, person.description));
                let since = person.create_time.map_or("unknown".into(), |time| time.to_string());
                screen.line("", format!("tags {}; created {since}", person.tag_set.join(", ")));
            }
            metadata(screen, &found);
            let again = client.call(&samples).method(Method::Get).send().await?;
            let same = again.person_set == found.person_set;
            screen.line("sent by GET", if same { "the same response" } else { "another response" });
        }
        Err(error) => error_response::<DescribePersonSamplesError>(screen, error)?,
    }
    Ok(())
}

/// `GetPersonGroupInfo` for one person.
async fn groups(screen: &Screen, client: &Client, person_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    let groups = request!(GetPersonGroupInfo { person_id, offset: 0, limit: 10 });
    action(screen, &groups);
    match client.send(&groups).await {
        Ok(found) => {
            let number = found.group_num.map_or("none".into(), |number| number.to_string());
            screen.line("response", format!("number of groups: {number}"));
            for group in &found.person_group_infos {
                screen.good("", &group.group_id);
                screen.line("", group.person_ex_descriptions.join(", "));
            }
            metadata(screen, &found);
        }
        Err(error) => error_response::<GetPersonGroupInfoError>(screen, error)?,
    }
    Ok(())
}

/// A value that breaks a documented limit. Nothing is sent.
async fn limit(screen: &Screen, client: &Client) {
    screen.title("A limit: checked before anything is sent");
    let too_many = std::hint::black_box(101);
    screen.line("request", format!("limit({too_many})"));
    if let Err(error) = client.send(&DescribePersonSamples::new().limit(too_many)).await {
        screen.notice("error", &error);
        screen.line("sent", format!("{} times", error.attempts()));
    }
    screen.line(
        "in the source",
        "request!(DescribePersonSamples { limit: 101 }) does not compile: the same message, under 101",
    );
}

/// The emulator answers the next call with a throttle.
async fn retry(screen: &Screen, emulator: &Emulator) -> Result<(), Error> {
    screen.title("A retry: the cloud throttles one call");
    emulator.inject(Fault::code("RequestLimitExceeded").times(1));
    let found = emulator.client().send(&DescribePersonSamples::new()).await?;
    screen.line("1st attempt", "RequestLimitExceeded; the client waits, and signs the request again");
    screen.good("2nd attempt", format!("{} eligible, after {} attempts", found.total_count, found.attempts()));
    Ok(())
}

fn received(screen: &Screen, emulator: &Emulator) {
    screen.title("What the emulator received");
    for received in emulator.received() {
        let result = match (&received.error, &received.fault) {
            (Some(error), _) => error.code().to_owned(),
            (None, Some(_)) => "error response, as injected".to_owned(),
            (None, None) => "signature and parameters accepted".to_owned(),
        };
        screen.line(&received.method, format!("{}: {result}", received.action));
    }
}

/// The lines of a program that calls an action of your choice.
fn write_yours(screen: &Screen) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).display();
    screen.title("Now write yours");
    screen.line(
        "Cargo.toml",
        format!(
            "[dependencies]\n\
             tc-core = {{ path = \"{root}/tc-core\", features = [\"catalog\"] }}\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}"
        ),
    );
    screen.line("src/main.rs", YOURS);
    screen.line("keys", "export TENCENTCLOUD_SECRET_ID=… TENCENTCLOUD_SECRET_KEY=… TENCENTCLOUD_REGION=ap-guangzhou");
    screen.line("more", "README.md; cargo doc --no-deps --open, page tc_core::guide");
}

const YOURS: &str = "\
use tc_core::{Client, request};

tc_core::import! { mod cvm { DescribeInstances } }

#[tokio::main]
async fn main() -> Result<(), tc_core::Error> {
    let client = Client::from_env()?;
    let found = client.send(&request!(cvm::DescribeInstances { limit: 50 })).await?;
    println!(\"{:?} instances\", found.total_count);
    Ok(())
}";

/// The name and the parameters of an action.
fn action<A: Action + Debug>(screen: &Screen, action: &A) {
    let spec = A::SPEC;
    screen.title(format!("{} {} ({})", spec.service, spec.name, spec.version));
    screen.line("request", format!("{action:?}"));
}

/// The steps of the signature. None of them contains the SecretKey.
fn signature<A: Action>(screen: &Screen, client: &Client, action: &A) {
    let Ok(steps) = client.sign(action, SystemClock.now()) else {
        // With `--live`, the client fetches the credential when it sends the first call.
        screen.notice("signature", "the steps are shown only with the key of the emulator");
        return;
    };
    if let Some(canonical) = steps.canonical_request() {
        screen.line("CanonicalRequest", canonical);
    }
    if let Some(string) = steps.string_to_sign() {
        screen.line("StringToSign", string);
    }
    if let Some(signature) = steps.signature() {
        screen.line("Signature", signature);
    }
}

/// What a response has beside its value.
fn metadata<T>(screen: &Screen, response: &Response<T>) {
    for coercion in response.coercions() {
        screen.notice("coerced", coercion);
    }
    screen.good("RequestId", response.request_id());
}

/// Shows an error response. Your account may not have the service, or these persons.
///
/// # Errors
/// The error itself, if it is not an error response of the cloud.
fn error_response<E: ServiceError + Display>(screen: &Screen, error: Error) -> Result<(), Error> {
    if error.code().is_none() {
        return Err(error);
    }
    screen.notice("error", &error);
    if let Some(documented) = error.service::<E>() {
        screen.line("documented as", documented);
    }
    Ok(())
}
