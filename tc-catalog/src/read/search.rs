//! Searches by words. Reads only the index.

use std::ops::ControlFlow;

use super::bytes::Bytes;
use super::catalog::{Catalog, Service};
use super::error::CatalogError;
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
    /// The parameter whose name contains a word, if no other name contains it.
    pub parameter: Option<String>,
}

impl Catalog {
    /// Finds the actions of a site whose name or service contains every word of `query`, the best match first.
    ///
    /// Ignores case. Of equally good matches, actions that read come first. Actions of default versions come before those of other versions. Reads only the index.
    ///
    /// ```
    /// use tc_catalog::{Catalog, Site};
    ///
    /// let found = Catalog::embedded()?.search(Site::China, "mps person sample");
    /// assert!(found.iter().any(|found| found.action == "DescribePersonSamples"));
    /// # Ok::<(), tc_catalog::CatalogError>(())
    /// ```
    pub fn search(&self, site: Site, query: &str) -> Vec<Found<'_>> {
        let words = words(query);
        let none = vec![Parameters::default(); words.len()];
        search(self, site, &words, &none)
    }

    /// Finds the actions of a site as [`search`](Self::search) does, and those that have a parameter whose name
    /// contains the word.
    ///
    /// ```
    /// use tc_catalog::{Catalog, Site};
    ///
    /// let found = Catalog::embedded()?.search_parameters(Site::China, "cvm InstanceChargePrepaid")?;
    /// assert_eq!(found[0].parameter.as_deref(), Some("InstanceChargePrepaid"));
    /// # Ok::<(), tc_catalog::CatalogError>(())
    /// ```
    ///
    /// # Errors
    /// The names of the parameters are damaged in the file.
    pub fn search_parameters(&self, site: Site, query: &str) -> Result<Vec<Found<'_>>, CatalogError> {
        let (words, names) = (words(query), self.parameters()?);
        let parameters: Option<Vec<Parameters>> =
            words.iter().map(|word| Parameters::matching(names, word, self.index.actions)).collect();
        let damaged = || CatalogError::Damaged { part: "the names of the parameters".to_owned() };
        Ok(search(self, site, &words, &parameters.ok_or_else(damaged)?))
    }
}

fn words(query: &str) -> Vec<String> {
    query.split_whitespace().map(str::to_ascii_lowercase).collect()
}

/// The parameters that match a word, and for each action the best of them.
#[derive(Clone, Default)]
struct Parameters {
    names: Vec<(u32, String)>,
    /// For each action, a position in `names` plus 1; 0 where none matches.
    best: Vec<u32>,
}

impl Parameters {
    /// Reads the names of all parameters; `None` if they are damaged.
    fn matching(names: &[u8], word: &str, actions: usize) -> Option<Self> {
        let mut bytes = Bytes::new(names);
        let mut found = Self { names: Vec::new(), best: vec![0; actions] };
        let mut name = String::with_capacity(64);
        for _ in 0..bytes.count()? {
            let (shared, len) = (bytes.size()?, bytes.size()?);
            let rest = bytes.take(len)?;
            if shared > name.len() || !rest.is_ascii() {
                return None;
            }
            name.truncate(shared);
            name.push_str(std::str::from_utf8(rest).ok()?);
            let length = bytes.size()?;
            let postings = bytes.take(length)?;
            if let Some(cost) = cost(&name, word) {
                // A parameter is a weaker match than a name.
                found.names.push((cost + 5, name.clone()));
                found.note(postings)?;
            }
        }
        bytes.is_at_end().then_some(found)
    }

    /// Adds the last name to these actions.
    fn note(&mut self, postings: &[u8]) -> Option<()> {
        let (mut distances, mut action) = (Bytes::new(postings), 0_usize);
        let position = u32::try_from(self.names.len()).ok()?;
        while !distances.is_at_end() {
            action = action.checked_add(distances.size()?)?;
            let best = self.best.get_mut(action)?;
            let cost = |position: u32| self.names.get(position as usize - 1).map_or(u32::MAX, |(cost, _)| *cost);
            if *best == 0 || cost(position) < cost(*best) {
                *best = position;
            }
        }
        Some(())
    }

    fn of(&self, action: usize) -> Option<&(u32, String)> {
        let position = *self.best.get(action)?;
        self.names.get((position as usize).checked_sub(1)?)
    }
}

fn search<'a>(catalog: &'a Catalog, site: Site, words: &[String], parameters: &[Parameters]) -> Vec<Found<'a>> {
    let mut found: Vec<(u32, Found<'_>)> = Vec::new();
    if words.is_empty() {
        return Vec::new();
    }
    for service in catalog.services() {
        let order = &service.raw.order[site.index()];
        for (rank, position) in order.iter().enumerate() {
            if let Some(version) = service.raw.versions.get(usize::from(*position)) {
                search_version(service, version, site, rank == 0, words, parameters, &mut found);
            }
        }
    }
    found.sort_by(|(a, left), (b, right)| {
        let name = |found: &Found<'_>| (found.action.len(), found.service.len());
        let writes = |found: &Found<'_>| !tc_spec::is_read(&found.action);
        a.cmp(b)
            .then_with(|| writes(left).cmp(&writes(right)))
            .then_with(|| name(left).cmp(&name(right)))
            .then_with(|| left.action.cmp(&right.action))
    });
    found.into_iter().map(|(_, found)| found).collect()
}

fn search_version<'a>(
    service: Service<'a>,
    version: &'a RawVersion,
    site: Site,
    is_default: bool,
    words: &[String],
    parameters: &[Parameters],
    found: &mut Vec<(u32, Found<'a>)>,
) {
    let (file, name) = (&service.catalog.file, service.name());
    // The service's name is matched once, not for every action.
    let costs: Vec<Option<u32>> =
        words.iter().map(|word| cost(name, word).or_else(|| cost(service.wire_name(), word))).collect();
    let mut position = version.first;
    let _: ControlFlow<()> = version.each_action(file, |action, sites| {
        let this = position;
        position += 1;
        if sites & site.bit() == 0 {
            return ControlFlow::Continue(());
        }
        let (mut total, mut parameter) = (u32::from(!is_default), None);
        for ((word, service_cost), parameters) in words.iter().zip(&costs).zip(parameters) {
            let by_name = match (action_cost(action, word), service_cost) {
                (Some(a), Some(b)) => Some(a.min(*b)),
                (Some(cost), None) => Some(cost),
                (None, cost) => *cost,
            };
            match (by_name, parameters.of(this)) {
                (Some(cost), _) => total += 2 * cost,
                (None, Some((cost, name))) => {
                    total += 2 * cost;
                    parameter.get_or_insert(name);
                }
                (None, None) => return ControlFlow::Continue(()),
            }
        }
        let (version, parameter) = (span_text(file, version.date), parameter.cloned());
        found.push((total, Found { service: name, version, action: action.to_owned(), is_default, parameter }));
        ControlFlow::Continue(())
    });
}

/// The cost of a match in the name of an action. In one that reads, a plural counts as its singular: `DescribePersonSamples`
/// lists what `CreatePersonSample` creates.
fn action_cost(action: &str, word: &str) -> Option<u32> {
    let cost = self::cost(action, word)?;
    let is_plural = || tc_spec::is_read(action) && self::cost(action, &format!("{word}s")) == Some(1);
    Some(if cost == 2 && is_plural() { 1 } else { cost })
}

/// The cost of a match: 0 if `word` is the whole name, then a word of it, the start of a word, and any part.
fn cost(name: &str, word: &str) -> Option<u32> {
    let (name, mut word) = (name.as_bytes(), word.as_bytes());
    let (mut found, mut extra) = (find(name, word), 0);
    if let (None, [start @ .., b's']) = (found, word)
        && start.len() > 2
    {
        // A plural also matches the singular.
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
