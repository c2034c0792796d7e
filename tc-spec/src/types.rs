//! What a value is, how often it may occur, and what limits it.

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

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// Of whole numbers.
    Int {
        /// The least one.
        min: Option<i128>,
        /// The greatest one.
        max: Option<i128>,
    },
    /// Of numbers with a fraction: value and how it was written.
    Float {
        /// The least one.
        min: Option<(f64, &'static str)>,
        /// The greatest one.
        max: Option<(f64, &'static str)>,
    },
}

/// A range of counts, both ends included: items of a list, characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The least count; 0 where none was named.
    pub min: usize,
    /// The greatest count.
    pub max: Option<usize>,
}

/// A set of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// As it was written: `A-Za-z0-9-%@#&_`.
    pub text: &'static str,
    /// The same as ranges, both ends included.
    pub ranges: &'static [(char, char)],
}

impl Charset {
    /// Whether `character` is in the set.
    pub const fn contains(&self, character: char) -> bool {
        let mut ranges = self.ranges;
        while let [(first, last), rest @ ..] = ranges {
            if *first as u32 <= character as u32 && character as u32 <= *last as u32 {
                return true;
            }
            ranges = rest;
        }
        false
    }
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
