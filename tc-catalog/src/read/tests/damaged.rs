//! A damaged or malicious file gives an error, never a panic or wrong data.

use crate::Site;
use crate::format::{HEADER, MAGIC, checksum};
use crate::read::frame::Frame;
use crate::read::{Catalog, CatalogError, Module};

static DATA: &[u8] = include_bytes!("../../../data/catalog.bin");

fn index_len() -> usize {
    u32::from_le_bytes(DATA[8..12].try_into().unwrap()) as usize
}

/// Reads everything of a module, to find any panic.
fn walk(module: Module<'_>) -> usize {
    let mut seen = module.error_codes().map_or(0, Iterator::count);
    for action in module.actions() {
        seen += action.name().len() + action.request().name().len() + action.response().members().len();
        seen += usize::from(action.page().is_some()) + action.rate().map_or(0, |_| 1);
    }
    for object in module.objects() {
        for member in object.members() {
            seen += member.name().len() + member.ty().to_string().len();
            for limits in [member.limits(), member.own_limits()] {
                seen += limits.values().map_or(0, Iterator::count) + usize::from(limits.is_empty());
            }
        }
    }
    seen
}

/// Opens a file and reads all modules of some services.
fn read(bytes: Vec<u8>) -> Result<usize, CatalogError> {
    let catalog = Catalog::from_bytes(bytes)?;
    let _ = catalog.search(Site::China, "zone a");
    let _ = catalog.search_parameters(Site::China, "zone a");
    let mut seen = 0;
    for service in catalog.services() {
        for site in Site::ALL {
            for version in service.versions(site) {
                seen += walk(service.module(site, Some(version))?);
            }
        }
    }
    Ok(seen)
}

/// A file of one service with one version on the Chinese site, whose inflated frame is `frame`.
fn file_of(frame: &[u8]) -> Vec<u8> {
    let stored = miniz_oxide::deflate::compress_to_vec(frame, 1);
    let mut index = Vec::new();
    let varint = |bytes: &mut Vec<u8>, value: usize| {
        let mut value = value;
        while value > 0x7f {
            bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
    };
    index.extend_from_slice(b"\x01s\x00\x01\x01x\x01x\x01\x0a2020-01-01\x01");
    varint(&mut index, stored.len());
    varint(&mut index, frame.len());
    index.extend_from_slice(&checksum(&stored).to_le_bytes());
    // No error codes; two actions, `DescribeZones` on both sites; one version on the Chinese site, none on the other.
    index.extend_from_slice(b"\x00\x10\x01\x03\x0dDescribeZones\x01\x00\x00");
    with_header(index, &stored)
}

fn with_header(index: Vec<u8>, frames: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&u32::try_from(index.len()).unwrap().to_le_bytes());
    file.extend_from_slice(&checksum(&index).to_le_bytes());
    file.extend(index);
    file.extend_from_slice(frames);
    file
}

/// The inflated frame of a module of the catalog.
fn frame_of(service: &str) -> Vec<u8> {
    let catalog = Catalog::embedded().unwrap();
    let position = catalog.service(service).unwrap().raw.versions[0].frames[0].unwrap();
    let entry = catalog.index.frames[position];
    miniz_oxide::inflate::decompress_to_vec(&DATA[entry.at..entry.at + entry.len]).unwrap()
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let lengths = (0..HEADER + 40).chain((HEADER..DATA.len()).step_by(40_009)).chain([DATA.len() - 1]);
    for length in lengths {
        let error = Catalog::from_bytes(&DATA[..length]).err();
        let expected = if length < MAGIC.len() {
            CatalogError::Foreign
        } else {
            CatalogError::Damaged { part: "the index".to_owned() }
        };
        assert_eq!(error, Some(expected), "{length}");
    }
}

#[test]
fn bytes_after_the_end_are_an_error() {
    let mut longer = DATA.to_vec();
    longer.push(0);
    assert!(Catalog::from_bytes(longer).is_err());
}

#[test]
fn a_flipped_bit_of_the_index_is_detected() {
    let positions = (0..HEADER).chain((HEADER..HEADER + index_len()).step_by(1_499));
    for (count, position) in positions.enumerate() {
        let mut damaged = DATA.to_vec();
        damaged[position] ^= 1 << (count % 8);
        let error = Catalog::from_bytes(damaged).expect_err("the bit was not found");
        let is_magic = position < MAGIC.len();
        assert_eq!(matches!(error, CatalogError::Foreign), is_magic, "{position}: {error}");
    }
}

#[test]
fn a_flipped_bit_of_a_frame_is_detected_at_opening_and_affects_no_other_frame() {
    let intact = Catalog::embedded().unwrap();
    let services: Vec<_> =
        intact.services().filter(|service| service.versions(Site::China).len() > 0).step_by(25).collect();
    for (count, service) in services.into_iter().enumerate() {
        let version = &service.raw.versions[usize::from(service.raw.order[0][0])];
        let entry = intact.index.frames[version.frames[0].unwrap()];
        for at in [0, entry.len / 2, entry.len - 1] {
            let mut damaged = DATA.to_vec();
            damaged[entry.at + at] ^= 1 << (count % 8);
            let catalog = Catalog::from_bytes(damaged).unwrap();
            let error = catalog.module(Site::China, service.name(), None).err();
            assert!(
                matches!(&error, Some(CatalogError::Damaged { part }) if part.starts_with(service.name())),
                "{error:?}"
            );
            let other = if service.name() == "iai" { "mps" } else { "iai" };
            assert!(catalog.module(Site::China, other, None).is_ok());
        }
    }
}

#[test]
fn a_changed_frame_is_an_error_or_read_without_a_panic() {
    let frame = frame_of("iai");
    assert!(read(file_of(&frame)).unwrap() > 1_000);
    let mut accepted = 0;
    // A simple generator: the same bytes on every machine.
    let mut state = 1_u32;
    for _ in 0..1_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut lying = frame.clone();
        let at = state as usize % lying.len();
        lying[at] = (state >> 24) as u8;
        if Frame::decode(&lying).is_some() {
            accepted += 1;
            read(file_of(&lying)).unwrap();
        }
    }
    // Most changes of one byte give another frame that is well-formed, and some do not.
    assert!((1..1_000).contains(&accepted), "{accepted}");
}

#[test]
fn a_frame_cut_anywhere_is_an_error() {
    let frame = frame_of("iai");
    for length in (0..frame.len()).step_by(7) {
        assert!(Frame::decode(&frame[..length]).is_none(), "{length}");
    }
}

#[test]
fn a_changed_index_is_an_error_or_read_without_a_panic() {
    let file = file_of(&frame_of("sts"));
    let length = u32::from_le_bytes(file[8..12].try_into().unwrap()) as usize;
    let (index, frames) = file[HEADER..].split_at(length);
    for at in 0..index.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, index[at].wrapping_add(1)] {
            let mut lying = index.to_vec();
            lying[at] = value;
            let _ = read(with_header(lying, frames));
        }
    }
}

#[test]
fn counts_far_beyond_the_file_allocate_nothing() {
    // 2^56 services, strings and objects.
    let huge = b"\xff\xff\xff\xff\xff\xff\xff\x7f";
    assert!(Frame::decode(huge).is_none());
    let mut index = b"\x00\x00".to_vec();
    index.extend_from_slice(huge);
    assert!(Catalog::from_bytes(with_header(index, b"")).is_err());
}

#[test]
fn a_file_of_another_format_is_an_error() {
    for bytes in [&b""[..], b"PK\x03\x04", b"{\"version\": 1}", b"TCCATLG0........................"] {
        let error = Catalog::from_bytes(bytes).unwrap_err();
        assert_eq!(error, CatalogError::Foreign);
        assert!(error.to_string().contains("tcapi catalog build"), "{error}");
    }
}
