//! The limits of every member that a request reaches, one JSON object a line.

use std::io::{self, Write};

use serde_json::json;

use super::packages::folder_name;
use crate::{Catalog, CatalogError, Ends, Member, Number, ScalarRef, Site};

/// Writes the members that requests of a site reach, with their limits: one JSON object a line.
///
/// With `merged`, writes the limits of both sites together; without it, those of this site's own descriptions.
///
/// # Errors
/// The catalog is damaged, or `out` cannot be written to.
pub fn dump(catalog: &Catalog, site: Site, merged: bool, out: &mut dyn Write) -> Result<(), DumpError> {
    let lang = match site {
        Site::China => "cn",
        Site::International => "en",
    };
    for service in catalog.services() {
        for version in service.versions(site) {
            let module = service.module(site, Some(version)).map_err(DumpError::Catalog)?;
            let version = folder_name(version);
            for object in module.objects().filter(|object| object.is_in_request()) {
                for member in object.members() {
                    let line = line(lang, service.name(), &version, object.name(), member, merged);
                    writeln!(out, "{line}").map_err(DumpError::Write)?;
                }
            }
        }
    }
    Ok(())
}

fn line(lang: &str, service: &str, version: &str, object: &str, member: Member<'_>, merged: bool) -> String {
    let limits = if merged { member.limits() } else { member.own_limits() };
    let count = |count: u64| count.to_string();
    let fields = [
        ("lang", json!(lang).to_string()),
        ("service", json!(service).to_string()),
        ("version", json!(version).to_string()),
        ("object", json!(object).to_string()),
        ("member", json!(member.name()).to_string()),
        ("type", json!(if member.is_list() { "list" } else { member.ty().form() }).to_string()),
        ("member_type", json!(member.ty().to_string()).to_string()),
        ("required", json!(member.is_required()).to_string()),
        ("nullable", json!(member.is_nullable()).to_string()),
        ("range", ends(limits.range(), |number: Number| number.to_string())),
        ("items", ends(limits.items(), count)),
        ("length", ends(limits.length(), count)),
        ("default", limits.default_value().map_or_else(null, scalar)),
        (
            "values",
            limits
                .values()
                .map_or_else(null, |values| format!("[{}]", values.map(scalar).collect::<Vec<_>>().join(","))),
        ),
    ];
    // Not by serde_json: the order of the keys and the digits of numbers are part of the format.
    let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
    format!("{{{}}}", fields.join(","))
}

fn ends<T>(ends: Option<Ends<T>>, write: impl Fn(T) -> String) -> String {
    ends.map_or_else(null, |(min, max)| {
        let end = |end: Option<T>| end.map_or_else(null, &write);
        format!("[{},{}]", end(min), end(max))
    })
}

fn scalar(value: ScalarRef<'_>) -> String {
    match value {
        ScalarRef::Bool(value) => value.to_string(),
        ScalarRef::Number(number) => number.to_string(),
        ScalarRef::Text(text) => json!(text).to_string(),
    }
}

fn null() -> String {
    "null".to_owned()
}

/// The error of writing a dump.
#[derive(Debug)]
pub enum DumpError {
    /// The catalog is damaged.
    Catalog(CatalogError),
    /// The lines cannot be written.
    Write(io::Error),
}

impl std::fmt::Display for DumpError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Catalog(error) => error.fmt(f),
            Self::Write(error) => write!(f, "the dump cannot be written: {error}"),
        }
    }
}

impl std::error::Error for DumpError {}
