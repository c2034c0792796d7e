//! The declared types of the metadata.

use std::fmt;

/// The declared type of one value; of a list, of each of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type<O> {
    /// Text.
    String,
    /// A signed integer of 64 bits.
    Int64,
    /// An unsigned integer of 64 bits.
    Uint64,
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Bool,
    /// A date: `2018-10-01`.
    Date,
    /// A date and a time without a zone: `2018-10-01 10:00:00`.
    DateTime,
    /// A date and a time of ISO 8601: `2018-10-01T10:00:00+08:00`.
    DateTimeIso,
    /// Bytes.
    Binary,
    /// An object.
    Object(O),
}

impl<O> Type<O> {
    /// The type with its object replaced.
    pub fn map<P>(self, object: impl FnOnce(O) -> P) -> Type<P> {
        match self {
            Self::String => Type::String,
            Self::Int64 => Type::Int64,
            Self::Uint64 => Type::Uint64,
            Self::Float => Type::Float,
            Self::Bool => Type::Bool,
            Self::Date => Type::Date,
            Self::DateTime => Type::DateTime,
            Self::DateTimeIso => Type::DateTimeIso,
            Self::Binary => Type::Binary,
            Self::Object(of) => Type::Object(object(of)),
        }
    }

    /// Whether a value is text: a string, or a date or time in the form of one.
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Date | Self::DateTime | Self::DateTimeIso)
    }

    /// Whether a value is a whole number.
    pub const fn is_integer(&self) -> bool {
        matches!(self, Self::Int64 | Self::Uint64)
    }

    /// The metadata's word for the form of one value: `string`, `int`, `float`, `bool`, `binary` or `object`.
    pub const fn form(&self) -> &'static str {
        match self {
            Self::String | Self::Date | Self::DateTime | Self::DateTimeIso => "string",
            Self::Int64 | Self::Uint64 => "int",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Binary => "binary",
            Self::Object(_) => "object",
        }
    }
}

/// The metadata's word for the type: `int64`, `datetime_iso`; of an object, its name.
impl<O: fmt::Display> fmt::Display for Type<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "string",
            Self::Int64 => "int64",
            Self::Uint64 => "uint64",
            Self::Float => "float",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::DateTimeIso => "datetime_iso",
            Self::Binary => "binary",
            Self::Object(object) => return object.fmt(f),
        })
    }
}
