//! Responses that differ from their struct.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tc_core::emulator::Emulator;
use tc_core::transport::Replay;
use tc_core::{AnyAction, BodyProblem, Client, Credential, Error, ErrorKind, tc_action, tc_model};

use crate::client::caller::{BuildAs, Caller, Kind, both};

/// Lists sizes, with members that the cloud writes in capitals.
#[tc_action(service = "demo", version = "2020-01-01", response = Sizes)]
struct DescribeSizes {
    zone: String,
    filters: Vec<Filter>,
    #[tc(required)]
    names: Vec<String>,
    limit: Option<u64>,
}

#[tc_model]
struct Filter {
    name: String,
    values: Vec<String>,
}

#[tc_model]
struct Sizes {
    size_set: Vec<Size>,
}

#[tc_model]
struct Size {
    cpu: u64,
    memory: u64,
    gpu: Option<u64>,
}

/// Has a response with only a RequestId.
#[tc_action(service = "demo", version = "2020-01-01", response = ())]
struct StartSize {
    name: String,
}

const SIZES: &str = r#"{"Response":{"SizeSet":[{"Cpu":1,"Memory":2},{"CPU":4,"Memory":8}],"RequestId":"r-1"}}"#;

fn client(kind: Kind, body: &str) -> Caller {
    Client::builder()
        .credential(Credential::new("AKIDX", "key"))
        .transport(Replay::new([body.to_owned()]))
        .build_as(kind)
}

fn sizes() -> DescribeSizes {
    DescribeSizes::new("z", ["n"])
}

#[test]
fn a_member_with_another_case_is_reported_as_a_coercion() {
    both(async |kind| {
        let found = client(kind, SIZES).send(&sizes()).await.unwrap();
        assert_eq!((found.size_set[1].cpu, found.size_set[1].memory), (0, 8));
        assert_eq!(
            (found.missing(), found.unread()),
            (vec!["SizeSet.1.Cpu".to_owned()], vec!["SizeSet.1.CPU".to_owned()])
        );
        assert_eq!(found.coercions().len(), 1);
        assert_eq!(
            found.coercions()[0].to_string(),
            "`SizeSet.1.Cpu` is absent and was read as 0: the response has `CPU`, and `cpu` reads `Cpu`: write `#[tc(name = \"CPU\")]`"
        );
    });
}

#[test]
fn strict_answers_make_each_difference_an_error() {
    both(async |kind| {
        for (body, text) in [
            (
                SIZES,
                "`SizeSet.1.Cpu` is missing; `SizeSet.1.CPU` is not read; the response has `CPU`, and `cpu` reads `Cpu`: write",
            ),
            (r#"{"Response":{"SizeSet":[{"Cpu":1,"Memory":"2"}]}}"#, "`SizeSet.0.Memory` is documented as an integer"),
            (r#"{"Response":{"SizeSet":[{"Cpu":1,"Memory":2,"Disk":3}]}}"#, "`SizeSet.0.Disk` is not read"),
            (r#"{"Response":{"RequestId":"r-1"}}"#, "`SizeSet` is missing"),
        ] {
            let client = Client::builder()
                .credential(Credential::new("AKIDX", "key"))
                .transport(Replay::new([body, body]))
                .strict_answers()
                .build_as(kind);
            let error = client.send(&sizes()).await.unwrap_err();
            assert!(error.to_string().contains(text), "{error}");
            assert!(!error.is_retryable() && error.attempts() == 1);
            assert!(
                matches!(error.kind(), ErrorKind::Body(error) if matches!(error.problem(), BodyProblem::Differs { .. }))
            );
            // Free JSON has no struct to differ from.
            assert!(client.send(&AnyAction::new("demo", "2020-01-01", "DescribeSizes")).await.is_ok());
        }
        let whole = r#"{"Response":{"SizeSet":[{"Cpu":1,"Memory":2}],"RequestId":"r-1"}}"#;
        let strict = Client::builder()
            .credential(Credential::new("AKIDX", "key"))
            .transport(Replay::new([whole]))
            .strict_answers();
        assert_eq!(strict.build_as(kind).send(&sizes()).await.unwrap().size_set[0].cpu, 1);
    });
}

#[test]
fn an_unusual_error_response_to_a_write_is_an_error() {
    both(async |kind| {
        for error in
            ["4100", r#""no""#, "[]", "{}", r#"{"Code":4100,"Message":"no"}"#, r#"{"Code":null,"Message":"no"}"#]
        {
            let body = format!(r#"{{"Response":{{"Error":{error},"RequestId":"r-1"}}}}"#);
            let failed = |error: Error| (error.attempts(), error.is_retryable(), error.request_id().map(str::to_owned));
            let expected = (1, false, Some("r-1".to_owned()));
            assert_eq!(failed(client(kind, &body).send(&StartSize::new("x")).await.unwrap_err()), expected, "{error}");
            let any = AnyAction::new("demo", "2020-01-01", "StartSize");
            assert_eq!(failed(client(kind, &body).send(&any).await.unwrap_err()), expected, "{error}");
        }
    });
}

/// Decodes a response of many megabytes while another task has to run.
#[test]
fn a_large_response_is_decoded_on_another_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sizes = vec![r#"{"Cpu":1,"Memory":"2"}"#; 100_000].join(",");
    let body = format!(r#"{{"Response":{{"SizeSet":[{sizes}],"RequestId":"r-1"}}}}"#);
    runtime.block_on(async {
        let turns = Arc::new(AtomicUsize::new(0));
        let counted = turns.clone();
        let other = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        let found = client(Kind::Async, &body).send(&self::sizes()).await.unwrap();
        other.abort();
        assert_eq!((found.size_set.len(), found.coercion_count()), (100_000, 100_000));
        assert!(turns.load(Ordering::Relaxed) > 1);
    });
}

#[test]
fn a_request_without_a_required_parameter_is_an_error() {
    let read = |text: &str| serde_json::from_str::<DescribeSizes>(text).map_err(|error| error.to_string());
    let whole = r#"{"Zone":"z","Names":["n"],"Filters":[{"Name":"a","Values":[]}]}"#;
    assert_eq!(read(whole).unwrap().names, ["n"]);
    for (text, missing) in [
        ("{}", "`Zone` of DescribeSizes"),
        (r#"{"Names":["n"],"Limit":1}"#, "`Zone` of DescribeSizes"),
        (r#"{"Zone":"z"}"#, "`Names` of DescribeSizes"),
        (r#"{"Zone":"z","Names":null}"#, "`Names` of DescribeSizes"),
        (r#"{"Zone":"z","Names":["n"],"Filters":[{"Values":[]}]}"#, "`Name` of Filter"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.contains(&format!("the required parameter {missing} is missing")), "{text}: {error}");
    }
    // Also from a JSON value. A nested model is read like a response: an absent member is empty.
    assert!(serde_json::from_value::<DescribeSizes>(serde_json::json!({"Zone": "z"})).is_err());
    assert_eq!(serde_json::from_str::<Filter>("{}").unwrap(), Filter::new(""));
    assert!(serde_json::from_str::<DescribeSizes>(r#"{"Zone":"z","Names":[]}"#).is_ok());
}

#[test]
fn a_null_list_of_a_model_does_not_affect_the_next_request() {
    let filter: Filter = serde_json::from_str(r#"{"Name":"a","Values":null}"#).unwrap();
    assert_eq!(filter, Filter::new("a"));
    for _ in 0..2 {
        let request = serde_json::from_str::<DescribeSizes>(r#"{"Zone":"z","Names":["n"]}"#);
        assert_eq!(request.map_err(|error| error.to_string()).unwrap(), sizes());
    }
}

#[test]
fn the_emulator_reads_a_request_like_the_cloud() {
    both(async |kind| {
        let emulator = Emulator::start().await.unwrap();
        emulator.on::<DescribeSizes>(|request: DescribeSizes| {
            Sizes::new().size_set([Size::new(request.names.len() as u64, 1_u64)])
        });
        assert_eq!(emulator.build_as(kind).send(&sizes()).await.unwrap().size_set[0].cpu, 1);
    });
}
