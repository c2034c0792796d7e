//! Search by words, over the index alone.

use std::ops::ControlFlow;

use super::catalog::{Catalog, Service};
use super::index::{RawVersion, span_text};
use crate::Site;

/// An action found by a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The folder name of the service.
    pub service: &'a str,
    /// The version.
    pub version: &'a str,
    /// The action.
    pub action: String,
    /// Whether it is the service's default version on the site.
    pub is_default: bool,
}

impl Catalog {
    /// Finds the actions of a site whose name or service contains every word of `query`, the best match first.
    ///
    /// Case does not count. Actions of default versions come before those of others.
    ///
    /// ```
    /// use tc_catalog::{Catalog, Site};
    ///
    /// let found = Catalog::embedded()?.search(Site::China, "mps person sample");
    /// assert!(found.iter().any(|found| found.action == "DescribePersonSamples"));
    /// # Ok::<(), tc_catalog::CatalogError>(())
    /// ```
    pub fn search(&self, site: Site, query: &str) -> Vec<Found<'_>> {
        let words: Vec<String> = query.split_whitespace().map(str::to_ascii_lowercase).collect();
        let mut found: Vec<(u32, Found<'_>)> = Vec::new();
        if words.is_empty() {
            return Vec::new();
        }
        for service in self.services() {
            let order = &service.raw.order[site.index()];
            for (rank, position) in order.iter().enumerate() {
                if let Some(version) = service.raw.versions.get(usize::from(*position)) {
                    search_version(service, version, site, rank == 0, &words, &mut found);
                }
            }
        }
        found.sort_by(|(a, left), (b, right)| {
            let name = |found: &Found<'_>| (found.action.len(), found.service.len());
            a.cmp(b).then_with(|| name(left).cmp(&name(right))).then_with(|| left.action.cmp(&right.action))
        });
        found.into_iter().map(|(_, found)| found).collect()
    }
}

fn search_version<'a>(
    service: Service<'a>,
    version: &'a RawVersion,
    site: Site,
    is_default: bool,
    words: &[String],
    found: &mut Vec<(u32, Found<'a>)>,
) {
    let (file, name) = (&service.catalog.file, service.name());
    // The service's name is matched once, not for every action.
    let costs: Vec<Option<u32>> =
        words.iter().map(|word| cost(name, word).or_else(|| cost(service.wire_name(), word))).collect();
    let _: ControlFlow<()> = version.each_action(file, |action, sites| {
        if sites & site.bit() == 0 {
            return ControlFlow::Continue(());
        }
        let mut total = u32::from(!is_default);
        for (word, service_cost) in words.iter().zip(&costs) {
            match (cost(action, word), service_cost) {
                (Some(a), Some(b)) => total += 2 * a.min(*b),
                (Some(cost), None) => total += 2 * cost,
                (None, Some(cost)) => total += 2 * cost,
                (None, None) => return ControlFlow::Continue(()),
            }
        }
        let version = span_text(file, version.date);
        found.push((total, Found { service: name, version, action: action.to_owned(), is_default }));
        ControlFlow::Continue(())
    });
}

/// How badly `word` matches: 0 where it is the whole name, then a word of it, the start of a word, and any part.
fn cost(name: &str, word: &str) -> Option<u32> {
    let (name, mut word) = (name.as_bytes(), word.as_bytes());
    let (mut found, mut extra) = (find(name, word), 0);
    if let (None, [start @ .., b's']) = (found, word)
        && start.len() > 2
    {
        // A plural finds the singular.
        (word, extra) = (start, 1);
        found = find(name, word);
    }
    let at = found?;
    if name.len() == word.len() {
        return Some(extra);
    }
    let starts_word = |at: usize| at == 0 || name.get(at).is_none_or(u8::is_ascii_uppercase);
    let fit = match (starts_word(at), starts_word(at + word.len())) {
        (true, true) => 1,
        (true, false) => 2,
        _ => 4,
    };
    Some(fit + extra)
}

/// Where `word`, in lower case, is in `name`, in any case.
fn find(name: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let starts = name.len().checked_sub(word.len())?;
    let is_here =
        |at: &usize| name[*at].to_ascii_lowercase() == first && name[*at..*at + word.len()].eq_ignore_ascii_case(word);
    (0..=starts).find(is_here)
}

#[cfg(test)]
mod tests {
    use super::{cost, find};

    #[test]
    fn words_are_found_in_any_case() {
        assert_eq!(find(b"DescribePersonSamples", b"person"), Some(8));
        assert_eq!(find(b"DescribePersonSamples", b"samples"), Some(14));
        assert_eq!(find(b"Person", b"persons"), None);
        assert_eq!(find(b"", b"a"), None);
    }

    #[test]
    fn whole_words_match_better_than_their_parts() {
        let costs = ["person", "samples", "sample", "erson", "describepersonsamples", "describes"]
            .map(|word| cost("DescribePersonSamples", word));
        assert_eq!(costs, [Some(1), Some(1), Some(2), Some(4), Some(0), Some(2)]);
        assert_eq!(cost("DescribePersonSamples", "zone"), None);
    }
}
