//! Decoding compared with plain serde, and large responses of a model that contains itself.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use tc_core::{BodyProblem, ErrorKind, Response, tc_model};

use crate::targets::kind;

/// One of two documented values.
#[tc_model]
pub(crate) enum Order {
    /// Upwards.
    Asc,
    /// Downwards.
    Desc,
}

/// A model with a member of each kind, which contains itself.
#[tc_model]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Everything {
    /// Text.
    pub text: String,
    /// Texts.
    pub texts: Vec<String>,
    /// A signed number.
    pub int: i64,
    /// A small number.
    pub small: u32,
    /// An unsigned number.
    pub uint: u64,
    /// Numbers that may be absent.
    pub ints: Option<Vec<i64>>,
    /// A number with a fraction.
    pub float: f64,
    /// A boolean.
    pub flag: bool,
    /// A number that may be absent.
    pub maybe: Option<u64>,
    /// A text that may be absent.
    pub note: Option<String>,
    /// One of two values.
    pub order: Order,
    /// A model that may be absent.
    pub nested: Option<Box<Everything>>,
    /// Models.
    pub list: Vec<Everything>,
    /// Anything.
    pub free: Option<Value>,
}

/// The same model with serde's derive, and the members of the envelope.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Plain {
    text: String,
    #[serde(deserialize_with = "or_empty")]
    texts: Vec<String>,
    int: i64,
    small: u32,
    uint: u64,
    ints: Option<Vec<i64>>,
    float: f64,
    flag: bool,
    maybe: Option<u64>,
    note: Option<String>,
    order: String,
    nested: Option<Box<Plain>>,
    #[serde(deserialize_with = "or_empty")]
    list: Vec<Plain>,
    free: Option<Value>,
    request_id: Option<String>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "Response")]
    response: Plain,
}

fn or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn same(ours: &Everything, plain: &Plain) -> bool {
    let nested = match (&ours.nested, &plain.nested) {
        (Some(ours), Some(plain)) => same(ours, plain),
        (ours, plain) => ours.is_none() == plain.is_none(),
    };
    let list = ours.list.len() == plain.list.len() && ours.list.iter().zip(&plain.list).all(|(a, b)| same(a, b));
    (&ours.text, &ours.texts, ours.order.as_str()) == (&plain.text, &plain.texts, plain.order.as_str())
        && (ours.int, ours.small, ours.uint, &ours.ints) == (plain.int, plain.small, plain.uint, &plain.ints)
        && (ours.float.to_bits(), ours.flag, ours.maybe) == (plain.float.to_bits(), plain.flag, plain.maybe)
        && (&ours.note, &ours.free) == (&plain.note, &plain.free)
        && nested
        && list
}

/// Whether an object has a name twice, which the two readers may read differently; and the set of all names.
fn names(input: &[u8]) -> Option<(bool, HashSet<String>)> {
    let mut found = Names::default();
    let mut reader = serde_json::Deserializer::from_slice(input);
    serde::de::DeserializeSeed::deserialize(&mut found, &mut reader).ok()?;
    Some((found.twice, found.all))
}

#[derive(Default)]
struct Names {
    twice: bool,
    all: HashSet<String>,
}

impl<'de> serde::de::DeserializeSeed<'de> for &mut Names {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Names {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut here = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            self.twice |= !here.insert(name.clone());
            self.all.insert(name);
            map.next_value_seed(&mut *self)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(&mut *self)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

const KNOWN: [&str; 14] = [
    "Text", "Texts", "Int", "Small", "Uint", "Ints", "Float", "Flag", "Maybe", "Note", "Order", "Nested", "List",
    "Free",
];

/// Whether a name differs from a known one only in case and word breaks, which is reported as a coercion.
fn near(names: &HashSet<String>) -> bool {
    let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    names.iter().any(|name| KNOWN.iter().any(|known| known != name && plain(known) == plain(name)))
}

/// If plain serde can read an input, our decoder reads the same value without a coercion. If our decoder reads an input
/// without a coercion, plain serde reads the same value.
pub(crate) fn differential(input: &[u8]) -> String {
    let ours = Response::<Everything>::decode(200, input);
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let plain = serde_json::from_slice::<Envelope>(text);
    let json = serde_json::from_slice::<Value>(text).ok();
    let Some((twice, names)) = names(text) else { return outcome(&ours) };
    if twice {
        return outcome(&ours);
    }
    let members = json.as_ref().and_then(|json| json["Response"].as_object());
    // `Error` in any case, in the response or beside it, and the older format beside it.
    let is_error = |(name, value): (&String, &Value)| name.eq_ignore_ascii_case("Error") && !value.is_null();
    let body = json.as_ref().and_then(Value::as_object);
    let legacy = body.and_then(|body| body.get("codeDesc")).and_then(Value::as_str);
    let legacy = legacy.is_some_and(|code| !code.is_empty() && code != "Success");
    if legacy || members.into_iter().chain(body).flatten().any(is_error) {
        assert!(ours.is_err(), "an error was read as success");
        return outcome(&ours);
    }
    let clean = ours.as_ref().is_ok_and(|ours| ours.coercions().is_empty());
    match (&ours, &plain) {
        (Ok(ours), Ok(plain)) => {
            if clean {
                assert!(same(ours, &plain.response), "ours {ours:?}\nplain {plain:?}", plain = plain.response);
                let id = plain.response.request_id.as_deref().unwrap_or_default();
                // Other ids are shortened, and their control and invisible characters are escaped.
                let kept = id.len() <= 200 && id.bytes().all(|byte| (b' '..=b'~').contains(&byte));
                assert!(id.is_empty() || !kept || ours.request_id() == id, "{} and {id}", ours.request_id());
            } else {
                assert!(near(&names), "plain serde reads it, and ours reports {:?}", ours.coercions());
            }
        }
        (Err(error), Ok(_)) => {
            let foreign = members.is_some_and(|members| !KNOWN.iter().any(|known| members.contains_key(*known)));
            let ErrorKind::Body(problem) = error.kind() else { panic!("plain serde reads it: {error}") };
            let limit = matches!(problem.problem(), BodyProblem::Memory | BodyProblem::TooDeep);
            assert!(foreign || limit, "plain serde reads it: {error}");
        }
        (Ok(ours), Err(error)) if clean => {
            let id = members.and_then(|members| members.get("RequestId"));
            assert!(id.is_some_and(|id| !id.is_string()), "plain serde does not: {error}; ours {ours:?}");
        }
        _ => {}
    }
    outcome(&ours)
}

fn outcome(ours: &Result<Response<Everything>, tc_core::Error>) -> String {
    match ours {
        Ok(ours) => format!("ok {}", ours.coercions().len().min(9)),
        Err(error) => {
            let text = error.to_string();
            assert!(text.len() < 16_384, "{} bytes of text", text.len());
            assert!(!text.contains(char::is_control), "{text:?}");
            kind(error)
        }
    }
}

/// A large body, generated from the input: deep, wide, long or truncated. Most values have another type than documented.
pub(crate) fn large(input: &[u8]) -> String {
    let body = Program::default().run(input);
    assert!(body.len() <= LARGEST + 4096, "{}", body.len());
    let ours = Response::<Everything>::decode(200, &body);
    if let Ok(found) = &ours {
        assert!(found.coercions().len() <= 100, "{}", found.coercions().len());
    }
    let free = Response::<Value>::decode(200, &body);
    format!("{} {} {}", outcome(&ours), free.is_ok(), body.len().checked_ilog2().unwrap_or(0))
}

const LARGEST: usize = 1 << 20;

#[derive(Default)]
struct Program {
    body: Vec<u8>,
    /// The closing text of each open bracket.
    open: Vec<&'static [u8]>,
    /// Whether the next member needs a comma before it.
    comma: bool,
}

impl Program {
    fn run(mut self, input: &[u8]) -> Vec<u8> {
        self.open(b"{\"Response\":{", b"}}");
        let mut steps = input.chunks_exact(2);
        for step in &mut steps {
            let times = 1 + usize::from(step[1]) * usize::from(step[1]) / 4;
            self.step(step[0], times);
            if self.body.len() > LARGEST {
                break;
            }
        }
        // With an odd number of bytes, the brackets stay open.
        if steps.remainder().is_empty() {
            while let Some(close) = self.open.pop() {
                self.body.extend_from_slice(close);
            }
        }
        self.body
    }

    fn step(&mut self, what: u8, times: usize) {
        match what % 20 {
            0 => self.repeat(times, |all| all.open(b"\"Nested\":{", b"}")),
            1 => self.repeat(times, |all| all.open(b"\"List\":[{", b"}]")),
            2 => self.repeat(times, |all| all.open(b"\"Other\":{\"Nested\":[{", b"}]}")),
            3 => self.repeat(times, |all| {
                if all.open.len() > 1
                    && let Some(close) = all.open.pop()
                {
                    all.body.extend_from_slice(close);
                    all.comma = true;
                }
            }),
            4 => self.list(b"\"Texts\":[", b"0,", times),
            5 => self.list(b"\"Ints\":[", b"\"1\",", times),
            6 => self.list(b"\"List\":[", b"{\"Int\":\"5\",\"Text\":7},", times),
            7 => self.list(b"\"List\":[", b"{},", times),
            8 => self.text(b"\"Text\":\"", b"x", times),
            9 => self.text(b"\"Note\":\"", b"\\ud800", times),
            10 => self.text(b"\"Text\":\"", b"\xFF\\u0000", times),
            11 => self.list(b"\"Free\":[", b"{\"a\":[]},", times),
            12 => self.nest(b"\"Free\":", times),
            13 => self.nest(b"\"Unknown\":", times),
            14 => self.member(b"\"Int\":1e999"),
            15 => self.member(b"\"Maybe\":{}"),
            16 => self.repeat(times.min(4096), |all| all.member(b"\"Flag\":\"true\"")),
            17 => self.member(b"\"Error\":null"),
            18 => self.list(b"\"Unknown\":[", b"[[[]]],", times),
            _ => self.member(b"\"Order\":false"),
        }
    }

    fn repeat(&mut self, times: usize, step: impl Fn(&mut Self)) {
        for _ in 0..times {
            if self.body.len() > LARGEST {
                return;
            }
            step(self);
        }
    }

    fn separated(&mut self) {
        if self.comma {
            self.body.push(b',');
        }
        self.comma = true;
    }

    fn open(&mut self, opens: &[u8], closes: &'static [u8]) {
        self.separated();
        self.body.extend_from_slice(opens);
        self.open.push(closes);
        self.comma = false;
    }

    fn member(&mut self, member: &[u8]) {
        self.separated();
        self.body.extend_from_slice(member);
    }

    fn list(&mut self, opens: &[u8], item: &[u8], times: usize) {
        self.member(opens);
        self.repeat(times, |all| all.body.extend_from_slice(item));
        self.body.pop();
        self.body.push(b']');
    }

    fn text(&mut self, opens: &[u8], piece: &[u8], times: usize) {
        self.member(opens);
        self.repeat(times, |all| all.body.extend_from_slice(piece));
        self.body.push(b'"');
    }

    fn nest(&mut self, name: &[u8], times: usize) {
        self.member(name);
        self.repeat(times, |all| all.body.push(b'['));
        self.repeat(times, |all| all.body.push(b']'));
    }
}
