//! The limits that the documentation sets to a parameter, one file each.
//!
//! A limit says which types it applies to, whether it accepts a value, and what to say where it does not. Every match
//! here and in the readers (`#[tc(…)]` in tc-macros, the emulator in tc-core) lists all limits, so that a new one
//! compiles only when it is handled everywhere.

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

use crate::{Literal, Message, ParamSpec, Type};

/// What the documentation accepts of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// The accepted numbers.
    Range(Range),
    /// The accepted numbers of items of a list.
    Items(Items),
    /// The accepted numbers of characters, of each item where it is a list.
    Length(Length),
    /// The accepted characters, of each item where it is a list.
    Charset(Charset),
    /// The accepted values, of each item where it is a list.
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

            /// The key of `#[tc(…)]`.
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
    /// Which kind of limit it is.
    pub const fn kind(&self) -> LimitKind {
        match self {
            Self::Range(_) => LimitKind::Range,
            Self::Items(_) => LimitKind::Items,
            Self::Length(_) => LimitKind::Length,
            Self::Charset(_) => LimitKind::Charset,
            Self::Values(_) => LimitKind::Values,
        }
    }

    /// Whether it limits a parameter of this type, which may be a list.
    pub const fn applies_to(&self, ty: Type, is_list: bool) -> bool {
        match self {
            Self::Range(range) => range.applies_to(ty),
            Self::Items(_) => is_list,
            Self::Length(_) | Self::Charset(_) => ty.is_text(),
            Self::Values(values) => values.applies_to(ty),
        }
    }

    /// Whether it limits each value, and not the number of items.
    pub const fn is_of_values(&self) -> bool {
        match self {
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => true,
            Self::Items(_) => false,
        }
    }

    /// Whether it accepts one value, or one item of a list. A value of a type that it does not apply to is accepted.
    pub const fn accepts(&self, literal: Literal<'_>) -> bool {
        match self {
            Self::Range(range) => range.accepts(literal),
            Self::Items(_) => true,
            Self::Length(length) => length.accepts(literal),
            Self::Charset(charset) => charset.accepts(literal),
            Self::Values(values) => values.accepts(literal),
        }
    }

    /// Whether it accepts a list of this many items.
    pub const fn accepts_count(&self, count: usize) -> bool {
        match self {
            Self::Items(items) => items.accepts(count),
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => true,
        }
    }

    /// `message`, followed by the value that is not accepted and what is: "is 101; at most 100 is accepted".
    pub(crate) const fn describe(&self, message: Message, param: &ParamSpec, literal: Literal<'_>) -> Message {
        match self {
            Self::Range(_) => range::describe(message, param, literal),
            Self::Items(_) => message,
            Self::Length(length) => length.describe(message, literal),
            Self::Charset(charset) => charset.describe(message, param, literal),
            Self::Values(values) => values.describe(message, param, literal),
        }
    }

    /// `message`, followed by the number of items that is not accepted and what is.
    pub(crate) const fn describe_count(&self, message: Message, count: usize) -> Message {
        match self {
            Self::Items(items) => items.describe(message, count),
            Self::Range(_) | Self::Length(_) | Self::Charset(_) | Self::Values(_) => message,
        }
    }

    /// What it is for: "`range` limits numbers".
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
