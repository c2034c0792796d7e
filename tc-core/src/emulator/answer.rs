//! Responses on the wire: the envelope, and the changes that a fault makes.

use std::collections::VecDeque;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;

use super::handlers::{RawContent, RawReply};
use super::{ErrorResponse, Fault};

/// A response, ready to be sent.
#[derive(Debug, Clone)]
pub(super) struct WireResponse {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    /// The body, in chunks that are sent one by one.
    pub(super) chunks: VecDeque<Bytes>,
    /// Whether the length is unknown before the end.
    pub(super) stream: bool,
    /// The time between two chunks of a stream.
    pub(super) pace: Duration,
}

/// An action on a connection that hyper no longer handles.
#[derive(Debug)]
pub(super) enum Step {
    Send(Bytes),
    SendAgain(Bytes, u64),
    Drip(Bytes, Duration),
    /// Waits until the client closes the connection.
    Hang,
    Close,
    Reset,
}

impl WireResponse {
    /// Puts `answer` into the gateway's envelope.
    pub(super) fn envelope(answer: &RawReply, request_id: &str, date: String) -> Self {
        let mut headers = vec![("Date".to_owned(), date)];
        let (kind, chunks, stream) = match &answer.content {
            RawContent::Object(object) => ("application/json", vec![success(object, request_id).into()], false),
            RawContent::Error(response) => ("application/json", vec![error(response, Some(request_id)).into()], false),
            RawContent::Stream(chunks) => {
                headers.push(("X-TC-RequestId".into(), request_id.to_owned()));
                ("text/event-stream", chunks.clone(), true)
            }
        };
        headers.push(("Content-Type".into(), kind.into()));
        Self { status: 200, headers, chunks: chunks.into(), stream, pace: answer.pace }
    }

    fn body(&self) -> Bytes {
        self.chunks.iter().flatten().copied().collect()
    }

    fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    fn replace(&mut self, kind: &str, body: impl Into<Bytes>) {
        self.set("Content-Type", kind);
        self.chunks = VecDeque::from([body.into()]);
        self.stream = false;
    }

    /// The head of the response as text; `framing` is the header with the length of the body.
    fn head(&self, framing: &str) -> Bytes {
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!("HTTP/1.1 {} {}\r\n{}{framing}\r\n\r\n", self.status, reason(self.status), headers.concat()).into()
    }

    fn whole_head(&self) -> Bytes {
        self.head(&format!("Content-Length: {}", self.body().len()))
    }

    /// Applies `fault`: returns the changed response, or steps for the connection.
    pub(super) fn with_fault(mut self, fault: &Fault, request_id: &str) -> Result<Self, Vec<Step>> {
        let body = self.body();
        let half = body.slice(..body.len() / 2);
        match fault {
            Fault::ResetOnConnect | Fault::ResetInRequest | Fault::ResetAfterRequest => return Err(vec![Step::Reset]),
            Fault::CloseOnConnect | Fault::CloseAfterRequest => return Err(vec![Step::Close]),
            Fault::Silence => return Err(vec![Step::Hang]),
            Fault::ResetInBody => return Err(vec![Step::Send(self.whole_head()), Step::Send(half), Step::Reset]),
            Fault::CloseInBody => return Err(vec![Step::Send(self.whole_head()), Step::Send(half), Step::Close]),
            Fault::SilenceInBody => return Err(vec![Step::Send(self.whole_head()), Step::Send(half), Step::Hang]),
            Fault::CloseInChunks => {
                let mut chunk = format!("{:x}\r\n", half.len()).into_bytes();
                chunk.extend_from_slice(&half);
                chunk.extend_from_slice(b"\r\n");
                return Err(vec![
                    Step::Send(self.head("Transfer-Encoding: chunked")),
                    Step::Send(chunk.into()),
                    Step::Close,
                ]);
            }
            Fault::Drip { every } => {
                return Err(vec![Step::Send(self.whole_head()), Step::Drip(body, *every), Step::Close]);
            }
            Fault::CloseAfterAnswer => return Err(vec![Step::Send(self.whole_head()), Step::Send(body), Step::Close]),
            Fault::Huge(size) => {
                let (open, close) = (r#"{"Response":{"Blank":""#, format!(r#"","RequestId":"{request_id}"}}}}"#));
                let blanks = size.saturating_sub((open.len() + close.len()) as u64);
                let length = blanks + (open.len() + close.len()) as u64;
                let chunk = Bytes::from(vec![b' '; 65536]);
                return Err(vec![
                    Step::Send(self.head(&format!("Content-Length: {length}"))),
                    Step::Send(Bytes::from_static(open.as_bytes())),
                    Step::SendAgain(chunk.clone(), blanks / 65536),
                    Step::Send(chunk.slice(..usize::try_from(blanks % 65536).unwrap_or_default())),
                    Step::Send(close.into()),
                    Step::Close,
                ]);
            }
            Fault::GzipBomb(size) => {
                self.set("Content-Encoding", "gzip");
                return Err(bomb(&self, *size));
            }
            Fault::Late(_) => {}
            Fault::Html(status) => {
                self.status = *status;
                let title = reason(*status);
                self.replace("text/html", format!("<html>\r\n<head><title>{status} {title}</title></head>\r\n<body><center><h1>{status} {title}</h1></center></body>\r\n</html>\r\n"));
            }
            Fault::Status(status) => self.status = *status,
            Fault::EmptyBody => self.replace("application/json", ""),
            Fault::TruncatedJson => self.replace("application/json", half),
            Fault::ContentType(kind) => self.set("Content-Type", kind),
            Fault::NoResponse => self.replace("application/json", r#"{"message":"no route"}"#),
            Fault::ErrorAndData(code) => {
                let text = String::from_utf8_lossy(&body);
                let error = fields(&injected(code));
                let rest = text.strip_prefix(r#"{"Response":{"#).unwrap_or("}}");
                self.replace("application/json", format!(r#"{{"Response":{{"Error":{error},{rest}"#));
            }
            Fault::ErrorWithoutRequestId(code) => self.replace("application/json", error(&injected(code), None)),
            Fault::Code(code) => self.replace("application/json", error(&injected(code), Some(request_id))),
            Fault::Redirect(to) => {
                self.status = 307;
                self.set("Location", to);
                self.replace("text/html", "");
            }
            Fault::Gzip => {
                self.set("Content-Encoding", "gzip");
                let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                // Writing into memory does not fail.
                let packed = packed.write_all(&body).and_then(|()| packed.finish()).unwrap_or_default();
                self.chunks = VecDeque::from([packed.into()]);
            }
            Fault::ManyHeaders => {
                self.headers.extend((0..1000).map(|index| (format!("X-Filler-{index:04}"), "x".repeat(84))));
                return Err(vec![Step::Send(self.whole_head()), Step::Send(body), Step::Close]);
            }
        }
        Ok(self)
    }
}

fn injected(code: &str) -> ErrorResponse {
    ErrorResponse::new(code, "Injected by the emulator.")
}

/// The body of a response. Only an object gets the `RequestId`; any other JSON is sent unchanged.
fn success(object: &str, request_id: &str) -> String {
    let Some(members) = object.trim().strip_prefix('{').and_then(|object| object.strip_suffix('}')) else {
        return format!(r#"{{"Response":{object}}}"#);
    };
    let own = serde_json::from_str::<serde_json::Value>(object).is_ok_and(|object| object.get("RequestId").is_some());
    let id = if own { String::new() } else { format!(r#""RequestId":"{request_id}""#) };
    let comma = if members.is_empty() || own { "" } else { "," };
    format!(r#"{{"Response":{{{members}{comma}{id}}}}}"#)
}

fn fields(response: &ErrorResponse) -> serde_json::Value {
    serde_json::json!({ "Code": response.code(), "Message": response.message() })
}

fn error(error: &ErrorResponse, request_id: Option<&str>) -> String {
    let mut response = serde_json::json!({ "Error": fields(error) });
    if let (Some(id), Some(response)) = (request_id, response.as_object_mut()) {
        response.insert("RequestId".into(), id.into());
    }
    serde_json::json!({ "Response": response }).to_string()
}

/// `size` spaces in gzip, without holding them in memory: one compressed block, repeated.
fn bomb(wire: &WireResponse, size: u64) -> Vec<Step> {
    const BLOCK: usize = 1 << 20;
    let blanks = vec![b' '; BLOCK];
    let mut packed = Vec::with_capacity(BLOCK);
    let mut pack = flate2::Compress::new(flate2::Compression::best(), false);
    // A full flush makes the block independent of the blocks before it.
    if pack.compress_vec(&blanks, &mut packed, flate2::FlushCompress::Full).is_err() {
        return vec![Step::Close];
    }
    // The checksum counts bytes in fewer than 64 bits.
    let times = size.min(1 << 40).div_ceil(BLOCK as u64);
    let sum = repeated(&blanks, times);
    let mut end = vec![3, 0];
    end.extend_from_slice(&sum.sum().to_le_bytes());
    end.extend_from_slice(&sum.amount().to_le_bytes());
    let start = Bytes::from_static(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]);
    let length = times.saturating_mul(packed.len() as u64).saturating_add((start.len() + end.len()) as u64);
    vec![
        Step::Send(wire.head(&format!("Content-Length: {length}"))),
        Step::Send(start),
        Step::SendAgain(packed.into(), times),
        Step::Send(end.into()),
        Step::Close,
    ]
}

/// The checksum of `block` repeated `times` times, in as many steps as the number has bits.
fn repeated(block: &[u8], times: u64) -> flate2::Crc {
    let mut sum = flate2::Crc::new();
    if times == 0 {
        return sum;
    }
    let half = repeated(block, times / 2);
    sum.combine(&half);
    sum.combine(&half);
    if times % 2 == 1 {
        let mut once = flate2::Crc::new();
        once.update(block);
        sum.combine(&once);
    }
    sum
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        413 => "Payload Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Other",
    }
}
