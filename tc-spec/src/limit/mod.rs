//! The documented limits of a parameter, one file for each.
//!
//! The file of a limit has its type, the types it applies to, its check, its messages, and its description. Every `match` here
//! and in the readers (`#[tc(…)]` in tc-macros, the emulator in tc-core) lists all limits, so that a new limit does not
//! compile until all of them handle it. Other crates re-export all items of this module, so they need no change.

mod charset;
mod count;
mod items;
mod length;
mod range;
mod values;

pub use charset::Charset;
pub use items::Items;
pub use length::Length;
pub use range::Range;
pub use values::Values;

pub(crate) use range::accepted_numbers;
pub(crate) use values::KnownTexts;

use std::fmt;

use crate::{Literal, Message, ParamSpec, Type};

/// A documented limit of a parameter.
///
/// ```
/// use tc_spec::{Items, Limit};
///
/// let limit = Limit::Items(Items { min: 1, max: Some(20) });
/// assert!(limit.accepts_count(20) && !limit.accepts_count(0));
/// assert_eq!(limit.to_string(), "1 to 20 items");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// The accepted numbers; for a list, of each item.
    Range(Range),
    /// The accepted number of items of a list.
    Items(Items),
    /// The accepted number of characters; for a list, of each item.
    Length(Length),
    /// The accepted characters; for a list, of each item.
    Charset(Charset),
    /// The accepted values; for a list, of each item.
    Values(Values),
}

macro_rules! kinds {
    ($($kind:ident $key:literal),* $(,)?) => {
        /// The kinds of limits.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum LimitKind {
            $(
                #[doc = concat!("`", $key, " = …`")]
                $kind,
            )*
        }

        impl LimitKind {
            /// Every kind, in the order in which documentation shows them.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Returns the key in `#[tc(…)]`.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key,)*
                }
            }
        }
    };
}

kinds!(Range "range", Items "items", Length "length", Charset "charset", Values "values");

impl Limit {
    /// Returns the kind of this limit.
    pub const fn kind(&self) -> LimitKind {
        match self {
            Self::Range(_) => LimitKind::Range,
            Self::Items(_) => LimitKind::Items,
            Self::Length(_) => LimitKind::Length,
            Self::Charset(_) => LimitKind::Charset,
            Self::Values(_) => LimitKind::Values,
        }
    }

    /// Returns whether it can limit a parameter of this type, or a list of this type.
    pub const fn applies_to(&self, ty: Type, is_list: bool) -> bool {
        match self {
            Self::Range(range) => range.applies_to(ty),
            Self::Items(_) => is_list,
            Self::Length(_) | Self::Charset(_) => ty.is_text(),
            Self::Values(values) => values.applies_to(ty),
        }
    }

    /// Returns whether it limits each value, and not the number of items.
    pub const fn is_of_values(&self) -> bool {
        match self {
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => true,
            Self::Items(_) => false,
        }
    }

    /// Returns whether it accepts one value, or one item of a list. It accepts any value of a type that it does not apply to.
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match self {
            Self::Range(range) => range.accepts(literal),
            Self::Items(_) => true,
            Self::Length(length) => length.accepts(literal),
            Self::Charset(charset) => charset.accepts(literal),
            Self::Values(values) => values.accepts(literal),
        }
    }

    /// Returns whether it accepts a list with this number of items.
    pub const fn accepts_count(&self, count: usize) -> bool {
        match self {
            Self::Items(items) => items.accepts(count),
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => true,
        }
    }

    /// Appends the value and what is accepted to `message`: "is 101; at most 100 is accepted".
    pub(crate) const fn describe(&self, message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
        match self {
            Self::Range(_) => range::describe(message, param, literal),
            Self::Items(_) => message,
            Self::Length(length) => length.describe(message, literal),
            Self::Charset(charset) => charset.describe(message, param, literal),
            Self::Values(values) => values.describe(message, param, literal),
        }
    }

    /// Appends the number of items and what is accepted to `message`.
    pub(crate) const fn describe_count(&self, message: Message, count: usize) -> Message {
        match self {
            Self::Items(items) => items.describe(message, count),
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => message,
        }
    }

    /// Returns what it applies to, for messages: "`range` limits numbers".
    pub const fn purpose(&self) -> &'static str {
        match self {
            Self::Range(range) => range.purpose(),
            Self::Items(_) => "`items` counts the items of a list",
            Self::Length(_) => "`length` counts the characters of a text",
            Self::Charset(_) => "`charset` lists the characters of a text",
            Self::Values(values) => values.purpose(),
        }
    }
}

/// A description of what is accepted: `1 to 100`, `at most 20 items`, `S | M`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(range) => range.fmt(f),
            Self::Items(items) => items.fmt(f),
            Self::Length(length) => length.fmt(f),
            Self::Charset(charset) => charset.fmt(f),
            Self::Values(values) => values.fmt(f),
        }
    }
}
