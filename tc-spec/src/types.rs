//! What a value is, and how often it may occur.

use crate::ModelRef;

/// What one value of a parameter is.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// Text.
    String,
    /// A whole number, between the ends of its Rust type.
    Integer {
        /// The least number of the Rust type.
        min: i128,
        /// The greatest number of the Rust type.
        max: i128,
    },
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Boolean,
    /// Text that is a date: `2018-10-01`.
    Date,
    /// Text that is a time without a zone: `2018-10-01 10:00:00` (the metadata's `datetime`).
    DateTime,
    /// A time in ISO 8601, `2022-01-01T00:00:00+08:00` (the metadata's `datetime_iso`).
    Time,
    /// Bytes; they make the request `multipart/form-data`.
    Binary,
    /// Text out of a documented list.
    Enum(&'static EnumSpec),
    /// A struct.
    Model(ModelRef),
    /// Any JSON.
    Json,
}

impl Type {
    /// A whole number of 64 bits with a sign: the metadata's `int64`.
    pub const INT64: Self = Self::Integer { min: i64::MIN as i128, max: i64::MAX as i128 };
    /// A whole number of 64 bits without a sign: the metadata's `uint64`.
    pub const UINT64: Self = Self::Integer { min: 0, max: u64::MAX as i128 };

    /// What a value is called in a message: "an integer".
    pub const fn noun(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Date => "a date",
            Self::DateTime => "a date and time",
            Self::Integer { .. } => "an integer",
            Self::Float => "a number",
            Self::Boolean => "a boolean",
            Self::Time => "a time",
            Self::Binary => "bytes",
            Self::Enum(_) => "an enum",
            Self::Model(_) => "a struct",
            Self::Json => "JSON",
        }
    }

    /// What a value must be, for a message: "text" for an enum, otherwise [`noun`](Self::noun).
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Enum(_) => "text",
            other => other.noun(),
        }
    }

    /// Whether a value is text that `length`, `charset` and `values` can limit.
    pub const fn is_text(self) -> bool {
        match self {
            Self::String | Self::Date | Self::DateTime | Self::Enum(_) => true,
            Self::Integer { .. }
            | Self::Float
            | Self::Boolean
            | Self::Time
            | Self::Binary
            | Self::Model(_)
            | Self::Json => false,
        }
    }
}

/// How often a parameter may occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `T`
    One,
    /// `Option<T>`
    Maybe,
    /// `Vec<T>`: an empty one is left out, unless it is required.
    Many,
    /// `Option<Vec<T>>`: an empty one is sent, for "empty clears, absent leaves alone".
    MaybeMany,
}

/// A documented list of texts.
#[derive(Debug, Clone, Copy)]
pub struct EnumSpec {
    /// The enum's name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The documented values.
    pub values: &'static [EnumValue],
}

impl EnumSpec {
    /// An enum of these values.
    pub const fn new(name: &'static str, doc: &'static str, values: &'static [EnumValue]) -> Self {
        Self { name, doc, values }
    }
}

/// One value of a documented list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnumValue {
    /// The text on the wire: `UserDefine`.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
}
