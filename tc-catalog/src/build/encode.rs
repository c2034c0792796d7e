//! Writing the data file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::model::{LimitData, MemberData, ModuleData, ObjectData, PageData, PageEnds};
use crate::format::{HEADER, MAGIC, action, checksum, end, kind, limit, member, page, reach, scalar};
use crate::read::Status;
use crate::types::Type;
use crate::{Ends, Number, Scalar, Site};

/// The contents of a file.
pub(crate) struct Contents {
    pub(crate) sources: String,
    /// In the order of their folders' names.
    pub(crate) services: Vec<ServiceContents>,
}

pub(crate) struct ServiceContents {
    pub(crate) folder: String,
    pub(crate) wire: String,
    /// In ascending order.
    pub(crate) versions: Vec<VersionContents>,
    /// For each site, positions in the versions, the default one first.
    pub(crate) order: [Vec<u8>; 2],
}

pub(crate) struct VersionContents {
    pub(crate) date: String,
    pub(crate) sites: [Option<ModuleData>; 2],
    pub(crate) codes: Vec<String>,
}

/// The bytes of the file.
pub(crate) fn file(contents: &Contents) -> Vec<u8> {
    let (mut index, mut frames) = (Vec::new(), Vec::new());
    text(&mut index, &contents.sources);
    write_frame(&mut index, &mut frames, &parameters(contents));
    size(&mut index, contents.services.len());
    for service in &contents.services {
        text(&mut index, &service.folder);
        text(&mut index, &service.wire);
        size(&mut index, service.versions.len());
        for version in &service.versions {
            write_version(&mut index, &mut frames, version);
        }
        for order in &service.order {
            size(&mut index, order.len());
            index.extend_from_slice(order);
        }
    }
    let mut file = Vec::with_capacity(HEADER + index.len() + frames.len());
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&u32::try_from(index.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend_from_slice(&checksum(&index).to_le_bytes());
    file.append(&mut index);
    file.append(&mut frames);
    file
}

fn write_version(index: &mut Vec<u8>, frames: &mut Vec<u8>, version: &VersionContents) {
    text(index, &version.date);
    let sites = Site::ALL.into_iter().filter(|site| version.sites[site.index()].is_some());
    index.push(sites.map(Site::bit).sum());
    for data in version.sites.iter().flatten() {
        write_frame(index, frames, &frame(data));
    }
    if version.codes.is_empty() {
        size(index, 0);
    } else {
        write_frame(index, frames, version.codes.join("\n").as_bytes());
    }
    let names = names(version);
    size(index, names.len());
    index.extend_from_slice(&names);
}

fn write_frame(index: &mut Vec<u8>, frames: &mut Vec<u8>, bytes: &[u8]) {
    let deflated = miniz_oxide::deflate::compress_to_vec(bytes, 10);
    size(index, deflated.len());
    size(index, bytes.len());
    index.extend_from_slice(&checksum(&deflated).to_le_bytes());
    frames.extend_from_slice(&deflated);
}

/// The names of the actions of both sites, with the sites that have them, in order.
fn actions(version: &VersionContents) -> BTreeMap<&str, u8> {
    let mut all = BTreeMap::new();
    for site in Site::ALL {
        for action in version.sites[site.index()].iter().flat_map(|data| &data.actions) {
            *all.entry(action.name.as_str()).or_default() |= site.bit();
        }
    }
    all
}

/// The names of the actions, front-coded.
fn names(version: &VersionContents) -> Vec<u8> {
    let all = actions(version);
    let mut bytes = Vec::new();
    size(&mut bytes, all.len());
    let mut before = "";
    for (name, sites) in all {
        let shared = shared(before, name);
        size(&mut bytes, (shared << 2) | usize::from(sites));
        text(&mut bytes, &name[shared..]);
        before = name;
    }
    bytes
}

/// The names of all parameters with the actions that have them, front-coded.
fn parameters(contents: &Contents) -> Vec<u8> {
    let mut postings: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut first = 0;
    for version in contents.services.iter().flat_map(|service| &service.versions) {
        let all = actions(version);
        let positions: HashMap<&str, usize> = all.keys().enumerate().map(|(at, name)| (*name, first + at)).collect();
        for data in version.sites.iter().flatten() {
            for action in &data.actions {
                for member in &data.objects[action.request].members {
                    postings.entry(&member.name).or_default().insert(positions[action.name.as_str()]);
                }
            }
        }
        first += all.len();
    }
    let mut bytes = Vec::new();
    size(&mut bytes, postings.len());
    let mut before = "";
    for (name, actions) in postings {
        let shared = shared(before, name);
        size(&mut bytes, shared);
        text(&mut bytes, &name[shared..]);
        let (mut distances, mut last) = (Vec::new(), 0);
        for action in actions {
            size(&mut distances, action - last);
            last = action;
        }
        size(&mut bytes, distances.len());
        bytes.append(&mut distances);
        before = name;
    }
    bytes
}

fn shared(before: &str, name: &str) -> usize {
    before.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count()
}

/// The bytes of a frame, not yet deflated.
pub(crate) fn frame(data: &ModuleData) -> Vec<u8> {
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

fn size(bytes: &mut Vec<u8>, value: usize) {
    varint(bytes, value as u128);
}

fn varint(bytes: &mut Vec<u8>, mut value: u128) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            return bytes.push(low);
        }
        bytes.push(low | 0x80);
    }
}

fn signed(bytes: &mut Vec<u8>, value: i128) {
    // Zigzag: small numbers of either sign are short.
    varint(bytes, ((value << 1) ^ (value >> 127)).cast_unsigned());
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    size(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}
