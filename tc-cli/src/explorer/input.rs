//! Queries and bodies of requests, and the error response of a route.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::error::Error;

/// An error response: a status and a sentence.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    message: String,
}

impl Refused {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// A request that does not come from this page.
    pub(super) fn foreign(what: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, format!("{what} does not show that the request comes from this page"))
    }

    /// An input that cannot be used.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn message(&self) -> &str {
        &self.message
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::bad(error.to_string())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        json_response(self.status, &json!({"error": self.message}))
    }
}

/// A response of JSON.
pub(super) fn json_response(status: StatusCode, value: &Value) -> Response {
    (status, [(axum::http::header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// The body of a POST.
///
/// # Errors
/// It is not a JSON object.
pub(super) fn object(body: &[u8]) -> Result<Value, Refused> {
    match serde_json::from_slice(body) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(Refused::bad("the body must be a JSON object")),
        Err(error) => Err(Refused::bad(format!("the body is not valid JSON: {error}"))),
    }
}

/// The parameters of a query, as an object of texts.
pub(super) fn query(query: Option<&str>) -> Value {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    Value::Object(pairs.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned()))).collect())
}

/// A text of an input object; empty if it is absent.
pub(super) fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}
