//! A reader of bytes that never reads past their end.

use crate::Number;

/// A position in bytes of the file. Every read returns `None` at the end or at a number that does not fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bytes<'a> {
    all: &'a [u8],
    at: usize,
}

/// A part of a larger text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    pub(crate) fn new(start: usize, len: usize) -> Option<Self> {
        Some(Self { start: u32::try_from(start).ok()?, len: u32::try_from(len).ok()? })
    }

    /// The part of `text`. Empty if the span is outside of it, which the check at opening excludes.
    pub(crate) fn of(self, text: &str) -> &str {
        self.checked(text).unwrap_or_default()
    }

    /// The part of `all`.
    pub(crate) fn bytes(self, all: &[u8]) -> Option<&[u8]> {
        let start = self.start as usize;
        all.get(start..start.checked_add(self.len as usize)?)
    }

    pub(crate) fn checked(self, text: &str) -> Option<&str> {
        let start = self.start as usize;
        text.get(start..start.checked_add(self.len as usize)?)
    }
}

impl<'a> Bytes<'a> {
    pub(crate) const fn new(all: &'a [u8]) -> Self {
        Self { all, at: 0 }
    }

    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    pub(crate) const fn left(&self) -> usize {
        self.all.len() - self.at
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.all.len()
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let byte = *self.all.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    pub(crate) fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let taken = self.all.get(self.at..self.at.checked_add(len)?)?;
        self.at += len;
        Some(taken)
    }

    pub(crate) fn u64_le(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    pub(crate) fn u32_le(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A number of variable length.
    pub(crate) fn size(&mut self) -> Option<usize> {
        // A fast path: most numbers are one byte long, and macros run unoptimised.
        let first = self.byte()?;
        if first < 0x80 {
            return Some(first as usize);
        }
        let mut value = u64::from(first & 0x7f);
        let mut shift = 7;
        loop {
            let byte = self.byte()?;
            if shift > 56 {
                return None;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return usize::try_from(value).ok();
            }
            shift += 7;
        }
    }

    /// A number of entries of at least one byte each. Checked against the rest of the file, so that a damaged count cannot
    /// make the reader allocate more memory than the file is long.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = self.size()?;
        (count <= self.left()).then_some(count)
    }

    /// A signed number of variable length.
    pub(crate) fn signed(&mut self) -> Option<i128> {
        let (mut value, mut shift) = (0_u128, 0);
        loop {
            let byte = self.byte()?;
            let bits = u128::from(byte & 0x7f);
            if shift > 126 || (shift == 126 && bits > 3) {
                return None;
            }
            value |= bits << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        // Both halves fit: a shifted u128 is at most i128::MAX.
        Some(i128::try_from(value >> 1).ok()? ^ -i128::from((value & 1) as u8))
    }

    /// A decimal number; its digits after the point follow where `scaled`.
    pub(crate) fn number(&mut self, scaled: bool) -> Option<Number> {
        let digits = self.signed()?;
        Number::decimal(digits, if scaled { self.byte()? } else { 0 })
    }

    /// A length and as many bytes of text, as a part of all the bytes.
    pub(crate) fn text(&mut self) -> Option<Span> {
        let len = self.size()?;
        let span = Span::new(self.at, len)?;
        self.take(len)?;
        Some(span)
    }
}
