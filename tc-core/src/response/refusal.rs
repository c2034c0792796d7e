//! What the server says when it refuses: `Response.Error`, of whatever shape.

use super::scan::{self, Malformed, Scanner, excerpt};

/// The member `Error` of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// Its code: text, or a number. None where it has neither.
    pub(super) code: Option<String>,
    pub(super) message: String,
    /// The whole, fit to be printed.
    pub(super) found: String,
}

impl Refusal {
    /// None where it is null, as some services write for no error.
    pub(super) fn of(raw: &[u8]) -> Option<Self> {
        if raw == b"null" {
            return None;
        }
        let mut refusal = Self { code: None, message: String::new(), found: excerpt(raw, 300) };
        // What is written in another spelling counts where the usual one is not there.
        let (mut exact_code, mut exact_message) = (false, false);
        let _ = members(raw, |name, value| {
            if name.eq_ignore_ascii_case("Code") && !exact_code {
                let code = scalar(value).filter(|code| !code.is_empty());
                exact_code = name == "Code" && code.is_some();
                refusal.code = code.or(refusal.code.take());
            } else if name.eq_ignore_ascii_case("Message") && !exact_message {
                exact_message = name == "Message";
                refusal.message = match value {
                    b"null" => String::new(),
                    value => scalar(value).unwrap_or_else(|| excerpt(value, 1000)),
                };
            }
        });
        Some(refusal)
    }
}

/// What holds a whole answer, found without reading the answer itself.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The last object called `Response`.
    pub(super) content: Option<&'a [u8]>,
    pub(super) request_id: Option<String>,
    pub(super) error: Option<Refusal>,
    /// How many members there are beside `RequestId`, `Error` and the warning.
    pub(super) others: usize,
    /// The gateway's form of old: `code`, `message`, `codeDesc` beside no `Response`.
    pub(super) legacy: Option<(String, String)>,
}

/// Finds the parts of a body.
pub(super) fn outline(body: &[u8]) -> Result<Outline<'_>, Malformed> {
    let mut outline = Outline::default();
    let (mut code, mut message) = (None, None);
    members(body, |name, value| match name {
        "Response" if value.first() == Some(&b'{') => {
            outline.content = Some(value);
            outline.others = 0;
            // It was skipped as a value, so it is well-formed.
            let _ = members(value, |name, value| match name {
                "RequestId" => outline.request_id = scalar(value).or(outline.request_id.take()),
                "Error" => outline.error = outline.error.take().or_else(|| Refusal::of(value)),
                "DeprecatedWarning" => {}
                _ => outline.others += 1,
            });
        }
        "codeDesc" => code = Some(value),
        "message" => message = Some(value),
        _ => {}
    })?;
    outline.legacy = code.and_then(|code| legacy(code, message));
    Ok(outline)
}

/// The code and message of the gateway's form of old.
pub(super) fn legacy(code: &[u8], message: Option<&[u8]>) -> Option<(String, String)> {
    let text = |raw: &[u8]| (raw.first() == Some(&b'"')).then(|| scan::text(raw).0.into_owned());
    let code = text(code).filter(|code| !code.is_empty() && code != "Success")?;
    Some((code, message.and_then(text).unwrap_or_default()))
}

/// Calls `each` with the name and the value, as it was written, of every member of the object that `text` is. Of anything
/// else there are none.
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

/// A text or a number.
fn scalar(raw: &[u8]) -> Option<String> {
    match raw.first()? {
        b'"' => Some(scan::text(raw).0.into_owned()),
        b'-' | b'0'..=b'9' => Some(String::from_utf8_lossy(raw).into_owned()),
        _ => None,
    }
}
