//! Writes the recorded figures into BENCHMARKS.md, between its marks, and draws the chart.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Error, Result};
use std::path::PathBuf;

use crate::chart;
use crate::table::{Ratio, Table, results};

/// Writes the page and the chart.
///
/// # Errors
/// No figures are recorded, or the page has no place for a table.
pub fn write() -> Result<()> {
    let page = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../BENCHMARKS.md"));
    let tables = recorded()?;
    let mut text = std::fs::read_to_string(&page)?;
    for (id, table) in &tables {
        replace(&mut text, id, &markdown(table))?;
    }
    replace(&mut text, "summary", &summary(&tables))?;
    replace(&mut text, "machine", &machine())?;
    std::fs::write(page, text)?;
    std::fs::write(results().join("../chart.svg"), chart::draw(&tables))
}

/// The rows of the summary: what is measured, its section, a table, and a comparison in that table.
const SUMMARY: [(&str, &str, &str, &str); 16] = [
    ("a TC3 signature", "signing", "signing", "ours / nine compressions"),
    ("a JSON body", "encoding", "encoding", "ours / serde_json::to_vec"),
    ("a query", "encoding", "encoding", "our query / flattened by hand with serde_urlencoded"),
    ("a signed request", "encoding", "request", "ours / to_vec + SHA-256 + signature"),
    ("decoding 45 KB", "decoding", "decoding", "ours / hand-written, 45 KB"),
    ("opening the catalog and finding an action", "catalog", "catalog_find", "open and find"),
    ("a call, 1 in flight, reqwest", "calls", "calls_1", "ours on reqwest / raw reqwest"),
    ("a call, 1 in flight, hyper", "calls", "calls_1", "ours on hyper / raw hyper-util"),
    ("a call, 32 in flight, reqwest", "calls", "calls_32", "ours on reqwest / raw reqwest"),
    ("a call, 32 in flight, hyper", "calls", "calls_32", "ours on hyper / raw hyper-util"),
    ("compile time of a request struct", "compile-time", "compile", "our request struct / derive(Serialize)"),
    ("compile time of a response struct", "compile-time", "compile", "our response struct / derive(Deserialize)"),
    ("compile time of a `request!`", "compile-time", "compile", "`request!` with five fields"),
    ("a program with one call, reqwest", "program-size", "size", "stripped size, ours, reqwest transport"),
    ("a program with one call, hyper", "program-size", "size", "stripped size, ours, only the hyper transport"),
    ("memory of a call in flight", "calls", "in_flight", "one call, 10000 in flight, without a network"),
];

fn summary(tables: &BTreeMap<String, Table>) -> String {
    let mut out = String::from("\n| What | Comparison or figure | Result | Budget |\n|---|---|---:|---|\n");
    for (what, section, id, name) in SUMMARY {
        let ratios = tables.get(id).map(|table| table.ratios.as_slice()).unwrap_or_default();
        if let Some(ratio) = ratios.iter().find(|ratio| ratio.name == name) {
            let (value, budget) = cells(ratio);
            let _ = writeln!(out, "| [{what}](#{section}) | {name} | {value} | {budget} |");
        }
    }
    out.push('\n');
    out
}

fn recorded() -> Result<BTreeMap<String, Table>> {
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(results())? {
        let table: Table = serde_json::from_slice(&std::fs::read(entry?.path())?)?;
        tables.insert(table.id.clone(), table);
    }
    Ok(tables)
}

/// Puts `new` between `<!-- id -->` and the next `<!-- end -->`.
fn replace(text: &mut String, id: &str, new: &str) -> Result<()> {
    let start = format!("<!-- {id} -->\n");
    let missing = || Error::other(format!("BENCHMARKS.md has no place for {id}"));
    let from = text.find(&start).ok_or_else(missing)? + start.len();
    let to = from + text[from..].find("<!-- end -->").ok_or_else(missing)?;
    text.replace_range(from..to, new);
    Ok(())
}

/// The cases of a table and their comparisons, each below column heads.
fn markdown(table: &Table) -> String {
    let mut out = String::new();
    if let Some(first) = table.lines.first() {
        let heads: Vec<&str> = first.figures.iter().map(|figure| head(figure)).collect();
        let _ = writeln!(out, "\n| {} | {} |", chart::capital(&table.title), heads.join(" | "));
        let _ = writeln!(out, "|---|{}", "---:|".repeat(heads.len()));
        for line in &table.lines {
            let _ = writeln!(out, "| {} | {} |", line.name, line.figures.join(" | "));
        }
    }
    let _ = writeln!(out, "\n| Comparison | Result | Budget |\n|---|---:|---|");
    for ratio in &table.ratios {
        let (value, budget) = cells(ratio);
        let _ = writeln!(out, "| {} | {value} | {budget} |", ratio.name);
    }
    out.push('\n');
    out
}

/// A comparison and its budget as cells of a table.
fn cells(Ratio { value, unit, budget, .. }: &Ratio) -> (String, String) {
    let result = if unit.is_empty() { format!("{value:.0}") } else { format!("{value:.2} {unit}") };
    let budget = match budget {
        None => "–".to_owned(),
        Some(budget) if value <= budget => format!("≤ {budget}"),
        Some(budget) => format!("≤ {budget}, **missed**"),
    };
    (result, budget)
}

/// The head of the column that contains a figure, by the figure's unit.
fn head(figure: &str) -> &'static str {
    match figure.rsplit(' ').next().unwrap_or_default() {
        "bytes" => "Allocated",
        "allocations" => "Allocations",
        "calls/s" => "Rate",
        "CPU" => "CPU time of the build",
        "MB" | "OpenSSL" => "Size, stripped",
        "crates" => "Crates",
        _ => "CPU time",
    }
}

/// The machine of the measurements.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let value = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split(": ").nth(1).unwrap_or("unknown").to_owned()
    };
    let count = cpus.lines().filter(|line| line.starts_with("processor")).count();
    let kernel = read("/proc/sys/kernel/osrelease");
    let rustc = std::process::Command::new("rustc").arg("-V").output().map(|output| output.stdout).unwrap_or_default();
    format!(
        "{} at {} MHz, {count} cores of a shared virtual machine, SHA-NI {}; Linux {}; {}.\n",
        value("model name"),
        value("cpu MHz").split('.').next().unwrap_or_default(),
        if value("flags").contains("sha_ni") { "present" } else { "absent" },
        kernel.trim(),
        String::from_utf8_lossy(&rustc).trim(),
    )
}
