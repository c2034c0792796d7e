//! The limits of a member.

use super::bytes::{Bytes, Span};
use super::frame::{Frame, Strings};
use crate::format::{end, limit, scalar};
use crate::{Number, Scalar};

/// Two ends, each of which may be open.
pub type Ends<T> = (Option<T>, Option<T>);

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RawLimits {
    range: Option<Ends<Number>>,
    items: Option<Ends<u64>>,
    length: Option<Ends<u64>>,
    default: Option<RawScalar>,
    /// A part of the frame's scalars.
    values: Option<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum RawScalar {
    Bool(bool),
    Number(Number),
    Text(Span),
}

impl RawLimits {
    pub(crate) fn decode(
        bytes: &mut Bytes<'_>,
        strings: &mut Strings<'_>,
        scalars: &mut Vec<RawScalar>,
    ) -> Option<Self> {
        let which = bytes.byte()?;
        let mut limits = Self::default();
        if which & limit::RANGE != 0 {
            let ends = bytes.byte()?;
            let mut number =
                |bit| if ends & bit == 0 { Some(None) } else { bytes.number(ends & end::SCALED != 0).map(Some) };
            limits.range = Some((number(end::MIN)?, number(end::MAX)?));
        }
        if which & limit::ITEMS != 0 {
            limits.items = Some(counts(bytes)?);
        }
        if which & limit::LENGTH != 0 {
            limits.length = Some(counts(bytes)?);
        }
        if which & limit::DEFAULT != 0 {
            limits.default = Some(RawScalar::decode(bytes, strings)?);
        }
        if which & limit::VALUES != 0 {
            let (first, len) = (scalars.len(), bytes.count()?);
            for _ in 0..len {
                scalars.push(RawScalar::decode(bytes, strings)?);
            }
            limits.values = Some((u32::try_from(first).ok()?, u32::try_from(len).ok()?));
        }
        Some(limits)
    }
}

fn counts(bytes: &mut Bytes<'_>) -> Option<Ends<u64>> {
    let ends = bytes.byte()?;
    let mut count = |bit| if ends & bit == 0 { Some(None) } else { bytes.size().map(|size| Some(size as u64)) };
    Some((count(end::MIN)?, count(end::MAX)?))
}

impl RawScalar {
    fn decode(bytes: &mut Bytes<'_>, strings: &mut Strings<'_>) -> Option<Self> {
        Some(match bytes.byte()? {
            scalar::FALSE => Self::Bool(false),
            scalar::TRUE => Self::Bool(true),
            scalar::INT => Self::Number(bytes.number(false)?),
            scalar::DECIMAL => Self::Number(bytes.number(true)?),
            scalar::TEXT => Self::Text(strings.next(bytes)?),
            _ => return None,
        })
    }

    fn of(self, frame: &Frame) -> ScalarRef<'_> {
        match self {
            Self::Bool(value) => ScalarRef::Bool(value),
            Self::Number(number) => ScalarRef::Number(number),
            Self::Text(span) => ScalarRef::Text(span.of(&frame.text)),
        }
    }
}

/// The limits and the default of a member, as far as the documentation states them.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    frame: &'a Frame,
    raw: RawLimits,
}

impl<'a> Limits<'a> {
    /// The limits at `position` of the frame, plus 1; none for 0.
    pub(crate) fn at(frame: &'a Frame, position: u32) -> Self {
        let raw = (position as usize).checked_sub(1).and_then(|index| frame.limits.get(index)).copied();
        Self { frame, raw: raw.unwrap_or_default() }
    }

    /// The accepted numbers, both ends included; of a list, of each of its items.
    pub fn range(&self) -> Option<Ends<Number>> {
        self.raw.range
    }

    /// The accepted numbers of items of a list.
    pub fn items(&self) -> Option<Ends<u64>> {
        self.raw.items
    }

    /// The accepted numbers of characters; of a list, of each of its items.
    pub fn length(&self) -> Option<Ends<u64>> {
        self.raw.length
    }

    /// What the server assumes if the member is absent.
    pub fn default_value(&self) -> Option<ScalarRef<'a>> {
        self.raw.default.map(|default| default.of(self.frame))
    }

    /// The accepted values; of a list, of each of its items.
    pub fn values(&self) -> Option<impl ExactSizeIterator<Item = ScalarRef<'a>> + use<'a>> {
        let (first, len) = self.raw.values?;
        let (first, frame) = (first as usize, self.frame);
        let values = frame.scalars.get(first..first + len as usize)?;
        Some(values.iter().map(move |value| value.of(frame)))
    }

    /// Whether the member has neither a limit nor a default.
    pub fn is_empty(&self) -> bool {
        let RawLimits { range, items, length, default, values } = self.raw;
        range.is_none() && items.is_none() && length.is_none() && default.is_none() && values.is_none()
    }
}

/// A default or one accepted value, borrowed from the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarRef<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(&'a str),
}

impl ScalarRef<'_> {
    /// The same value, owned.
    pub fn to_owned(self) -> Scalar {
        match self {
            Self::Bool(value) => Scalar::Bool(value),
            Self::Number(number) => Scalar::Number(number),
            Self::Text(text) => Scalar::Text(text.to_owned()),
        }
    }
}
