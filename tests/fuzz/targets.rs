//! The fuzz targets, each with the properties that must hold for every input.

use std::path::PathBuf;
use std::sync::OnceLock;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use tc_apis::iai::GetPersonGroupInfoResponse;
use tc_apis::mps::DescribePersonSamplesResponse;
use tc_core::provider::{CvmRole, HostEnvironment, Profile, ProvideCredential, ProviderError, TccliProfile};
use tc_core::sse::Framing;
use tc_core::transport::{Body, BodyLimits, Replay, collect};
use tc_core::{Answer, AnyAction, Client, Credential, Endpoint, Error, ErrorKind, Region, Response, Timestamp};

pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}

/// The kind of an error, without the values in its message.
pub(crate) fn kind(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Api(error) => format!("api {}", error.request_id().is_some()),
        ErrorKind::Body(error) => {
            let problem = format!("{:?}", error.problem());
            problem.chars().filter(|character| !character.is_ascii_digit()).take(48).collect()
        }
        ErrorKind::Transport(error) => error.kind().as_str().to_owned(),
        _ => "other".into(),
    }
}

/// A body is decoded to a value or an error, for every response type. A value that is encoded like the server's response
/// decodes to the same value.
pub(crate) fn answers(input: &[u8]) -> String {
    fn read<T: Answer + Serialize + PartialEq + std::fmt::Debug>(input: &[u8]) -> String {
        let found = match Response::<T>::decode(200, input) {
            Err(error) => {
                let (shown, debugged) = (error.to_string(), format!("{error:?}"));
                assert!(!shown.is_empty() && !debugged.is_empty());
                return kind(&error);
            }
            Ok(found) => found,
        };
        // An identifier with control characters was escaped and cut, and would be escaped again.
        let id = Some(found.request_id()).filter(|id| id.len() < 64 && !id.contains('\\')).unwrap_or("r-1");
        let mut value = serde_json::to_value(&*found).expect("a value");
        if let Some(members) = value.as_object_mut() {
            members.insert("RequestId".into(), id.into());
        }
        let body = serde_json::json!({ "Response": value }).to_string();
        let again = Response::<T>::decode(200, body.as_bytes()).expect("what was read can be written and read");
        assert_eq!(*again, *found);
        assert_eq!(again.request_id(), id);
        assert!(again.coercions().is_empty(), "{:?}", again.coercions());
        format!("ok {} {}", found.coercions().len().min(9), found.deprecated_warning().is_some())
    }
    let _ = Response::<()>::decode(502, input).map_err(|error| error.to_string());
    let _ = Response::<Value>::decode(200, input).map_err(|error| error.to_string());
    format!("{} / {}", read::<DescribePersonSamplesResponse>(input), read::<GetPersonGroupInfoResponse>(input))
}

/// A stream gives the same events wherever it is cut. A client reads each event or ends with an error.
pub(crate) fn events(input: &[u8]) -> String {
    const LIMIT: usize = 1 << 12;
    let frames = |pieces: &[&[u8]]| {
        let (mut framing, mut all) = (Framing::new(LIMIT), Vec::new());
        for piece in pieces {
            all.extend(framing.push(piece).ok()?);
        }
        all.extend(framing.finish());
        Some(all)
    };
    let (before, after) = input.split_at(input.len() / 3);
    let whole = frames(&[input]);
    assert_eq!(whole, frames(&[before, after]));
    assert_eq!(whole, frames(&input.chunks(1).collect::<Vec<_>>()));

    let response =
        http::Response::builder().header("Content-Type", "text/event-stream").body(Body::from(input.to_vec()));
    let client =
        Client::builder().credential(Credential::new("AKID", "key")).transport(Replay::new(response.ok())).build();
    let mut events = client.expect("a client").events(&AnyAction::new("demo", "2020-01-01", "DescribeAll"));
    let (mut count, mut end) = (0, "end".to_owned());
    while let Some(event) = wait(events.next()) {
        match event {
            Ok(_) => count += 1,
            Err(error) => end = kind(&error),
        }
    }
    format!("{:?} frames, {} events, {end}", whole.map(|frames| frames.len().min(9)), count.min(9))
}

/// A body never becomes larger than its limits, with any encoding.
pub(crate) fn bodies(input: &[u8]) -> String {
    let limits = BodyLimits { bytes: 1 << 16, ratio: 20 };
    let encoding = if input.len() % 8 == 7 { "identity" } else { "gzip" };
    let middle = input.len() / 2;
    let pieces = [&input[..middle], &input[middle..]].map(|piece| Ok(Bytes::copy_from_slice(piece)));
    let body = Body::stream(Chunks(pieces.into_iter()));
    let response = http::Response::builder().header("Content-Encoding", encoding).body(body).expect("a response");
    match wait(collect(response, limits)) {
        Ok(whole) => {
            assert!(whole.body().len() <= limits.bytes);
            format!("{encoding} {}", whole.body().len().checked_ilog2().unwrap_or(0))
        }
        Err(error) => format!("{encoding} {}", error.kind().as_str()),
    }
}

struct Chunks<I>(I);

impl<I: Iterator<Item = T> + Unpin, T> futures_core::Stream for Chunks<I> {
    type Item = T;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

/// Checks the result of a provider: a usable credential, or an error that shows no line of the file.
fn checked(found: Result<Credential, ProviderError>) -> String {
    match found {
        Ok(credential) => {
            credential.check().expect("a provider returns a usable credential");
            assert!(!format!("{credential:?}").contains(credential.secret_key()) || credential.secret_key().len() < 12);
            format!("found {} {}", credential.token().is_some(), credential.expiry().is_some())
        }
        Err(error) => error.reason().chars().filter(|character| !character.is_ascii_digit()).take(40).collect(),
    }
}

/// A home directory for the fuzz run, in memory if possible, because each input is written to a file.
fn home() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let base = if memory.is_dir() { memory } else { std::env::temp_dir() };
    base.join(format!("tc-fuzz-{}", std::process::id()))
}

/// Removes the files of the fuzz run.
pub(crate) fn tidy() {
    let _ = std::fs::remove_dir_all(home());
}

/// Both kinds of profile files.
pub(crate) fn profiles(input: &[u8]) -> String {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    let home = HOME.get_or_init(|| {
        for folder in [".tencentcloud", ".tccli"] {
            std::fs::create_dir_all(home().join(folder)).expect("a folder");
        }
        home()
    });
    std::fs::write(home.join(".tencentcloud/credentials"), input).expect("a file");
    std::fs::write(home.join(".tccli/default.credential"), input).expect("a file");
    let environment = HostEnvironment::empty().home(home);
    let tccli = TccliProfile::of(environment.clone()).clock(Timestamp::from_unix(1_700_000_000));
    let ini = checked(wait(Profile::of(environment).credential()));
    format!("{ini} / {}", checked(wait(tccli.credential())))
}

/// The two responses of the metadata service: a name, and after a line with `--` a credential.
pub(crate) fn metadata(input: &[u8]) -> String {
    let cut = input.windows(4).position(|window| window == b"\n--\n");
    let (role, keys) = cut.map_or((input, &b""[..]), |cut| (&input[..cut], &input[cut + 4..]));
    let answers = [role, keys].map(|body| http::Response::new(Body::from(body.to_vec())));
    checked(wait(CvmRole::new().transport(Replay::new(answers)).credential()))
}

/// An accepted endpoint has a host that can be signed and sent.
pub(crate) fn endpoints(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let region = Region::new(text.clone().into_owned());
    let mut outcome = format!("{}", region.check().is_ok());
    for endpoint in [Endpoint::parse(&text), Endpoint::root_domain(text.clone()), Ok(Endpoint::regional())] {
        let host = endpoint.and_then(|endpoint| endpoint.host("mps", Some(&region)));
        match host {
            Ok(host) => {
                let plain =
                    |byte: u8| byte.is_ascii_graphic() && !b"/@?#\\ ".contains(&byte) && !byte.is_ascii_uppercase();
                assert!(!host.is_empty() && host.bytes().all(plain), "{host:?}");
                assert!(
                    http::HeaderValue::from_str(&host).is_ok()
                        && format!("http://{host}/").parse::<http::Uri>().is_ok()
                );
                outcome += " host";
            }
            Err(error) => {
                let message = error.to_string();
                outcome.extend(message.rsplit(' ').take(4));
            }
        }
    }
    let client = Client::builder()
        .credential(Credential::new("AKID", "key"))
        .transport(Replay::new([http::Response::new(Body::from("{}"))]));
    let client = client.endpoint(text.as_ref()).connect_to(&text).build();
    outcome += if client.is_ok() { " client" } else { "" };
    outcome
}
