//! One frame, inflated, checked and decoded: the actions and objects of a version of a service on one site.
//!
//! Everything in it is checked when it is decoded, so that nothing read from it later can fail.

use std::sync::OnceLock;

use super::bytes::{Bytes, Span};
use super::limits::{RawLimits, RawScalar};
use super::spec::Specs;
use crate::format::{action, kind, member, page, reach};
use crate::types::Type;

/// The decoded frame. Names are parts of `text`, objects and lists are positions in the vectors.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) text: Box<str>,
    pub(crate) objects: Vec<RawObject>,
    pub(crate) members: Vec<RawMember>,
    pub(crate) actions: Vec<RawAction>,
    pub(crate) limits: Vec<RawLimits>,
    pub(crate) scalars: Vec<RawScalar>,
    pub(crate) pages: Vec<RawPage>,
    pub(crate) specs: OnceLock<Specs>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RawObject {
    pub(crate) name: Span,
    pub(crate) reach: u8,
    pub(crate) first: u32,
    pub(crate) len: u32,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RawMember {
    pub(crate) name: Span,
    pub(crate) ty: Type<u32>,
    pub(crate) bits: u16,
    /// Positions in `limits` plus 1; 0 if the member has no limits.
    pub(crate) limits: u32,
    pub(crate) own: u32,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RawAction {
    pub(crate) name: Span,
    pub(crate) request: u32,
    pub(crate) response: u32,
    pub(crate) bits: u8,
    /// 0 if no rate is documented.
    pub(crate) rate: u32,
    /// A position in `pages` plus 1; 0 where the action does not page.
    pub(crate) page: u32,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RawPage {
    pub(crate) form: u8,
    /// The number of the first page.
    pub(crate) first: u8,
    /// Offset, number or token; limit, size or next token; more; size of a page by tokens; total; items.
    pub(crate) names: [Option<Span>; 6],
}

impl Frame {
    /// Decodes an inflated frame; `None` if it does not follow the format.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes::new(bytes);
        let mut strings = Strings::decode(&mut bytes)?;
        let count = bytes.count()?;
        let mut frame = Self {
            text: "".into(),
            objects: Vec::with_capacity(count),
            members: Vec::with_capacity(count.saturating_mul(8).min(bytes.left())),
            actions: Vec::new(),
            limits: Vec::new(),
            scalars: Vec::new(),
            pages: Vec::new(),
            specs: OnceLock::new(),
        };
        for _ in 0..count {
            frame.object(&mut bytes, &mut strings, count)?;
        }
        let actions = bytes.count()?;
        frame.actions.reserve(actions);
        for _ in 0..actions {
            frame.action(&mut bytes, &mut strings)?;
        }
        let ascend = |a: Span, b: Span| a.of(strings.text) < b.of(strings.text);
        let objects_ascend = frame.objects.windows(2).all(|pair| ascend(pair[0].name, pair[1].name));
        let actions_ascend = frame.actions.windows(2).all(|pair| ascend(pair[0].name, pair[1].name));
        if !bytes.is_at_end() || !objects_ascend || !actions_ascend {
            return None;
        }
        frame.text = strings.text.into();
        Some(frame)
    }

    fn object(&mut self, bytes: &mut Bytes<'_>, strings: &mut Strings<'_>, objects: usize) -> Option<()> {
        let name = strings.next(bytes)?;
        let reach = bytes.byte()?;
        if reach & !(reach::REQUEST | reach::RESPONSE) != 0 {
            return None;
        }
        let len = bytes.count()?;
        let first = self.members.len();
        self.objects.push(RawObject { name, reach, first: u32::try_from(first).ok()?, len: u32::try_from(len).ok()? });
        for _ in 0..len {
            self.member(bytes, strings, objects)?;
        }
        Some(())
    }

    fn member(&mut self, bytes: &mut Bytes<'_>, strings: &mut Strings<'_>, objects: usize) -> Option<()> {
        let name = strings.next(bytes)?;
        let low = bytes.byte()?;
        let bits = u16::from(low & !kind::MASK) | (u16::from(bytes.byte()?) << 8);
        let ty = match low & kind::MASK {
            kind::STRING => Type::String,
            kind::INT64 => Type::Int64,
            kind::UINT64 => Type::Uint64,
            kind::FLOAT => Type::Float,
            kind::BOOL => Type::Bool,
            kind::DATE => Type::Date,
            kind::DATETIME => Type::DateTime,
            kind::DATETIME_ISO => Type::DateTimeIso,
            kind::BINARY => Type::Binary,
            kind::OBJECT => {
                let object = bytes.size()?;
                if object >= objects {
                    return None;
                }
                Type::Object(u32::try_from(object).ok()?)
            }
            _ => return None,
        };
        let mut limits = |bit: u16| -> Option<u32> {
            if bits & bit == 0 {
                return Some(0);
            }
            let read = RawLimits::decode(bytes, strings, &mut self.scalars)?;
            self.limits.push(read);
            u32::try_from(self.limits.len()).ok()
        };
        let (limits, own) = (limits(member::LIMITS)?, limits(member::OWN)?);
        self.members.push(RawMember { name, ty, bits, limits, own });
        Some(())
    }

    fn action(&mut self, bytes: &mut Bytes<'_>, strings: &mut Strings<'_>) -> Option<()> {
        let name = strings.next(bytes)?;
        let (request, response) = (bytes.size()?, bytes.size()?);
        if request >= self.objects.len() || response >= self.objects.len() {
            return None;
        }
        let bits = bytes.byte()?;
        let rate = if bits & action::RATE == 0 { 0 } else { bytes.size()? };
        let mut position = 0;
        if bits & action::PAGE != 0 {
            self.pages.push(RawPage::decode(bytes, strings)?);
            position = self.pages.len();
        }
        self.actions.push(RawAction {
            name,
            request: u32::try_from(request).ok()?,
            response: u32::try_from(response).ok()?,
            bits,
            rate: u32::try_from(rate).ok()?,
            page: u32::try_from(position).ok()?,
        });
        Some(())
    }

    /// The position of the object of this name.
    pub(crate) fn find_object(&self, name: &str) -> Option<usize> {
        self.objects.binary_search_by(|object| object.name.of(&self.text).cmp(name)).ok()
    }

    /// The position of the action of this name.
    pub(crate) fn find_action(&self, name: &str) -> Option<usize> {
        self.actions.binary_search_by(|action| action.name.of(&self.text).cmp(name)).ok()
    }
}

impl RawPage {
    fn decode(bytes: &mut Bytes<'_>, strings: &mut Strings<'_>) -> Option<Self> {
        let (form, first) = (bytes.byte()?, bytes.byte()?);
        let mut names = [None; 6];
        for name in &mut names {
            strings.next_optional(bytes, name)?;
        }
        let complete = names[0].is_some() && names[1].is_some();
        (matches!(form, page::OFFSET | page::NUMBER | page::TOKEN) && complete).then_some(Self { form, first, names })
    }
}

/// The strings of a frame.
pub(crate) struct Strings<'a> {
    text: &'a str,
    spans: Vec<Span>,
    /// How many have been referred to: the next first reference is to this one.
    used: usize,
}

impl<'a> Strings<'a> {
    fn decode(bytes: &mut Bytes<'a>) -> Option<Self> {
        let count = bytes.count()?;
        let mut spans = Vec::with_capacity(count);
        let mut end = 0_usize;
        for _ in 0..count {
            let len = bytes.size()?;
            spans.push(Span::new(end, len)?);
            end = end.checked_add(len)?;
        }
        let text = std::str::from_utf8(bytes.take(end)?).ok()?;
        // A span that starts within a character is not text.
        if text.is_ascii() || spans.iter().all(|span| span.checked(text).is_some()) {
            return Some(Self { text, spans, used: 0 });
        }
        None
    }

    /// Reads a reference and returns its string.
    pub(crate) fn next(&mut self, bytes: &mut Bytes<'_>) -> Option<Span> {
        let reference = bytes.size()?;
        self.resolve(reference)
    }

    /// Reads a string that may be absent.
    fn next_optional(&mut self, bytes: &mut Bytes<'_>, string: &mut Option<Span>) -> Option<()> {
        let reference = bytes.size()?;
        if let Some(reference) = reference.checked_sub(1) {
            *string = Some(self.resolve(reference)?);
        }
        Some(())
    }

    fn resolve(&mut self, reference: usize) -> Option<Span> {
        if let Some(position) = reference.checked_sub(1) {
            return self.spans.get(position).copied();
        }
        let span = *self.spans.get(self.used)?;
        self.used += 1;
        Some(span)
    }
}
