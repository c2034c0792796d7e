//! The second look at a body that strict reading refused: rewritten once, by the facts, with every change reported.
//!
//! It works on the text, so that no number passes through a float.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::coercion::Coercion;
use crate::spec::{ModelSpec, ParamSpec, Shape, Type};

/// Where a body cannot be bent.
pub(super) struct Mismatch {
    /// Empty where the envelope itself is of another shape.
    pub(super) path: String,
    pub(super) expected: &'static str,
    pub(super) found: String,
    pub(super) request_id: Option<String>,
}

/// The members of an object, in their order and as they were written.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    members.push(entry);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// Rewrites `text` so that it reads strictly as `{"Response": model}`.
pub(super) fn bend(text: &str, model: &'static ModelSpec) -> Result<(String, Vec<Coercion>), Mismatch> {
    let envelope = |found: &str| Mismatch {
        path: String::new(),
        expected: "an object",
        found: kind(found).to_owned(),
        request_id: None,
    };
    let Ok(Members(outer)) = serde_json::from_str::<Members<'_>>(text) else { return Err(envelope("")) };
    let Some((_, content)) = outer.iter().rev().find(|(name, _)| name == "Response") else {
        // Without a `Response` there is nothing to bend; strict reading will say so.
        return Err(envelope(""));
    };
    let Ok(Members(members)) = serde_json::from_str::<Members<'_>>(content.get()) else {
        return Err(envelope(content.get()));
    };
    let mut bent = Bent { out: String::with_capacity(text.len()), path: String::new(), coercions: Vec::new() };
    bent.out.push_str("{\"Response\":");
    let result = bent.object(&members, model, true);
    let request_id = || {
        let (_, id) = members.iter().find(|(name, _)| name == "RequestId")?;
        serde_json::from_str(id.get()).ok()
    };
    result.map_err(|mismatch| Mismatch { request_id: request_id(), ..mismatch })?;
    bent.out.push('}');
    Ok((bent.out, bent.coercions))
}

struct Bent {
    out: String,
    path: String,
    coercions: Vec<Coercion>,
}

impl Bent {
    fn object(
        &mut self,
        members: &[(String, &RawValue)],
        model: &'static ModelSpec,
        envelope: bool,
    ) -> Result<(), Mismatch> {
        let mut open = '{';
        for (name, raw) in members {
            let param = model.param(name);
            let common = envelope && matches!(name.as_str(), "RequestId" | "Error" | "DeprecatedWarning");
            if param.is_none() && !common && !envelope {
                continue;
            }
            self.out.push(open);
            open = ',';
            self.out.push_str(&quoted(name));
            self.out.push(':');
            match param {
                Some(param) => self.below(name, |bent| bent.member(param, raw.get()))?,
                None if common && name != "Error" => self.below(name, |bent| bent.text(raw.get())),
                // Foreign members stay, so that the envelope can tell an answer from something else.
                None => self.out.push_str(raw.get()),
            }
        }
        if open == '{' {
            self.out.push('{');
        }
        self.out.push('}');
        Ok(())
    }

    fn member(&mut self, param: &'static ParamSpec, raw: &str) -> Result<(), Mismatch> {
        if !param.is_list() {
            return self.one(param, raw, param.shape == Shape::Maybe);
        }
        if raw == "null" {
            self.out.push_str("null");
            return Ok(());
        }
        let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw) else {
            return Err(self.mismatch(param, "a list", raw));
        };
        self.out.push('[');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.below(&index.to_string(), |bent| bent.one(param, item.get(), false))?;
        }
        self.out.push(']');
        Ok(())
    }

    fn one(&mut self, param: &'static ParamSpec, raw: &str, optional: bool) -> Result<(), Mismatch> {
        if raw == "null" && (optional || matches!(param.ty, Type::Json)) {
            self.out.push_str(raw);
            return Ok(());
        }
        if let Type::Model(nested) = param.ty {
            if raw == "null" {
                self.coerced(param, "a struct", raw, "{}");
                return Ok(());
            }
            let Ok(Members(members)) = serde_json::from_str::<Members<'_>>(raw) else {
                return Err(self.mismatch(param, "a struct", raw));
            };
            return self.object(&members, nested.get(), false);
        }
        match read(param.ty, raw, optional) {
            Read::AsIs => self.out.push_str(raw),
            Read::Bent(bent) => self.coerced(param, expected(param.ty), raw, &bent),
            Read::Not => return Err(self.mismatch(param, expected(param.ty), raw)),
        }
        Ok(())
    }

    /// A member of the envelope, all of which are text.
    fn text(&mut self, raw: &str) {
        match read(Type::String, raw, true) {
            Read::Bent(bent) => {
                self.report("text", raw, &bent, false);
                self.out.push_str(&bent);
            }
            Read::AsIs => self.out.push_str(raw),
            Read::Not => self.out.push_str("null"),
        }
    }

    fn coerced(&mut self, param: &ParamSpec, expected: &'static str, raw: &str, bent: &str) {
        self.report(expected, raw, bent, param.sensitive);
        self.out.push_str(bent);
    }

    fn report(&mut self, expected: &'static str, raw: &str, bent: &str, sensitive: bool) {
        let shown = |text: &str| if sensitive { kind(text).to_owned() } else { shortened(text) };
        self.coercions.push(Coercion { path: self.path.clone(), expected, found: shown(raw), read_as: shown(bent) });
    }

    fn mismatch(&self, param: &ParamSpec, expected: &'static str, raw: &str) -> Mismatch {
        let found = if param.sensitive { kind(raw).to_owned() } else { shortened(raw) };
        Mismatch { path: self.path.clone(), expected, found, request_id: None }
    }

    fn below<T>(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let len = self.path.len();
        if len > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = inside(self);
        self.path.truncate(len);
        result
    }
}

/// How a value of some type is read from what arrived.
enum Read {
    AsIs,
    Bent(String),
    Not,
}

impl Read {
    fn some(bent: Option<String>) -> Self {
        bent.map_or(Self::Not, Self::Bent)
    }
}

fn read(ty: Type, raw: &str, optional: bool) -> Read {
    let is_number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let text = || serde_json::from_str::<String>(raw).ok();
    let nothing = raw == "null" || raw == "\"\"";
    match ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) | Type::Binary => match raw.as_bytes()[0] {
            b'"' => Read::AsIs,
            b'n' => Read::Bent("\"\"".to_owned()),
            b'{' | b'[' => Read::Not,
            // The text of the number as it was written, so that none of its digits is lost.
            _ => Read::Bent(quoted(raw)),
        },
        Type::Integer { min, max } => {
            let whole = |number: Option<i128>| number.filter(|number| (min..=max).contains(number));
            match raw {
                _ if nothing && optional => Read::Bent("null".to_owned()),
                _ if nothing => Read::Bent("0".to_owned()),
                "true" => Read::Bent("1".to_owned()),
                "false" => Read::Bent("0".to_owned()),
                _ if is_number && whole(raw.parse().ok()).is_some() => Read::AsIs,
                _ if is_number => Read::some(whole(integer(raw)).map(|number| number.to_string())),
                _ => Read::some(text().and_then(|text| whole(integer(text.trim()))).map(|number| number.to_string())),
            }
        }
        Type::Float => match raw {
            _ if nothing && optional => Read::Bent("null".to_owned()),
            _ if nothing => Read::Bent("0.0".to_owned()),
            "true" => Read::Bent("1.0".to_owned()),
            "false" => Read::Bent("0.0".to_owned()),
            _ if is_number => Read::AsIs,
            _ => Read::some(text().filter(|text| is_json_number(text.trim())).map(|text| text.trim().to_owned())),
        },
        Type::Boolean => match raw {
            "true" | "false" => Read::AsIs,
            _ if nothing && optional => Read::Bent("null".to_owned()),
            _ if nothing => Read::Bent("false".to_owned()),
            "0" => Read::Bent("false".to_owned()),
            "1" => Read::Bent("true".to_owned()),
            _ => Read::some(text().and_then(|text| match text.trim() {
                "true" | "True" | "TRUE" | "1" => Some("true".to_owned()),
                "false" | "False" | "FALSE" | "0" => Some("false".to_owned()),
                _ => None,
            })),
        },
        Type::Time => match text() {
            Some(text) if DateTime::parse_from_rfc3339(&text).is_ok() && !text.starts_with("0000") => Read::AsIs,
            text => match text.as_deref().and_then(beijing) {
                Some(time) => Read::Bent(quoted(&time.to_rfc3339())),
                None if optional => Read::Bent("null".to_owned()),
                None => Read::Not,
            },
        },
        Type::Model(_) => Read::Not,
        Type::Json => Read::AsIs,
    }
}

/// A whole number, written with or without a fraction of zeros or an exponent that leaves it whole.
fn integer(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    if let Some((whole, zeros)) = text.split_once('.')
        && !zeros.is_empty()
        && zeros.bytes().all(|digit| digit == b'0')
    {
        return whole.parse().ok();
    }
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: u32 = exponent.trim_start_matches('+').parse().ok().filter(|exponent| *exponent <= 38)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let missing = exponent.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    format!("{whole}{fraction}").parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(missing)?)
}

/// `2022-01-01 00:00:00`, which the cloud writes in Beijing's time, and the same with a `T`.
fn beijing(text: &str) -> Option<DateTime<FixedOffset>> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let ([year, month, day], [hour, minute, second]) = (numbers(date, '-')?, numbers(time, ':')?);
    let time = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?.and_hms_opt(hour, minute, second)?;
    FixedOffset::east_opt(8 * 3600)?.from_local_datetime(&time).single()
}

/// The three numbers of a date or of a time of day.
fn numbers(text: &str, between: char) -> Option<[u32; 3]> {
    let mut parts = text.split(between).map(|part| part.parse().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

fn is_json_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<f64>(text).is_ok_and(f64::is_finite)
}

fn quoted(text: &str) -> String {
    // Text is always written.
    serde_json::to_string(text).unwrap_or_default()
}

fn expected(ty: Type) -> &'static str {
    match ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => "text",
        Type::Integer { .. } => "an integer",
        Type::Float => "a number",
        Type::Boolean => "a boolean",
        Type::Time => "a time",
        Type::Binary => "bytes in base64",
        Type::Model(_) => "a struct",
        Type::Json => "JSON",
    }
}

/// What kind of JSON `raw` is, for where its value must not be shown.
fn kind(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'"') => "text",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        Some(_) => "a number",
        None => "nothing",
    }
}

fn shortened(raw: &str) -> String {
    const SHOWN: usize = 80;
    match raw.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &raw[..end]),
        None => raw.to_owned(),
    }
}
