//! Writes what was recorded into BENCHMARKS.md, between its marks, and draws the chart.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Error, Result};
use std::path::PathBuf;

use crate::chart;
use crate::table::{Ratio, Table, results};

/// Writes the page and the chart.
///
/// # Errors
/// Nothing recorded, and a page without a place for it.
pub fn write() -> Result<()> {
    let page = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../BENCHMARKS.md"));
    let tables = recorded()?;
    let mut text = std::fs::read_to_string(&page)?;
    for (id, table) in &tables {
        replace(&mut text, id, &markdown(table))?;
    }
    replace(&mut text, "machine", &machine())?;
    std::fs::write(page, text)?;
    std::fs::write(results().join("../chart.svg"), chart::draw(&tables))
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

fn markdown(table: &Table) -> String {
    let mut out = String::new();
    if !table.lines.is_empty() {
        let columns = table.lines.iter().map(|line| line.figures.len()).max().unwrap_or(0);
        let _ = writeln!(out, "\n| |{}", " |".repeat(columns));
        let _ = writeln!(out, "|---|{}", "---:|".repeat(columns));
        for line in &table.lines {
            let _ = writeln!(out, "| {} | {} |", line.name, line.figures.join(" | "));
        }
    }
    let _ = writeln!(out, "\n| | | budget |\n|---|---:|---|");
    for Ratio { name, value, unit, budget } in &table.ratios {
        let said = match budget {
            None => String::new(),
            Some(budget) if value <= budget => format!("≤ {budget}"),
            Some(budget) => format!("≤ {budget}, **missed**"),
        };
        let value = if unit.is_empty() { format!("{value:.0}") } else { format!("{value:.2} {unit}") };
        let _ = writeln!(out, "| {name} | {value} | {said} |");
    }
    out.push('\n');
    out
}

/// What it was measured on.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let value = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split(": ").nth(1).unwrap_or("unknown").to_owned()
    };
    let count = cpus.lines().filter(|line| line.starts_with("processor")).count();
    let kernel = read("/proc/sys/kernel/osrelease");
    let rustc = std::process::Command::new("rustc").arg("-V").output().map(|said| said.stdout).unwrap_or_default();
    format!(
        "{} at {} MHz, {count} cores of a shared virtual machine, SHA-NI {}; Linux {}; {}.\n",
        value("model name"),
        value("cpu MHz").split('.').next().unwrap_or_default(),
        if value("flags").contains("sha_ni") { "present" } else { "absent" },
        kernel.trim(),
        String::from_utf8_lossy(&rustc).trim(),
    )
}
