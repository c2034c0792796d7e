//! Writes a frame: the objects and the actions of a version of a service on one site.

use std::collections::HashMap;

use super::bytes::{signed, size, varint};
use crate::build::model::{LimitData, MemberData, ModuleData, ObjectData, PageData, PageEnds};
use crate::format::{action, end, kind, limit, member, page, reach, scalar};
use crate::read::Status;
use crate::types::Type;
use crate::{Ends, Number, Scalar};

/// The bytes of a frame, not yet deflated.
pub(super) fn frame(data: &ModuleData) -> Vec<u8> {
    let mut writer = FrameWriter::default();
    size(&mut writer.body, data.objects.len());
    for object in &data.objects {
        writer.object(object);
    }
    size(&mut writer.body, data.actions.len());
    for declared in &data.actions {
        writer.name(&declared.name);
        size(&mut writer.body, declared.request);
        size(&mut writer.body, declared.response);
        let mut bits = match declared.status {
            Status::Online => 0,
            Status::Deprecated => action::DEPRECATED,
            Status::Offline => action::OFFLINE,
        };
        bits |= if declared.skip_sign { action::SKIP_SIGN } else { 0 };
        bits |= if declared.streaming { action::STREAMING } else { 0 };
        bits |= if declared.rate.is_some() { action::RATE } else { 0 };
        bits |= if declared.page.is_some() { action::PAGE } else { 0 };
        writer.body.push(bits);
        if let Some(rate) = declared.rate {
            size(&mut writer.body, rate as usize);
        }
        if let Some(page) = &declared.page {
            writer.page(page);
        }
    }
    let mut bytes = Vec::new();
    size(&mut bytes, writer.strings.len());
    for string in &writer.strings {
        size(&mut bytes, string.len());
    }
    for string in &writer.strings {
        bytes.extend_from_slice(string.as_bytes());
    }
    bytes.append(&mut writer.body);
    bytes
}

#[derive(Default)]
struct FrameWriter<'a> {
    strings: Vec<&'a str>,
    positions: HashMap<&'a str, usize>,
    body: Vec<u8>,
}

impl<'a> FrameWriter<'a> {
    /// The reference to a string: 0 for the first one that was not referred to before, or its position plus 1.
    fn reference(&mut self, string: &'a str) -> usize {
        if let Some(position) = self.positions.get(string) {
            return position + 1;
        }
        self.positions.insert(string, self.strings.len());
        self.strings.push(string);
        0
    }

    fn name(&mut self, string: &'a str) {
        let reference = self.reference(string);
        size(&mut self.body, reference);
    }

    fn optional(&mut self, string: Option<&'a str>) {
        let reference = string.map_or(0, |string| self.reference(string) + 1);
        size(&mut self.body, reference);
    }

    fn object(&mut self, object: &'a ObjectData) {
        self.name(&object.name);
        let request = if object.in_request { reach::REQUEST } else { 0 };
        let response = if object.in_response { reach::RESPONSE } else { 0 };
        self.body.push(request | response);
        size(&mut self.body, object.members.len());
        for member in &object.members {
            self.member(member);
        }
    }

    fn member(&mut self, declared: &'a MemberData) {
        self.name(&declared.name);
        let kind = match declared.ty {
            Type::String => kind::STRING,
            Type::Int64 => kind::INT64,
            Type::Uint64 => kind::UINT64,
            Type::Float => kind::FLOAT,
            Type::Bool => kind::BOOL,
            Type::Date => kind::DATE,
            Type::DateTime => kind::DATETIME,
            Type::DateTimeIso => kind::DATETIME_ISO,
            Type::Binary => kind::BINARY,
            Type::Object(_) => kind::OBJECT,
        };
        let has_own = declared.stated != declared.merged;
        let bits: u16 = [
            (declared.list, member::LIST),
            (declared.required, member::REQUIRED),
            (declared.nullable, member::NULLABLE),
            (declared.output_required, member::OUTPUT_REQUIRED),
            (declared.deprecated, member::DEPRECATED),
            (declared.sensitive, member::SENSITIVE),
            (declared.boxed, member::BOXED),
            (declared.clears, member::CLEARS),
            (!declared.merged.is_empty(), member::LIMITS),
            (has_own, member::OWN),
        ]
        .into_iter()
        .filter_map(|(is_set, bit)| is_set.then_some(bit))
        .sum();
        let [low, high] = bits.to_le_bytes();
        self.body.extend_from_slice(&[low | kind, high]);
        if let Type::Object(object) = declared.ty {
            size(&mut self.body, object);
        }
        if !declared.merged.is_empty() {
            self.limits(&declared.merged);
        }
        if has_own {
            self.limits(&declared.stated);
        }
    }

    fn limits(&mut self, limits: &'a LimitData) {
        let LimitData { range, items, length, default, values } = limits;
        let which: u8 = [
            (range.is_some(), limit::RANGE),
            (items.is_some(), limit::ITEMS),
            (length.is_some(), limit::LENGTH),
            (default.is_some(), limit::DEFAULT),
            (values.is_some(), limit::VALUES),
        ]
        .into_iter()
        .filter_map(|(is_set, bit)| is_set.then_some(bit))
        .sum();
        self.body.push(which);
        if let Some(range) = range {
            self.range(*range);
        }
        for counts in [items, length].into_iter().flatten() {
            self.body.push(ends(counts));
            for count in [counts.0, counts.1].into_iter().flatten() {
                varint(&mut self.body, u128::from(count));
            }
        }
        if let Some(default) = default {
            self.scalar(default);
        }
        if let Some(values) = values {
            size(&mut self.body, values.len());
            for value in values {
                self.scalar(value);
            }
        }
    }

    fn range(&mut self, range: Ends<Number>) {
        let numbers = [range.0, range.1];
        let is_scaled = numbers.iter().flatten().any(|number| number.as_int().is_none());
        self.body.push(ends(&range) | if is_scaled { end::SCALED } else { 0 });
        for number in numbers.into_iter().flatten() {
            let (digits, scale) = number.parts();
            signed(&mut self.body, digits);
            if is_scaled {
                self.body.push(scale);
            }
        }
    }

    fn scalar(&mut self, value: &'a Scalar) {
        match value {
            Scalar::Bool(value) => self.body.push(if *value { scalar::TRUE } else { scalar::FALSE }),
            Scalar::Number(number) => {
                let (digits, scale) = number.parts();
                self.body.push(if scale == 0 { scalar::INT } else { scalar::DECIMAL });
                signed(&mut self.body, digits);
                if scale > 0 {
                    self.body.push(scale);
                }
            }
            Scalar::Text(text) => {
                self.body.push(scalar::TEXT);
                self.name(text);
            }
        }
    }

    fn page(&mut self, data: &'a PageData) {
        let (form, first, names, ends): (u8, u8, [Option<&'a String>; 4], &'a PageEnds) = match data {
            PageData::Offset { offset, limit, ends } => {
                (page::OFFSET, 0, [Some(offset), Some(limit), None, None], ends)
            }
            PageData::Number { number, size, first, ends } => {
                (page::NUMBER, *first, [Some(number), Some(size), None, None], ends)
            }
            PageData::Token { token, next, more, size, ends } => {
                (page::TOKEN, 0, [Some(token), Some(next), more.as_ref(), size.as_ref()], ends)
            }
        };
        self.body.extend_from_slice(&[form, first]);
        for name in names.into_iter().chain([ends.total.as_ref(), ends.items.as_ref()]) {
            self.optional(name.map(String::as_str));
        }
    }
}

fn ends<T>((min, max): &Ends<T>) -> u8 {
    (if min.is_some() { end::MIN } else { 0 }) | (if max.is_some() { end::MAX } else { 0 })
}
