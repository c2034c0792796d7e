//! Detects pages and tokens that repeat earlier ones.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::paged_call::Fingerprint;

/// The pages and tokens so far.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pages: HashSet<u64>,
    tokens: HashSet<u64>,
    /// The hash of the first item of the last page that was not requested with it.
    beyond: Option<u64>,
    /// The last page, and how many times in a row it was received.
    last: Option<u64>,
    same: u32,
    /// The number of empty pages in a row.
    empty: u32,
}

/// The number of pages in a row that may be empty, or that may have one value only, if no total limits them.
const MANY: u32 = 100;

impl Repeats {
    /// Adds a page. Returns the reason if it must be a repetition.
    ///
    /// `bounded` is true if a total that does not change limits the pages.
    pub(super) fn page(&mut self, fingerprint: Fingerprint, bounded: bool) -> Option<&'static str> {
        self.empty = 0;
        if fingerprint.distinct {
            self.last = None;
            return (!self.pages.insert(fingerprint.hash)).then_some("the server sent the same page twice");
        }
        if self.last.replace(fingerprint.hash) != Some(fingerprint.hash) || bounded {
            self.same = 0;
        }
        self.same += 1;
        (self.same > MANY).then_some("the server sends the same page repeatedly")
    }

    /// Adds a page by number. Returns the reason if it begins with an item that the page before had beyond its requested size.
    pub(super) fn overlap(&mut self, fingerprint: Fingerprint) -> Option<&'static str> {
        let before = std::mem::replace(&mut self.beyond, fingerprint.beyond);
        let repeated = fingerprint.distinct && before.is_some() && before == fingerprint.first;
        repeated.then_some("the server sent more items than the page size, and the next page repeats them")
    }

    /// Adds an empty page that is not the last one.
    pub(super) fn empty(&mut self) -> Option<&'static str> {
        self.empty += 1;
        (self.empty > MANY).then_some("the server sends only empty pages")
    }

    /// Adds the token of the next page.
    pub(super) fn token(&mut self, token: &str) -> Option<&'static str> {
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        (!self.tokens.insert(hasher.finish())).then_some("the server sent the same page token twice")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distinct_page_is_accepted_once() {
        let mut repeats = Repeats::default();
        let page = |hash| Fingerprint { hash, distinct: true, first: None, beyond: None };
        assert_eq!((1..1000).find_map(|hash| repeats.page(page(hash), false)), None);
        assert!(repeats.page(page(1), true).is_some());
    }

    #[test]
    fn a_page_that_is_not_distinct_is_accepted_a_limited_number_of_times() {
        let page = Fingerprint { hash: 7, distinct: false, first: None, beyond: None };
        let mut repeats = Repeats::default();
        assert_eq!((0..10_000).find_map(|_| repeats.page(page, true)), None);
        assert_eq!((0..MANY - 1).find_map(|_| repeats.page(page, false)), None);
        assert!(repeats.page(page, false).is_some());
        assert_eq!((0..MANY).find_map(|_| repeats.empty()), None);
        assert!(repeats.empty().is_some());
    }

    #[test]
    fn a_page_that_begins_with_an_extra_item_of_the_page_before_is_a_repetition() {
        let mut repeats = Repeats::default();
        let page = |first, beyond, distinct| Fingerprint { hash: first, distinct, first: Some(first), beyond };
        assert_eq!(repeats.overlap(page(1, Some(11), true)), None);
        assert!(repeats.overlap(page(11, None, true)).is_some());
        assert_eq!(repeats.overlap(page(12, None, true)), None);
        assert_eq!((repeats.overlap(page(1, Some(11), true)), repeats.overlap(page(11, None, false))), (None, None));
    }

    #[test]
    fn a_token_is_accepted_once() {
        let mut repeats = Repeats::default();
        assert_eq!((repeats.token("a"), repeats.token("b")), (None, None));
        assert!(repeats.token("a").is_some());
    }
}
