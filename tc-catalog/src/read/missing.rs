//! The error for a name that does not exist: which other place has it, or which name is similar.

use std::ops::ControlFlow;

use super::catalog::{Catalog, Service};
use super::error::CatalogError;
use super::index::span_text;
use super::view::Module;
use crate::Site;

pub(crate) fn service(catalog: &Catalog, name: &str) -> CatalogError {
    let mut nearest = Nearest::to(name);
    for service in catalog.services() {
        nearest.consider(service.name());
        nearest.consider(service.wire_name());
    }
    CatalogError::UnknownService { service: name.to_owned(), similar: nearest.found() }
}

pub(crate) fn version(service: Service<'_>, site: Site, version: Option<&str>) -> CatalogError {
    let versions: Vec<String> = service.versions(site).map(str::to_owned).collect();
    let name = service.name().to_owned();
    match version {
        Some(version) if !versions.is_empty() => {
            CatalogError::UnknownVersion { service: name, version: version.to_owned(), site, versions }
        }
        _ => CatalogError::OtherSite { service: name, site },
    }
}

pub(crate) fn action(module: Module<'_>, action: &str) -> CatalogError {
    let (service, site, catalog) = (module.service(), module.site(), module.service().catalog);
    let (name, version) = (service.name().to_owned(), module.version().to_owned());
    let versions = versions_with(service, site, action);
    if !versions.is_empty() {
        return CatalogError::OtherVersion { service: name, version, action: action.to_owned(), versions };
    }
    if module.raw.has_action(&catalog.file, site.other(), action) {
        return CatalogError::ActionOnOtherSite { service: name, version, action: action.to_owned(), site };
    }
    let others = catalog.services().filter(|other| !versions_with(*other, site, action).is_empty());
    let services: Vec<String> = others.map(|other| other.name().to_owned()).collect();
    let mut nearest = Nearest::to(action);
    let _: ControlFlow<()> = module.raw.each_action(&catalog.file, |candidate, sites| {
        if sites & site.bit() != 0 {
            nearest.consider(candidate);
        }
        ControlFlow::Continue(())
    });
    let action = action.to_owned();
    if services.is_empty() {
        return CatalogError::UnknownAction { service: name, version, action, similar: nearest.found() };
    }
    // Another service has this name, so a typing error is less likely: accept two letters at most.
    nearest.best = nearest.best.filter(|(distance, ..)| *distance <= 2);
    CatalogError::OtherService { service: name, action, services, similar: nearest.found() }
}

fn versions_with(service: Service<'_>, site: Site, action: &str) -> Vec<String> {
    let file = &service.catalog.file;
    let positions = service.raw.order[site.index()].iter();
    let versions = positions.filter_map(|position| service.raw.versions.get(usize::from(*position)));
    let having = versions.filter(|version| version.has_action(file, site, action));
    having.map(|version| span_text(file, version.date).to_owned()).collect()
}

/// The name most similar to the one that was looked up.
struct Nearest<'a> {
    name: &'a str,
    /// Its distance, whether it has other letters, how many letters at its end differ, and the name.
    best: Option<(usize, bool, usize, String)>,
}

impl<'a> Nearest<'a> {
    fn to(name: &'a str) -> Self {
        Self { name, best: None }
    }

    fn consider(&mut self, candidate: &str) {
        let most = self.name.len().max(candidate.len()) / 3;
        if self.name.len().abs_diff(candidate.len()) > most {
            return;
        }
        let distance = distance(self.name, candidate);
        if distance > most {
            return;
        }
        let same = self.name.bytes().zip(candidate.bytes()).take_while(|(a, b)| a == b).count();
        let tail = candidate.len() - same;
        // Of several at the same distance, prefer one with the same letters in another order, and then the one with the same
        // beginning: typing errors are more often at the end.
        let other_letters = letters(self.name) != letters(candidate);
        let rank = (distance, other_letters, tail);
        if self.best.as_ref().is_none_or(|(distance, other_letters, tail, _)| rank < (*distance, *other_letters, *tail))
        {
            self.best = Some((distance, other_letters, tail, candidate.to_owned()));
        }
    }

    fn found(self) -> Option<String> {
        self.best.map(|(.., name)| name)
    }
}

/// The letters of a name in alphabetical order. Ignores case.
fn letters(name: &str) -> Vec<u8> {
    let mut letters = name.to_ascii_lowercase().into_bytes();
    letters.sort_unstable();
    letters
}

/// The number of letters to insert, remove, change or swap with their neighbour. Ignores case.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_ascii_lowercase().into_bytes(), b.to_ascii_lowercase().into_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}
