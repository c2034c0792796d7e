//! The differences between a new catalog and the one that it replaces.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::{Catalog, CatalogError, Limits, Site};

/// The difference between two catalogs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Actions that only the new catalog has: `china cvm 2017-03-12 DescribeZones`.
    pub added: Vec<String>,
    /// Actions that only the old catalog has.
    pub removed: Vec<String>,
    /// Members of requests whose limits or default differ.
    pub limits: Vec<LimitChange>,
}

/// A member of a request whose limits or default differ between two catalogs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitChange {
    /// The member: `china cvm 2017-03-12 DescribeZonesRequest.Limit`.
    pub member: String,
    /// The limits and the default in the old catalog; empty if it has none.
    pub before: String,
    /// The limits and the default in the new catalog; empty if it has none.
    pub after: String,
}

impl Changes {
    /// Compares two catalogs.
    ///
    /// # Errors
    /// One of them is damaged.
    pub fn between(old: &Catalog, new: &Catalog) -> Result<Self, CatalogError> {
        let (before, after) = (Summary::of(old)?, Summary::of(new)?);
        let mut changes = Self::default();
        for action in after.actions.difference(&before.actions) {
            changes.added.push(action.clone());
        }
        for action in before.actions.difference(&after.actions) {
            changes.removed.push(action.clone());
        }
        // A member that only one catalog has is not a changed limit.
        for (member, text) in &after.limits {
            let known = before.limits.get(member).filter(|known| *known != text);
            if let Some(known) = known {
                let (before, after) = (known.clone(), text.clone());
                changes.limits.push(LimitChange { member: member.clone(), before, after });
            }
        }
        Ok(changes)
    }

    /// Whether the two catalogs are the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.limits.is_empty()
    }
}

impl fmt::Display for Changes {
    /// One change a line: `+` and `-` for actions, `~` for limits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.added.iter().try_for_each(|action| writeln!(f, "+ {action}"))?;
        self.removed.iter().try_for_each(|action| writeln!(f, "- {action}"))?;
        let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        self.limits.iter().try_for_each(|change| {
            writeln!(f, "~ {}: {} -> {}", change.member, shown(&change.before), shown(&change.after))
        })
    }
}

#[derive(Default)]
struct Summary {
    actions: BTreeSet<String>,
    limits: BTreeMap<String, String>,
}

impl Summary {
    fn of(catalog: &Catalog) -> Result<Self, CatalogError> {
        let mut summary = Self::default();
        for service in catalog.services() {
            for site in Site::ALL {
                for version in service.versions(site) {
                    let module = service.module(site, Some(version))?;
                    let place = format!("{site} {} {version}", service.name());
                    summary.actions.extend(module.actions().map(|action| format!("{place} {}", action.name())));
                    for object in module.objects().filter(|object| object.is_in_request()) {
                        for member in object.members() {
                            let name = format!("{place} {}.{}", object.name(), member.name());
                            summary.limits.insert(name, describe(&member.limits()));
                        }
                    }
                }
            }
        }
        Ok(summary)
    }
}

/// The limits as text: `range 1..=100, default 20`.
fn describe(limits: &Limits<'_>) -> String {
    fn ends<T: fmt::Display>(kind: &str, (min, max): (Option<T>, Option<T>)) -> String {
        let end = |end: Option<T>| end.map_or_else(String::new, |end| end.to_string());
        let max = max.map_or_else(String::new, |max| format!("={max}"));
        format!("{kind} {}..{max}", end(min))
    }
    let values = limits.values().map(|values| {
        let values: Vec<String> = values.map(|value| value.to_owned().to_string()).collect();
        format!("values {}", values.join("|"))
    });
    let parts = [
        limits.range().map(|range| ends("range", range)),
        limits.items().map(|items| ends("items", items)),
        limits.length().map(|length| ends("length", length)),
        limits.default_value().map(|default| format!("default {}", default.to_owned())),
        values,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
