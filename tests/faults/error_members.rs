//! Responses whose member `Error` has another shape than an object with a code.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use tc_core::emulator::{Emulator, Reply};

use crate::faults::row::{Case, Outcome, staged};

staged! { ROWS:
    a_text "`Error` is a text" => text,
    an_empty_text "`Error` is an empty text" => empty_text,
    a_number "`Error` is a number" => number,
    a_boolean "`Error` is `false`" => boolean,
    a_list "`Error` is a list" => list,
    an_empty_object "`Error` is an empty object" => empty_object,
    an_object_without_a_code "`Error` has a message and no code" => no_code,
    an_object_with_a_code_in_lower_case "`Error` has `code` and `message` in lower case" => lower_case,
    a_name_in_lower_case "the member is `error`, in lower case" => lower_case_name,
    an_object_with_a_number_as_code "`Error` has a number as its code" => numeric_code,
    a_null "`Error` is null" => null,
}

async fn text(case: Case) -> Outcome {
    outcome(case, json!("quota exceeded")).await
}

async fn empty_text(case: Case) -> Outcome {
    outcome(case, json!("")).await
}

async fn number(case: Case) -> Outcome {
    outcome(case, json!(4100)).await
}

async fn boolean(case: Case) -> Outcome {
    outcome(case, json!(false)).await
}

async fn list(case: Case) -> Outcome {
    outcome(case, json!(["quota exceeded"])).await
}

async fn empty_object(case: Case) -> Outcome {
    outcome(case, json!({})).await
}

async fn no_code(case: Case) -> Outcome {
    outcome(case, json!({"Message": "quota exceeded"})).await
}

async fn lower_case(case: Case) -> Outcome {
    outcome(case, json!({"code": "InternalError", "message": "quota exceeded"})).await
}

async fn lower_case_name(case: Case) -> Outcome {
    named(case, "error", json!({"Code": "InternalError", "Message": "quota exceeded"})).await
}

async fn numeric_code(case: Case) -> Outcome {
    outcome(case, json!({"Code": 4100, "Message": "quota exceeded"})).await
}

async fn null(case: Case) -> Outcome {
    outcome(case, Value::Null).await
}

async fn outcome(case: Case, error: Value) -> Outcome {
    named(case, "Error", error).await
}

/// Makes the call to an emulator that adds `error` to the first response, or to every response, as a member of this name.
async fn named(case: Case, name: &'static str, error: Value) -> Outcome {
    let emulator = Emulator::start().await.expect("a free port");
    for action in ["DescribeThings", "CreateThing"] {
        let (error, again, first) = (error.clone(), case.again, Arc::new(AtomicBool::new(true)));
        emulator.answer("mps", "2019-06-12", action, move |params: Value| -> Reply<Value> {
            let mut response = json!({ "Mark": params["Mark"] });
            if first.swap(false, Ordering::SeqCst) || again {
                response[name] = error.clone();
            }
            Reply::json(response)
        });
    }
    let client = case.client(&emulator).build().expect("a client");
    let outcome = case.outcome(&client).await;
    assert_eq!(emulator.received().len(), outcome.attempts as usize, "{outcome:?}");
    outcome
}
