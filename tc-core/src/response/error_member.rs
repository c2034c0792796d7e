//! The member `Error` of a response, in any shape, and the parts of a body.

use super::scan::{self, Malformed, Scanner, excerpt};

/// The member `Error` of a response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ErrorMember {
    /// The code, which may be a text or a number.
    pub(super) code: Option<String>,
    pub(super) message: String,
    /// The beginning of the whole member, for messages.
    pub(super) found: String,
}

impl ErrorMember {
    /// Whether a member of a `Response` with this name is the error: `Error`, in any case.
    pub(super) fn is_named(name: &str) -> bool {
        name.eq_ignore_ascii_case("Error")
    }

    /// Reads the member. Returns `None` for null, which some services send if there is no error.
    pub(super) fn of(raw: &[u8]) -> Option<Self> {
        if raw == b"null" {
            return None;
        }
        let mut error = Self { code: None, message: String::new(), found: excerpt(raw, 300) };
        // `code` and `message` are used if `Code` and `Message` are absent.
        let (mut exact_code, mut exact_message) = (false, false);
        let _ = members(raw, |name, value| {
            if name.eq_ignore_ascii_case("Code") && !exact_code {
                let code = scalar(value).filter(|code| !code.is_empty());
                exact_code = name == "Code" && code.is_some();
                error.code = code.or(error.code.take());
            } else if name.eq_ignore_ascii_case("Message") && !exact_message {
                exact_message = name == "Message";
                error.message = match value {
                    b"null" => String::new(),
                    value => scalar(value).unwrap_or_else(|| excerpt(value, 1000)),
                };
            }
        });
        Some(error)
    }
}

/// The parts of a body, found without reading the value of the response.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The last object named `Response`.
    pub(super) content: Option<&'a [u8]>,
    pub(super) request_id: Option<String>,
    /// The member `Error` of the `Response`, or else beside it.
    pub(super) error: Option<ErrorMember>,
    /// The number of members other than `RequestId`, `Error` and `DeprecatedWarning`.
    pub(super) others: usize,
    /// The code and message of the older error format: `code`, `message` and `codeDesc` without a `Response`.
    pub(super) legacy: Option<(String, String)>,
}

/// Finds the parts of a body.
pub(super) fn outline(body: &[u8]) -> Result<Outline<'_>, Malformed> {
    let mut outline = Outline::default();
    let (mut code, mut message, mut beside) = (None, None, None);
    members(body, |name, value| match name {
        "Response" if value.first() == Some(&b'{') => {
            outline.content = Some(value);
            outline.others = 0;
            // The scanner skipped it as a value, so it is well-formed.
            let _ = members(value, |name, value| match name {
                "RequestId" => outline.request_id = scalar(value).or(outline.request_id.take()),
                "DeprecatedWarning" => {}
                name if ErrorMember::is_named(name) => {
                    outline.error = outline.error.take().or_else(|| ErrorMember::of(value));
                }
                _ => outline.others += 1,
            });
        }
        "codeDesc" => code = Some(value),
        "message" => message = Some(value),
        name if ErrorMember::is_named(name) => beside = beside.take().or_else(|| ErrorMember::of(value)),
        _ => {}
    })?;
    outline.error = outline.error.or(beside);
    outline.legacy = code.and_then(|code| legacy(code, message));
    Ok(outline)
}

/// Reads the older error format of the gateway.
pub(super) fn legacy(code: &[u8], message: Option<&[u8]>) -> Option<(String, String)> {
    let text = |raw: &[u8]| (raw.first() == Some(&b'"')).then(|| scan::text(raw).0.into_owned());
    let code = text(code).filter(|code| !code.is_empty() && code != "Success")?;
    Some((code, message.and_then(text).unwrap_or_default()))
}

/// Calls `each` with the name and the JSON of every member of `text`, if it is an object.
fn members<'a>(text: &'a [u8], mut each: impl FnMut(&str, &'a [u8])) -> Result<(), Malformed> {
    let mut scanner = Scanner::new(text);
    if scanner.peek() == Some(b'{') {
        scanner.enter();
        let mut first = true;
        while scanner.more(&mut first, b'}')? {
            let (name, _) = scan::text(scanner.name()?);
            each(&name, scanner.value()?);
        }
    } else {
        scanner.value()?;
    }
    scanner.end()
}

/// Reads a text or a number.
fn scalar(raw: &[u8]) -> Option<String> {
    match raw.first()? {
        b'"' => Some(scan::text(raw).0.into_owned()),
        b'-' | b'0'..=b'9' => Some(String::from_utf8_lossy(raw).into_owned()),
        _ => None,
    }
}
