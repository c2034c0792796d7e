//! The index: services, versions, where their frames are, and the names of all actions.

use std::ops::ControlFlow;

use super::bytes::{Bytes, Span};
use crate::Site;
use crate::format::{HEADER, MAGIC, checksum};

/// The greatest accepted length of an inflated frame. Real frames are far smaller; a greater length is damage.
const MAX_FRAME: usize = 64 << 20;

#[derive(Debug)]
pub(crate) struct Index {
    pub(crate) sources: Span,
    /// The frame with the names of all parameters.
    pub(crate) parameters: Option<usize>,
    /// How many names of actions all versions have together.
    pub(crate) actions: usize,
    pub(crate) services: Vec<RawService>,
    pub(crate) frames: Vec<RawFrame>,
}

#[derive(Debug)]
pub(crate) struct RawService {
    pub(crate) folder: Span,
    pub(crate) wire: Span,
    pub(crate) versions: Vec<RawVersion>,
    /// For each site, positions in `versions`, the default version first.
    pub(crate) order: [Vec<u8>; 2],
}

#[derive(Debug)]
pub(crate) struct RawVersion {
    pub(crate) date: Span,
    /// For each site, a position in the frames.
    pub(crate) frames: [Option<usize>; 2],
    pub(crate) codes: Option<usize>,
    /// Where the names of the actions are in the file.
    names: (usize, usize),
    /// The position of the first of them among those of all versions.
    pub(crate) first: usize,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct RawFrame {
    pub(crate) at: usize,
    pub(crate) len: usize,
    pub(crate) inflated: usize,
    pub(crate) checksum: u64,
}

/// The error of reading the index of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexError {
    Foreign,
    Damaged,
}

impl Index {
    /// Reads the whole index of a file and checks it.
    pub(crate) fn read(file: &[u8]) -> Result<Self, IndexError> {
        let mut header = Bytes::new(file);
        if header.take(MAGIC.len()) != Some(&MAGIC) {
            return Err(IndexError::Foreign);
        }
        let length = header.u32_le().and_then(|length| usize::try_from(length).ok()).ok_or(IndexError::Damaged)?;
        let sum = header.u64_le().ok_or(IndexError::Damaged)?;
        let index = header.take(length).ok_or(IndexError::Damaged)?;
        if checksum(index) != sum {
            return Err(IndexError::Damaged);
        }
        Self::decode(file, HEADER + length).ok_or(IndexError::Damaged)
    }

    fn decode(file: &[u8], end: usize) -> Option<Self> {
        let mut bytes = Bytes::new(file.get(..end)?);
        bytes.take(HEADER)?;
        let sources = text(&mut bytes, file)?;
        let mut index = Self { sources, parameters: None, actions: 0, services: Vec::new(), frames: Vec::new() };
        let (mut next, mut parameters) = (end, None);
        index.frame(&mut bytes, file, &mut next, &mut parameters)?;
        index.parameters = parameters;
        let count = bytes.count()?;
        index.services.reserve(count);
        index.frames.reserve(3 * count);
        for _ in 0..count {
            let service = index.service(&mut bytes, file, &mut next)?;
            index.services.push(service);
        }
        let ascend =
            index.services.windows(2).all(|pair| span_text(file, pair[0].folder) < span_text(file, pair[1].folder));
        (bytes.is_at_end() && next == file.len() && ascend).then_some(index)
    }

    fn service(&mut self, bytes: &mut Bytes<'_>, file: &[u8], next: &mut usize) -> Option<RawService> {
        let (folder, wire) = (text(bytes, file)?, text(bytes, file)?);
        let count = bytes.count()?;
        let mut versions = Vec::with_capacity(count);
        for _ in 0..count {
            versions.push(self.version(bytes, file, next)?);
        }
        let mut order = [Vec::new(), Vec::new()];
        for site in Site::ALL {
            let here = versions.iter().filter(|version| version.frames[site.index()].is_some()).count();
            if bytes.count()? != here {
                return None;
            }
            for _ in 0..here {
                let position = bytes.byte()?;
                versions.get(usize::from(position))?.frames[site.index()]?;
                order[site.index()].push(position);
            }
        }
        Some(RawService { folder, wire, versions, order })
    }

    fn version(&mut self, bytes: &mut Bytes<'_>, file: &[u8], next: &mut usize) -> Option<RawVersion> {
        let date = text(bytes, file)?;
        let sites = bytes.byte()?;
        if sites == 0 || sites & !(Site::China.bit() | Site::International.bit()) != 0 {
            return None;
        }
        let mut frames = [None; 2];
        for site in Site::ALL {
            if sites & site.bit() != 0 {
                self.frame(bytes, file, next, &mut frames[site.index()])?;
                frames[site.index()]?;
            }
        }
        let mut codes = None;
        self.frame(bytes, file, next, &mut codes)?;
        let length = bytes.size()?;
        let start = bytes.position();
        let names = (start, start.checked_add(length)?);
        // Read only by a search: the names are most of the index.
        let first = self.actions;
        self.actions = first.checked_add(Bytes::new(bytes.take(length)?).count()?)?;
        Some(RawVersion { date, frames, codes, names, first })
    }

    /// Reads where a frame is, which is absent if its length is 0.
    fn frame(
        &mut self,
        bytes: &mut Bytes<'_>,
        file: &[u8],
        next: &mut usize,
        position: &mut Option<usize>,
    ) -> Option<()> {
        let len = bytes.size()?;
        if len == 0 {
            return Some(());
        }
        let (inflated, checksum) = (bytes.size()?, bytes.u64_le()?);
        let at = *next;
        *next = at.checked_add(len)?;
        if *next > file.len() || inflated > MAX_FRAME {
            return None;
        }
        *position = Some(self.frames.len());
        self.frames.push(RawFrame { at, len, inflated, checksum });
        Some(())
    }
}

impl RawVersion {
    pub(crate) fn is_on(&self, site: Site) -> bool {
        self.frames[site.index()].is_some()
    }

    /// Calls `each` with the name of every action and the sites that have it.
    pub(crate) fn each_action<B>(
        &self,
        file: &[u8],
        mut each: impl FnMut(&str, u8) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let Some(mut names) = file.get(self.names.0..self.names.1).and_then(Names::new) else {
            return ControlFlow::Continue(());
        };
        while names.remaining > 0 {
            let Some((name, sites)) = names.next() else { break };
            each(name, sites)?;
        }
        ControlFlow::Continue(())
    }

    /// Whether the version has this action on this site.
    pub(crate) fn has_action(&self, file: &[u8], site: Site, action: &str) -> bool {
        let found = self.each_action(file, |name, sites| {
            if name == action && sites & site.bit() != 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        found.is_break()
    }
}

/// The names of the actions of a version, front-coded.
struct Names<'a> {
    bytes: Bytes<'a>,
    remaining: usize,
    name: String,
}

impl<'a> Names<'a> {
    fn new(coded: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes::new(coded);
        let remaining = bytes.count()?;
        Some(Self { bytes, remaining, name: String::with_capacity(64) })
    }

    fn next(&mut self) -> Option<(&str, u8)> {
        self.remaining -= 1;
        let head = self.bytes.size()?;
        let shared = head >> 2;
        let len = self.bytes.size()?;
        let rest = self.bytes.take(len)?;
        if shared > self.name.len() || !rest.is_ascii() {
            return None;
        }
        self.name.truncate(shared);
        self.name.push_str(std::str::from_utf8(rest).ok()?);
        Some((&self.name, u8::try_from(head & 3).ok()?))
    }
}

/// A text of the index.
fn text(bytes: &mut Bytes<'_>, file: &[u8]) -> Option<Span> {
    let span = bytes.text()?;
    span.bytes(file).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    Some(span)
}

/// The text at `span`, which was checked when the index was read.
pub(crate) fn span_text(file: &[u8], span: Span) -> &str {
    span.bytes(file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}
