//! The work of a build: one unit for each version of a service. Units run in parallel; their results are in a fixed order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::encode::{Contents, ServiceContents, VersionContents};
use super::error::BuildError;
use super::examples::{self, Examples, LimitKind};
use super::packages::{ErrorPackage, SitePackage};
use super::{Packages, Progress, contradictions, graph, merge, metadata, paging};
use crate::Site;
use crate::mine::Lang;

/// A mined limit that is not in the file, because an official example or the member's default breaks it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Dropped {
    /// The site whose description states the limit.
    pub site: Site,
    /// The service.
    pub service: String,
    /// The version.
    pub version: String,
    /// The object.
    pub object: String,
    /// The member.
    pub member: String,
    /// The kind of limit.
    pub kind: LimitKind,
    /// The value that breaks it.
    pub value: String,
    /// Whether the value is the member's default. Otherwise it is from an official example.
    pub is_default: bool,
}

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { site, service, version, object, member, kind, value, is_default } = self;
        let by = if *is_default { "its default" } else { "an official example" };
        write!(f, "{site} {service} {version} {object}.{member}: {} is broken by {by}: {value}", kind.name())
    }
}

struct Unit {
    service: String,
    version: String,
    sites: [bool; 2],
}

struct Done {
    wire: String,
    contents: VersionContents,
    dropped: Vec<Dropped>,
}

struct Opened {
    sites: [SitePackage; 2],
    errors: ErrorPackage,
}

/// Reads all packages.
pub(crate) fn contents(
    packages: &Packages,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Contents, Vec<Dropped>), BuildError> {
    let sites = [SitePackage::open(&packages.china)?, SitePackage::open(&packages.international)?];
    let opened = Opened { sites, errors: ErrorPackage::open(&packages.errors)? };
    let units = units(&opened.sites);
    let done = run(&opened, &units, progress)?;

    let mut services: BTreeMap<&str, ServiceContents> = BTreeMap::new();
    let mut dropped = Vec::new();
    for (unit, done) in units.iter().zip(done) {
        let service = services.entry(&unit.service).or_insert_with(|| ServiceContents {
            folder: unit.service.clone(),
            wire: done.wire,
            versions: Vec::new(),
            order: [Vec::new(), Vec::new()],
        });
        service.versions.push(done.contents);
        dropped.extend(done.dropped);
    }
    let mut services: Vec<ServiceContents> = services.into_values().collect();
    for service in &mut services {
        for site in Site::ALL {
            let versions = opened.sites[site.index()].versions.get(&service.folder).into_iter().flatten();
            let position = |date: &String| service.versions.iter().position(|version| version.date == *date);
            let positions = versions.filter_map(position).filter_map(|position| u8::try_from(position).ok());
            service.order[site.index()] = positions.collect();
        }
    }
    let sources =
        [&opened.sites[0].source, &opened.sites[1].source, &opened.errors.source].map(String::as_str).join(", ");
    Ok((Contents { sources, services }, dropped))
}

/// Every version of every service of either site, in order.
fn units(sites: &[SitePackage; 2]) -> Vec<Unit> {
    let all: BTreeSet<(&String, &String)> = sites
        .iter()
        .flat_map(|site| &site.versions)
        .flat_map(|(service, versions)| versions.iter().map(move |version| (service, version)))
        .collect();
    let is_on = |site: &SitePackage, service, version| {
        site.versions.get(service).is_some_and(|versions: &Vec<String>| versions.contains(version))
    };
    all.into_iter()
        .map(|(service, version)| Unit {
            service: service.clone(),
            version: version.clone(),
            sites: [is_on(&sites[0], service, version), is_on(&sites[1], service, version)],
        })
        .collect()
}

/// Runs several units at once. Returns the results in the order of the units, or the error of the first unit that failed.
fn run(opened: &Opened, units: &[Unit], progress: &mut dyn FnMut(Progress<'_>)) -> Result<Vec<Done>, BuildError> {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
    let mut results: Vec<Option<Result<Done, BuildError>>> = units.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((position, unit)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    units.get(at).map(|unit| (at, unit))
                } {
                    if sender.send((position, work(opened, unit))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (done, (position, result)) in receiver.into_iter().enumerate() {
            let unit = &units[position];
            progress(Progress {
                done: done + 1,
                total: units.len(),
                name: &format!("{} {}", unit.service, unit.version),
            });
            results[position] = Some(result);
        }
    });
    // Every unit sends its result, unless its thread panicked, which ends the scope.
    results.into_iter().flatten().collect()
}

fn work(opened: &Opened, unit: &Unit) -> Result<Done, BuildError> {
    let Unit { service, version, .. } = unit;
    let mut data = [None, None];
    let mut examples: [Examples; 2] = [Vec::new(), Vec::new()];
    let mut wire = None;
    for site in Site::ALL.into_iter().filter(|site| unit.sites[site.index()]) {
        let package = &opened.sites[site.index()];
        let path = package.api(service, version);
        let lang = match site {
            Site::China => Lang::Cn,
            Site::International => Lang::En,
        };
        let mut read = metadata::read(&path, lang, service, version)?;
        graph::resolve(&mut read.data).map_err(|problem| BuildError::metadata(&path, problem))?;
        merge::keep_requests(&mut read.data);
        if wire.get_or_insert_with(|| read.wire.clone()) != &read.wire {
            return Err(BuildError::metadata(&path, "the sites call the service by different names"));
        }
        examples[site.index()] = examples::read(&package.examples(service, version))?;
        data[site.index()] = Some(read.data);
    }
    let dropped = |site, object, member, kind, value, is_default| {
        let (service, version) = (service.clone(), version.clone());
        Dropped { site, service, version, object, member, kind, value, is_default }
    };
    let broken = examples::drop_broken(&mut data, &examples);
    let mut all: Vec<Dropped> = broken
        .into_iter()
        .map(|(limit, value)| dropped(limit.site, limit.object, limit.member, limit.kind, value, false))
        .collect();
    let [china, international] = &mut data;
    if let Some(china) = china {
        merge::merge(china, international.as_ref());
    }
    if let Some(international) = international {
        merge::merge(international, china.as_ref());
    }
    for site in Site::ALL {
        let Some(data) = &mut data[site.index()] else { continue };
        let contradicted = contradictions::drop_contradicted(data);
        all.extend(
            contradicted
                .into_iter()
                .map(|(object, member, kind, value)| dropped(site, object, member, kind, value, true)),
        );
        paging::detect(data);
    }
    let codes = opened.errors.codes(service, version)?;
    let contents = VersionContents { date: version.clone(), sites: data, codes };
    Ok(Done { wire: wire.unwrap_or_default(), contents, dropped: all })
}
