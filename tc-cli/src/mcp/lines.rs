//! Standard input and output, a message a line.
//!
//! The SDK does not reply to a line that is not JSON, and replies without `id` to JSON that is not a message, so a client waits
//! for a reply that never arrives. These lines are replied to here, and the SDK receives the others.

use rmcp::model::ClientJsonRpcMessage;
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf, split,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The longest message in bytes, with the end of the line. It is that of the SDK.
const LONGEST: usize = 16 << 20;
/// The size of the buffers between the tasks.
const BUFFER: usize = 64 << 10;

/// The codes of JSON-RPC 2.0.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const INVALID_PARAMS: i32 = -32602;

/// What the SDK reads from and writes to, and the task that ends when everything is written.
pub(super) struct Lines {
    pub(super) input: ReadHalf<DuplexStream>,
    pub(super) output: WriteHalf<DuplexStream>,
    pub(super) written: JoinHandle<std::io::Result<()>>,
}

/// Starts to read and to write lines.
pub(super) fn start<R, W>(input: R, output: W) -> Lines
where
    R: AsyncBufRead + Unpin + Send + 'static,
    W: AsyncWrite + Unpin + Send + 'static,
{
    let (sdk, own) = tokio::io::duplex(BUFFER);
    let (from_sdk, to_sdk) = split(own);
    let (replies, received) = mpsc::unbounded_channel();
    tokio::spawn(read(input, to_sdk, replies));
    let written = tokio::spawn(write(from_sdk, received, output));
    let (input, output) = split(sdk);
    Lines { input, output, written }
}

/// Passes the messages on to the SDK, and replies to all other lines.
async fn read<R: AsyncBufRead + Unpin>(
    mut input: R,
    mut to_sdk: WriteHalf<DuplexStream>,
    replies: mpsc::UnboundedSender<String>,
) {
    let mut line = Vec::new();
    loop {
        line.clear();
        let Ok(Some(is_whole)) = next(&mut input, &mut line).await else { break };
        let checked = if is_whole {
            check(&line)
        } else {
            let message = format!("the message has more than {LONGEST} bytes, which is the limit");
            Checked::Reply(error(&Value::Null, INVALID_REQUEST, &message))
        };
        match checked {
            Checked::Message => {
                line.push(b'\n');
                if to_sdk.write_all(&line).await.is_err() {
                    break;
                }
            }
            Checked::Reply(reply) => {
                if replies.send(reply).is_err() {
                    break;
                }
            }
            Checked::Nothing => {}
        }
    }
    let _ = to_sdk.shutdown().await;
}

/// Reads a line without its end. `None` at the end of the input; `false` if the line is too long, and was skipped.
async fn next<R: AsyncBufRead + Unpin>(input: &mut R, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
    let (mut is_whole, mut is_empty) = (true, true);
    loop {
        let available = input.fill_buf().await?;
        if available.is_empty() {
            return Ok(if is_empty { None } else { Some(is_whole) });
        }
        is_empty = false;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..end.unwrap_or(available.len())];
        if line.len() + part.len() < LONGEST {
            line.extend_from_slice(part);
        } else {
            is_whole = false;
        }
        let consumed = part.len() + usize::from(end.is_some());
        input.consume(consumed);
        if end.is_some() {
            return Ok(Some(is_whole));
        }
    }
}

/// Writes the lines of the SDK and the replies, each as a whole.
async fn write<W: AsyncWrite + Unpin>(
    from_sdk: ReadHalf<DuplexStream>,
    mut replies: mpsc::UnboundedReceiver<String>,
    mut output: W,
) -> std::io::Result<()> {
    let (mut from_sdk, mut line, mut is_open) = (BufReader::new(from_sdk), Vec::new(), true);
    loop {
        tokio::select! {
            // A read that is cancelled leaves its bytes in `line`, and the next one continues it.
            read = from_sdk.read_until(b'\n', &mut line) => {
                if read? == 0 {
                    break;
                }
                output.write_all(&line).await?;
                output.flush().await?;
                line.clear();
            }
            reply = replies.recv(), if is_open => match reply {
                Some(reply) => {
                    output.write_all(reply.as_bytes()).await?;
                    output.flush().await?;
                }
                None => is_open = false,
            },
        }
    }
    // The SDK ends at the end of the input; the replies to the lines before it are in the channel.
    while let Ok(reply) = replies.try_recv() {
        output.write_all(reply.as_bytes()).await?;
    }
    output.flush().await
}

/// What happens with a line.
#[derive(Debug, PartialEq)]
enum Checked {
    /// The SDK receives it.
    Message,
    /// This line is the reply to it.
    Reply(String),
    /// It is empty, or a notification or response that cannot be read, to which JSON-RPC has no reply.
    Nothing,
}

/// Checks that a line is a message of JSON-RPC 2.0 that the SDK can read.
fn check(line: &[u8]) -> Checked {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return Checked::Nothing;
    }
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(reason) => {
            return Checked::Reply(error(&Value::Null, PARSE_ERROR, &format!("the line is not JSON: {reason}")));
        }
    };
    let id = match &value["id"] {
        id @ Value::String(_) => id.clone(),
        Value::Number(number) if !number.is_f64() => Value::Number(number.clone()),
        _ => Value::Null,
    };
    if let Err(reason) = structure(&value, &id) {
        return Checked::Reply(error(&id, INVALID_REQUEST, &reason));
    }
    match serde_json::from_slice::<ClientJsonRpcMessage>(line) {
        Ok(_) => Checked::Message,
        Err(_) if !id.is_null() && value["method"].is_string() => {
            let message = format!("the params of `{}` are not valid", value["method"].as_str().unwrap_or_default());
            Checked::Reply(error(&id, INVALID_PARAMS, &message))
        }
        Err(_) => Checked::Nothing,
    }
}

/// Checks that a value is a request, a notification or a response.
///
/// # Errors
/// It is not; the reason.
fn structure(value: &Value, id: &Value) -> Result<(), String> {
    let Value::Object(members) = value else {
        let batch = if value.is_array() { "; batches are not supported" } else { "" };
        return Err(format!("the message is {}; an object is expected{batch}", crate::args::kind(value)));
    };
    if members.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err("`jsonrpc` must be \"2.0\"".to_owned());
    }
    if members.contains_key("id") && id.is_null() && !members.contains_key("error") {
        return Err("`id` must be a text or an integer".to_owned());
    }
    match members.get("method") {
        Some(Value::String(_)) => {}
        Some(_) => return Err("`method` must be a text".to_owned()),
        None if members.contains_key("result") || members.contains_key("error") => {}
        None => return Err("there is no `method`".to_owned()),
    }
    match members.get("params") {
        None | Some(Value::Object(_)) => Ok(()),
        Some(other) => Err(format!("`params` is {}; an object is expected", crate::args::kind(other))),
    }
}

/// A line with an error response.
fn error(id: &Value, code: i32, message: &str) -> String {
    format!("{}\n", json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(line: &[u8]) -> Value {
        match check(line) {
            Checked::Reply(reply) => serde_json::from_str(&reply).unwrap(),
            other => panic!("{}: {other:?}", String::from_utf8_lossy(line)),
        }
    }

    #[test]
    fn a_line_that_is_not_json_is_a_parse_error_without_id() {
        for line in [
            &b"hello"[..],
            b"{\"jsonrpc\":\"2.0\",\"id\":1",
            b"{'id': 1}",
            b"\xff\xfe",
            b"Content-Length: 10",
            b"{} {}",
        ] {
            let reply = reply(line);
            assert_eq!((&reply["id"], &reply["error"]["code"]), (&Value::Null, &json!(PARSE_ERROR)), "{reply}");
            assert!(reply.as_object().unwrap().contains_key("id") && reply["jsonrpc"] == "2.0", "{reply}");
        }
    }

    #[test]
    fn json_that_is_not_a_message_is_an_invalid_request_with_its_id_if_it_has_one() {
        for (line, id) in [
            ("1", json!(null)),
            ("null", json!(null)),
            ("\"text\"", json!(null)),
            ("[]", json!(null)),
            (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, json!(null)),
            ("{}", json!(null)),
            (r#"{"id":7}"#, json!(7)),
            (r#"{"id":7,"method":"ping"}"#, json!(7)),
            (r#"{"jsonrpc":"1.0","id":"a","method":"ping"}"#, json!("a")),
            (r#"{"jsonrpc":"2.0","id":"a"}"#, json!("a")),
            (r#"{"jsonrpc":"2.0","id":2,"method":1}"#, json!(2)),
            (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, json!(null)),
            (r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":[]}"#, json!(3)),
            (r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":"x"}"#, json!(3)),
        ] {
            let reply = reply(line.as_bytes());
            assert_eq!((&reply["id"], &reply["error"]["code"]), (&id, &json!(INVALID_REQUEST)), "{line}: {reply}");
        }
    }

    #[test]
    fn messages_are_passed_on_and_empty_lines_are_skipped() {
        for line in [
            &br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#[..],
            b" {\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\",\"params\":{}}\r",
            b"\xEF\xBB\xBF{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            br#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
            br#"{"jsonrpc":"2.0","id":2,"method":"no/such/method"}"#,
        ] {
            assert_eq!(check(line), Checked::Message, "{}", String::from_utf8_lossy(line));
        }
        for line in [&b""[..], b"\r", b"  \t"] {
            assert_eq!(check(line), Checked::Nothing);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_skipped_and_replied_to() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let text = [vec![b'x'; LONGEST], b"\nshort\n\nlast".to_vec()].concat();
            let mut input = BufReader::new(text.as_slice());
            let mut lines = Vec::new();
            loop {
                let mut line = Vec::new();
                let Some(is_whole) = next(&mut input, &mut line).await.unwrap() else { break };
                lines.push((is_whole, line));
            }
            assert!(!lines[0].0 && lines[0].1.len() < LONGEST);
            let rest: Vec<(bool, &[u8])> = lines[1..].iter().map(|(is_whole, line)| (*is_whole, &line[..])).collect();
            assert_eq!(rest, [(true, &b"short"[..]), (true, b""), (true, b"last")]);
        });
    }
}
