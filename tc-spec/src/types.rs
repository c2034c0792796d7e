//! The type of a value, and whether a parameter is optional or a list.

use crate::ModelRef;

/// The type of one value of a parameter.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// Text.
    String,
    /// An integer, with the limits of its Rust type.
    Integer {
        /// The minimum of the Rust type.
        min: i128,
        /// The maximum of the Rust type.
        max: i128,
    },
    /// A floating-point number of 64 bits.
    Float,
    /// A floating-point number of 32 bits.
    Float32,
    /// `true` or `false`.
    Boolean,
    /// Text that is a date: `2018-10-01`.
    Date,
    /// Text that is a time without a time zone: `2018-10-01 10:00:00` (`datetime` in the metadata).
    DateTime,
    /// A time in ISO 8601: `2022-01-01T00:00:00+08:00` (`datetime_iso` in the metadata).
    Time,
    /// Bytes. A request with bytes is sent as `multipart/form-data`.
    Binary,
    /// Text from a list of documented values.
    Enum(&'static EnumSpec),
    /// A struct.
    Model(ModelRef),
    /// Any JSON.
    Json,
}

impl Type {
    /// A signed integer of 64 bits (`int64` in the metadata).
    pub const INT64: Self = Self::Integer { min: i64::MIN as i128, max: i64::MAX as i128 };
    /// An unsigned integer of 64 bits (`uint64` in the metadata).
    pub const UINT64: Self = Self::Integer { min: 0, max: u64::MAX as i128 };

    /// Returns what messages call a value of this type: "an integer".
    pub const fn noun(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Date => "a date",
            Self::DateTime => "a date and time",
            Self::Integer { .. } => "an integer",
            Self::Float | Self::Float32 => "a number",
            Self::Boolean => "a boolean",
            Self::Time => "a time",
            Self::Binary => "bytes",
            Self::Enum(_) => "an enum",
            Self::Model(_) => "a struct",
            Self::Json => "JSON",
        }
    }

    /// Returns what a value must be, for messages: "text" for an enum, [`noun`](Self::noun) for other types.
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Enum(_) => "text",
            other => other.noun(),
        }
    }

    /// Returns whether a value is text, which `length`, `charset` and `values` can limit.
    pub const fn is_text(self) -> bool {
        match self {
            Self::String | Self::Date | Self::DateTime | Self::Enum(_) => true,
            Self::Integer { .. }
            | Self::Float
            | Self::Float32
            | Self::Boolean
            | Self::Time
            | Self::Binary
            | Self::Model(_)
            | Self::Json => false,
        }
    }
}

/// Whether a parameter is optional or a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `T`
    One,
    /// `Option<T>`
    Maybe,
    /// `Vec<T>`. An empty list is not sent, unless the parameter is required.
    Many,
    /// `Option<Vec<T>>`. An empty list is sent: for actions where an empty list clears a value and an absent one does not.
    MaybeMany,
}

/// An enum: text from a list of documented values.
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
    /// Creates the spec of an enum with these values.
    pub const fn new(name: &'static str, doc: &'static str, values: &'static [EnumValue]) -> Self {
        Self { name, doc, values }
    }
}

/// One documented value of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnumValue {
    /// The text on the wire: `UserDefine`.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
}
