//! Reads a text, number, boolean or time that has another JSON type than the documented one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::scan::{self, is_number};
use super::times;
use crate::model::{is_rounded, parse_time};
use crate::spec::{ParamSpec, Type};

/// How a value can be read as its documented type.
pub(super) enum Scalar {
    /// It has the documented type.
    Unchanged,
    /// It can be rewritten as this JSON.
    Coerced(String),
    Unreadable,
}

impl Scalar {
    fn from_option(coerced: Option<String>) -> Self {
        coerced.map_or(Self::Unreadable, Self::Coerced)
    }
}

/// Reads `raw`, the JSON of a value that is not an object of a nested model, as the type `ty`.
pub(super) fn read(ty: Type, raw: &[u8], optional: bool) -> Scalar {
    // Only texts can contain other characters than ASCII, and they are read separately.
    let word = std::str::from_utf8(raw).unwrap_or_default();
    let text = (raw.first() == Some(&b'"')).then(|| scan::text(raw).0);
    let text = text.as_deref().map(str::trim);
    let is_empty = raw == b"null" || text == Some("");
    let empty = |empty: &str| Scalar::Coerced(if optional { "null" } else { empty }.to_owned());
    match ty {
        Type::Binary => match text {
            Some(text) if STANDARD.decode(text).is_err() => Scalar::Unreadable,
            Some(text) if scan::text(raw).0 == text => Scalar::Unchanged,
            Some(text) => Scalar::Coerced(quoted(text)),
            None if raw == b"null" => Scalar::Coerced("\"\"".to_owned()),
            None => Scalar::Unreadable,
        },
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => match raw.first() {
            Some(b'"') => Scalar::Unchanged,
            Some(b'n') => Scalar::Coerced("\"\"".to_owned()),
            Some(b'{' | b'[') | None => Scalar::Unreadable,
            // The digits of a number are kept as they were written.
            Some(_) => Scalar::Coerced(quoted(word)),
        },
        Type::Integer { min, max } => {
            let in_range = |text: &str| integer(text).filter(|number| (min..=max).contains(number));
            match word {
                _ if is_empty => empty("0"),
                "true" => Scalar::Coerced("1".to_owned()),
                "false" => Scalar::Coerced("0".to_owned()),
                // serde_json reads `-0` as a float.
                _ if word != "-0" && word.parse().is_ok_and(|number: i128| (min..=max).contains(&number)) => {
                    Scalar::Unchanged
                }
                _ => Scalar::from_option(in_range(text.unwrap_or(word)).map(|number| number.to_string())),
            }
        }
        Type::Float | Type::Float32 => {
            let fits = |text: &str| is_number(text.as_bytes()) && is_finite(ty, text);
            match word {
                _ if is_empty => empty("0.0"),
                "true" => Scalar::Coerced("1.0".to_owned()),
                "false" => Scalar::Coerced("0.0".to_owned()),
                _ if fits(word) => Scalar::Unchanged,
                _ => Scalar::from_option(text.filter(|text| fits(text)).map(str::to_owned)),
            }
        }
        Type::Boolean => match word {
            "true" | "false" => Scalar::Unchanged,
            _ if is_empty => empty("false"),
            _ => Scalar::from_option(match text.unwrap_or(word) {
                "true" | "True" | "TRUE" | "1" => Some("true".to_owned()),
                "false" | "False" | "FALSE" | "0" => Some("false".to_owned()),
                _ => None,
            }),
        },
        Type::Time => match text {
            Some(text) if parse_time(text).is_ok() && scan::text(raw).0 == text => Scalar::Unchanged,
            _ => Scalar::from_option(times::read(text.unwrap_or(word)).map(|time| quoted(&time.to_rfc3339()))),
        },
        Type::Model(_) => Scalar::Unreadable,
        Type::Json => Scalar::Unchanged,
    }
}

/// Reads a whole number. A fraction of zeros and an exponent are accepted if the number is still whole.
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

/// Whether a number in JSON is finite as a float of this type: `1e39` is infinite as an `f32`.
fn is_finite(ty: Type, number: &str) -> bool {
    match ty {
        Type::Float32 => serde_json::from_str::<f32>(number).is_ok_and(f32::is_finite),
        _ => serde_json::from_str::<f64>(number).is_ok_and(f64::is_finite),
    }
}

/// Whether serde_json reads a number without loss: it is an integer of 64 bits, or a float that is written in the same way
/// again.
pub(super) fn is_exact(raw: &[u8]) -> bool {
    // `1e+20` and `1e20` are equal.
    let unsigned =
        |text: &[u8]| text.iter().filter(|byte| **byte != b'+').map(u8::to_ascii_lowercase).collect::<Vec<u8>>();
    match serde_json::from_slice::<serde_json::Number>(raw) {
        Ok(number) => {
            !is_rounded(&number) || serde_json::to_vec(&number).is_ok_and(|written| unsigned(&written) == unsigned(raw))
        }
        Err(_) => false,
    }
}

/// Writes a text as JSON.
pub(super) fn quoted(text: &str) -> String {
    // A text can always be written as JSON.
    serde_json::to_string(text).unwrap_or_default()
}

/// If an integer was expected, and an integer outside the range of the Rust type arrived: this range, for messages.
pub(super) fn range(param: &ParamSpec, raw: &[u8]) -> Option<&'static str> {
    let Type::Integer { min, max } = param.ty else { return None };
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    let is_integer = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    is_integer.then_some(match (min == 0, max) {
        (true, 0..=0xFF) => "an integer from 0 to 255 (u8)",
        (true, 0x100..=0xFFFF) => "an integer from 0 to 65535 (u16)",
        (true, 0x1_0000..=0xFFFF_FFFF) => "an integer from 0 to 4294967295 (u32)",
        (true, _) => "an integer from 0 to 18446744073709551615 (u64)",
        (false, ..=0x7F) => "an integer of 8 bits (i8)",
        (false, 0x80..=0x7FFF) => "an integer of 16 bits (i16)",
        (false, 0x8000..=0x7FFF_FFFF) => "an integer of 32 bits (i32)",
        (false, _) => "an integer of 64 bits (i64)",
    })
}

/// The documented type of a parameter, for messages.
pub(super) fn expected(param: &ParamSpec) -> &'static str {
    match param.ty {
        Type::String | Type::Date | Type::DateTime | Type::Enum(_) => "text",
        Type::Integer { .. } => "an integer",
        Type::Float => "a number",
        Type::Float32 => "a number of 32 bits",
        Type::Boolean => "a boolean",
        Type::Time => "a time",
        Type::Binary => "bytes in base64",
        Type::Model(_) => "a struct",
        Type::Json => "JSON",
    }
}
