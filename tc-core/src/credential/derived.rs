//! The signing keys derived from a credential, remembered without a lock.

use std::sync::atomic::{AtomicU64, Ordering};

use zeroize::Zeroizing;

/// The hash states that a derived key starts from: eight words before the text, eight after it.
pub(crate) type KeyState = Zeroizing<[u32; 16]>;

/// A few keys, by day and service.
///
/// Calls read them from all threads at once, and write one a day. Each slot is a sequence lock made of plain atomics: a
/// reader that meets a writer does not wait, it derives the key itself.
#[derive(Default)]
pub(crate) struct DerivedKeys {
    slots: [Slot; SLOTS],
    next: AtomicU64,
}

const SLOTS: usize = 8;

/// Longer service names than this are derived anew each time; the longest of today has 19 characters.
const NAME: usize = 24;

#[derive(Default)]
struct Slot {
    /// Odd while a writer is at it, 0 before the first.
    version: AtomicU64,
    tag: [AtomicU64; 4],
    key: [AtomicU64; 8],
}

impl DerivedKeys {
    pub(crate) fn get(&self, day: i64, service: &str, derive: impl FnOnce() -> KeyState) -> KeyState {
        let Some(tag) = tag(day, service) else { return derive() };
        if let Some(key) = self.slots.iter().find_map(|slot| slot.read(tag)) {
            return key;
        }
        let key = derive();
        let next = self.next.fetch_add(1, Ordering::Relaxed) % SLOTS as u64;
        self.slots[usize::try_from(next).unwrap_or_default()].write(tag, &key);
        key
    }
}

impl Slot {
    fn read(&self, tag: [u64; 4]) -> Option<KeyState> {
        let version = self.version.load(Ordering::Acquire);
        if version == 0 || !version.is_multiple_of(2) {
            return None;
        }
        if self.tag.iter().zip(tag).any(|(mine, wanted)| mine.load(Ordering::Acquire) != wanted) {
            return None;
        }
        let mut key = KeyState::default();
        for (pair, word) in key.chunks_exact_mut(2).zip(&self.key) {
            let word = word.load(Ordering::Acquire);
            pair[0] = high(word);
            pair[1] = low(word);
        }
        (self.version.load(Ordering::Relaxed) == version).then_some(key)
    }

    fn write(&self, tag: [u64; 4], key: &KeyState) {
        let version = self.version.load(Ordering::Relaxed);
        let mine = version.is_multiple_of(2)
            && self.version.compare_exchange(version, version + 1, Ordering::Acquire, Ordering::Relaxed).is_ok();
        if !mine {
            return;
        }
        for (mine, word) in self.tag.iter().zip(tag) {
            mine.store(word, Ordering::Release);
        }
        for (word, pair) in self.key.iter().zip(key.chunks_exact(2)) {
            word.store(u64::from(pair[0]) << 32 | u64::from(pair[1]), Ordering::Release);
        }
        self.version.store(version + 2, Ordering::Release);
    }
}

impl Drop for DerivedKeys {
    fn drop(&mut self) {
        // Stores to an atomic are not taken away by the optimiser as those to a dying array would be.
        for word in self.slots.iter().flat_map(|slot| &slot.key) {
            word.store(0, Ordering::SeqCst);
        }
    }
}

fn tag(day: i64, service: &str) -> Option<[u64; 4]> {
    let mut bytes = [0; NAME];
    bytes.get_mut(..service.len())?.copy_from_slice(service.as_bytes());
    let ([first, second, third], []) = bytes.as_chunks() else { return None };
    Some([day.cast_unsigned(), u64::from_ne_bytes(*first), u64::from_ne_bytes(*second), u64::from_ne_bytes(*third)])
}

#[allow(clippy::cast_possible_truncation)]
fn low(word: u64) -> u32 {
    word as u32
}

fn high(word: u64) -> u32 {
    low(word >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(of: u32) -> KeyState {
        Zeroizing::new(std::array::from_fn(|at| of ^ u32::try_from(at).unwrap_or(0)))
    }

    #[test]
    fn a_key_is_derived_once_for_a_day_and_a_service() {
        let keys = DerivedKeys::default();
        let mut derived = 0;
        for (day, service, of) in [(1, "mps", 7), (1, "mps", 7), (2, "mps", 8), (1, "iai", 9), (1, "mps", 7)] {
            let found = keys.get(day, service, || {
                derived += 1;
                key(of)
            });
            assert_eq!(found, key(of), "{day} {service}");
        }
        assert_eq!(derived, 3);
    }

    #[test]
    fn a_name_too_long_to_be_remembered_is_derived_each_time() {
        let keys = DerivedKeys::default();
        let name = "a-service-of-twenty-five-b";
        assert_eq!((keys.get(1, name, || key(1)), keys.get(1, name, || key(2))), (key(1), key(2)));
    }

    #[test]
    fn threads_that_push_each_other_out_never_see_a_foreign_key() {
        let keys = DerivedKeys::default();
        std::thread::scope(|scope| {
            for thread in 0..4_u32 {
                let keys = &keys;
                scope.spawn(move || {
                    for round in 0..20_000 {
                        let of = (thread + round) % 13;
                        assert_eq!(keys.get(of.into(), "mps", || key(of)), key(of));
                    }
                });
            }
        });
    }
}
