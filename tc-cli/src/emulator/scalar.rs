//! One value within the limits of a member.

use serde_json::{Map, Number, Value};
use tc_spec::{Length, Limit, ParamSpec, Range, Type, Values};

/// A value that the limits accept; other seeds give other values.
pub(super) fn scalar(param: &ParamSpec, seed: u64, index: u64) -> Value {
    for limit in param.limits {
        if let Limit::Values(values) = limit {
            return match values {
                Values::Texts(texts) => pick(texts, seed).map_or(Value::Null, |text| Value::from(*text)),
                Values::Integers(numbers) => {
                    pick(numbers, seed).and_then(|number| Number::from_i128(*number)).map_or(Value::Null, Value::Number)
                }
                Values::Floats(numbers) => pick(numbers, seed).map_or(Value::Null, |(number, _)| Value::from(*number)),
            };
        }
    }
    let day = 1 + seed % 28;
    let (hour, minute) = (seed / 28 % 24, seed / 672 % 60);
    match param.ty {
        Type::Enum(values) => pick(values.values, seed).map_or(Value::Null, |value| Value::from(value.name)),
        Type::Integer { min, .. } => integer(param, seed, min >= 0),
        Type::Float | Type::Float32 => float(param, seed),
        Type::Boolean => Value::from(seed.is_multiple_of(2)),
        Type::Date => Value::from(format!("2024-05-{day:02}")),
        Type::DateTime => Value::from(format!("2024-05-{day:02} {hour:02}:{minute:02}:00")),
        Type::Time => Value::from(format!("2024-05-{day:02}T{hour:02}:{minute:02}:00+08:00")),
        Type::Binary => Value::from("AAECAw=="),
        Type::Json => Value::Object(Map::new()),
        Type::String | Type::Model(_) => text(param, seed, index, day, hour, minute),
    }
}

fn integer(param: &ParamSpec, seed: u64, unsigned: bool) -> Value {
    let range = param.limits.iter().find_map(|limit| match limit {
        Limit::Range(Range::Int { min, max }) => Some((*min, *max)),
        _ => None,
    });
    let (min, max) = range.unwrap_or((None, None));
    let min = min.unwrap_or(if unsigned { 0 } else { max.unwrap_or(0).min(0) });
    let max = max.unwrap_or_else(|| min.saturating_add(999)).max(min);
    let span = max.saturating_sub(min).saturating_add(1).clamp(1, 1_000_000);
    let number = min.saturating_add(i128::from(seed) % span);
    Number::from_i128(number).map_or(Value::from(0), Value::Number)
}

/// A number within the range: 0 to 100 without a range.
fn float(param: &ParamSpec, seed: u64) -> Value {
    #[allow(clippy::cast_precision_loss)]
    let (min, max) = match param.range() {
        Some(Range::Float { min, max }) => (min.map(|(min, _)| min), max.map(|(max, _)| max)),
        Some(Range::Int { min, max }) => (min.map(|min| min as f64), max.map(|max| max as f64)),
        None => (None, None),
    };
    let min = min.unwrap_or_else(|| max.map_or(0.0, |max| max.min(0.0)));
    let max = max.unwrap_or(min + 100.0).max(min);
    let part = f64::from(u32::try_from(seed % 10_000).unwrap_or_default()) / 10_000.0;
    // Few digits where they are enough.
    let number = min + part * (max - min);
    let rounded = (number * 100.0).round() / 100.0;
    Value::from(if (min..=max).contains(&rounded) { rounded } else { number })
}

fn text(param: &ParamSpec, seed: u64, index: u64, day: u64, hour: u64, minute: u64) -> Value {
    let name = param.name;
    let made = if name.ends_with("Time") {
        format!("2024-05-{day:02} {hour:02}:{minute:02}:00")
    } else if name.ends_with("Date") {
        format!("2024-05-{day:02}")
    } else if name.ends_with("Ip") {
        format!("10.{}.{}.{}", seed % 256, seed / 256 % 256, 1 + seed / 65536 % 254)
    } else if name.ends_with("Url") {
        format!("https://example.com/{:08x}", seed & 0xFFFF_FFFF)
    } else if name.ends_with("Id") || name.ends_with("ID") {
        let kind: String = name.chars().filter(char::is_ascii_uppercase).take(4).collect::<String>().to_lowercase();
        format!("{kind}-{:08x}", seed & 0xFFFF_FFFF)
    } else if name.ends_with("Name") {
        format!("{name} {}", index + 1)
    } else {
        format!("{name}-{:04x}", seed & 0xFFFF)
    };
    let length = param.limits.iter().find_map(|limit| match limit {
        Limit::Length(Length { min, max }) => Some((*min, max.unwrap_or(usize::MAX))),
        _ => None,
    });
    let (min, max) = length.unwrap_or((0, usize::MAX));
    let mut made: String = made.chars().take(max).collect();
    // A text is not made longer than this, even if the limit is a million characters.
    while made.chars().count() < min.min(4096) {
        made.push('x');
    }
    Value::from(made)
}

fn pick<T>(values: &[T], seed: u64) -> Option<&T> {
    let position = usize::try_from(seed % (values.len().max(1) as u64)).unwrap_or_default();
    values.get(position)
}
