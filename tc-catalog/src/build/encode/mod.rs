//! Writes the data file: the index and the compressed frames.

mod bytes;
mod frame;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bytes::{size, text};
use frame::frame;

use super::model::ModuleData;
use crate::Site;
use crate::format::{HEADER, MAGIC, checksum};

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
