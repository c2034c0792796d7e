//! The range of the limits `items` and `length`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{EMPTY_RANGE, OPEN_RANGE};
use crate::diagnostics::Diagnostics;
use crate::literal::Number;
use crate::parse::RangeArg;
use crate::tokens::{int, optional};

/// The accepted numbers of items or characters, both ends included.
#[derive(Clone, Copy)]
pub(super) struct Count {
    min: usize,
    max: Option<usize>,
}

impl Count {
    /// Converts a range, or reports that it is not valid.
    pub(super) fn of(key: &str, range: &RangeArg, errors: &mut Diagnostics) -> Option<Self> {
        let RangeArg { start, end, closed, tokens } = range;
        let mut count = |side: &Option<Number>| match side {
            None => Some(None),
            Some(side) => match side.int().and_then(|int| usize::try_from(int).ok()) {
                Some(int) => Some(Some(int)),
                None => {
                    let message = format!("the ends of `{key}` must be whole numbers from 0, as in `{key} = 1..=100`");
                    errors.error(tokens, message);
                    None
                }
            },
        };
        let (start, end) = (count(start)?, count(end)?);
        let min = start.unwrap_or(0);
        let max = match end {
            Some(0) if !closed => {
                errors.error(tokens, EMPTY_RANGE);
                return None;
            }
            Some(end) => Some(if *closed { end } else { end - 1 }),
            None => None,
        };
        if max.is_some_and(|max| max < min) {
            errors.error(tokens, EMPTY_RANGE);
            return None;
        }
        if min == 0 && max.is_none() {
            errors.error(tokens, OPEN_RANGE);
            return None;
        }
        Some(Self { min, max })
    }

    pub(super) fn contains(self, count: usize) -> bool {
        self.min <= count && self.max.is_none_or(|max| count <= max)
    }

    /// The smallest and the largest accepted number.
    #[allow(dead_code, reason = "used by `verify`, which needs the feature `catalog`")]
    pub(super) fn ends(self) -> (Option<Number>, Option<Number>) {
        let number = |count: usize| Number::Int(count as i128);
        (Some(number(self.min)), self.max.map(number))
    }

    /// `{ min: …, max: … }`
    pub(super) fn tokens(self) -> TokenStream {
        let (min, max) = (int(self.min as i128), optional(self.max.map(|max| int(max as i128))));
        quote!({ min: #min, max: #max })
    }

    /// "1 to 100 items"
    pub(super) fn phrase(self, noun: &str) -> String {
        match self {
            Self { min, max: Some(max) } if min == max => format!("Exactly {}", plural(max, noun)),
            Self { min: 0, max: Some(max) } => format!("At most {}", plural(max, noun)),
            Self { min, max: Some(max) } => format!("{min} to {}", plural(max, noun)),
            Self { min, max: None } => format!("At least {}", plural(min, noun)),
        }
    }
}

/// "1 item", "2 items"
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}
