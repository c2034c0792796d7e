//! What is known of the pages that came: whether another one repeats them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::paged_call::Print;

/// Pages and tokens that came before.
#[derive(Debug, Default)]
pub(super) struct Known {
    pages: HashSet<u64>,
    tokens: HashSet<u64>,
    /// The last page, and how often it came in a row.
    last: Option<u64>,
    same: u32,
    /// How many pages in a row were empty.
    empty: u32,
}

/// More pages than this that are empty, or hold nothing but the same value, are not asked for in a row, unless a total says
/// how many there are.
const MANY: u32 = 100;

impl Known {
    /// Notes a page, and says why it cannot be one more.
    ///
    /// `bounded`: a total that does not change says where the pages end.
    pub(super) fn page(&mut self, print: Print, bounded: bool) -> Option<&'static str> {
        self.empty = 0;
        if print.telling {
            self.last = None;
            return (!self.pages.insert(print.hash)).then_some("the server sent the same page twice");
        }
        if self.last.replace(print.hash) != Some(print.hash) || bounded {
            self.same = 0;
        }
        self.same += 1;
        (self.same > MANY).then_some("the server sends the same page again and again")
    }

    /// Notes an empty page that another one follows.
    pub(super) fn empty(&mut self) -> Option<&'static str> {
        self.empty += 1;
        (self.empty > MANY).then_some("the server sends one empty page after the other")
    }

    /// Notes the token of the next page.
    pub(super) fn token(&mut self, token: &str) -> Option<&'static str> {
        let mut hasher = DefaultHasher::new();
        token.hash(&mut hasher);
        (!self.tokens.insert(hasher.finish())).then_some("the server sent the token of a page that it had sent before")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_page_comes_once_however_many_lie_between() {
        let mut known = Known::default();
        let page = |hash| Print { hash, telling: true };
        assert_eq!((1..1000).find_map(|hash| known.page(page(hash), false)), None);
        assert!(known.page(page(1), true).is_some());
    }

    #[test]
    fn a_page_that_tells_little_may_come_often_and_not_for_ever() {
        let page = Print { hash: 7, telling: false };
        let mut known = Known::default();
        assert_eq!((0..10_000).find_map(|_| known.page(page, true)), None);
        assert_eq!((0..MANY - 1).find_map(|_| known.page(page, false)), None);
        assert!(known.page(page, false).is_some());
        assert_eq!((0..MANY).find_map(|_| known.empty()), None);
        assert!(known.empty().is_some());
    }

    #[test]
    fn a_token_comes_once() {
        let mut known = Known::default();
        assert_eq!((known.token("a"), known.token("b")), (None, None));
        assert!(known.token("a").is_some());
    }
}
