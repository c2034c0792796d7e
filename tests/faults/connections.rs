//! Broken connections and invalid responses, injected by the emulator.

use std::time::Duration;

use serde_json::{Value, json};
use tc_core::AnyAction;
use tc_core::emulator::Fault;

use crate::faults::row::{emulator, injected, run};

injected! { ROWS:
    reset_before_the_request "reset before the request" => Fault::ResetOnConnect,
    closed_before_the_request "closed before the request" => Fault::CloseOnConnect,
    reset_during_the_request "reset during the request" => Fault::ResetInRequest,
    reset_after_the_request "reset after the request" => Fault::ResetAfterRequest,
    closed_after_the_request "closed after the request" => Fault::CloseAfterRequest,
    reset_in_the_body "reset in the middle of the body" => Fault::ResetInBody,
    closed_in_a_body_of_known_length "closed in the middle of a body of known length" => Fault::CloseInBody,
    closed_in_a_chunked_body "closed in the middle of a chunked body" => Fault::CloseInChunks,
    a_dripping_body "a body that drips for longer than the attempt timeout" => Fault::Drip { every: Duration::from_millis(200) },
    silence "no response within the attempt timeout" => Fault::Silence,
    silence_in_the_body "no end of the body within the attempt timeout" => Fault::SilenceInBody,
    closed_after_the_answer "closed after each response without notice" => Fault::CloseAfterAnswer,
}

injected! { RESPONSES:
    a_500_page "an HTML page with status 500" => Fault::Html(500),
    a_502_page "an HTML page with status 502" => Fault::Html(502),
    a_503_page "an HTML page with status 503" => Fault::Html(503),
    a_200_page "an HTML page with status 200" => Fault::Html(200),
    a_late_answer "a response that is late, within the attempt timeout" => Fault::Late(Duration::from_millis(100)),
    a_right_answer_with_status_500 "a valid response with status 500" => Fault::Status(500),
    an_empty_body "an empty body" => Fault::EmptyBody,
    truncated_json "truncated JSON" => Fault::TruncatedJson,
    a_wrong_content_type "a valid response with a wrong Content-Type" => Fault::ContentType("text/html".into()),
    a_stream "a stream of events for `send`" => Fault::ContentType("text/event-stream".into()),
    no_response "JSON without a `Response`" => Fault::NoResponse,
    an_error_beside_the_data "an `Error` beside the data" => Fault::ErrorAndData("InternalError".into()),
    an_error_without_a_request_id "an `Error` without a RequestId" => Fault::ErrorWithoutRequestId("InternalError".into()),
    a_redirect "a redirect to another host" => Fault::Redirect("http://127.0.0.1:1/".into()),
    gzip "a valid response in gzip" => Fault::Gzip,
    a_gzip_bomb "a gzip bomb of 200 MB" => Fault::GzipBomb(200 << 20),
    a_huge_body "a body of 200 MB" => Fault::Huge(200 << 20),
    many_headers "a thousand headers" => Fault::ManyHeaders,
}

/// The statement above the tables of the document.
#[test]
fn a_write_with_a_client_token_is_sent_again_with_the_same_token() {
    run(async {
        for fault in [Fault::ResetAfterRequest, Fault::Html(502), Fault::code("InternalError")] {
            let emulator = emulator().await;
            emulator.inject(fault);
            let call = AnyAction::new("mps", "2019-06-12", "CreateThing");
            let call = call.params(json!({ "Mark": "CreateThing", "ClientToken": "once-and-only-once" }));
            let found = emulator.client().send(&call).await.expect("an answer");
            assert_eq!(found.attempts(), 2);
            let tokens: Vec<Value> = emulator.received().iter().map(|it| it.params["ClientToken"].clone()).collect();
            assert_eq!(tokens, ["once-and-only-once"; 2]);
        }
    });
}

#[test]
fn a_redirect_is_not_followed() {
    run(async {
        let (emulator, elsewhere) = (emulator().await, emulator().await);
        emulator.inject(Fault::Redirect(elsewhere.url().to_owned()));
        let call = AnyAction::new("mps", "2019-06-12", "DescribeThings");
        let error = emulator.client().send(&call).await.expect_err("no answer");
        assert!(error.to_string().contains("307"), "{error}");
        assert_eq!(elsewhere.connections(), 0);
    });
}
