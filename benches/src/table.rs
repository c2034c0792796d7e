//! The table of a benchmark: printed, and written to a file on request.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::measure::{Measured, Options, Run};

/// A title, the cases, and their comparisons.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Table {
    /// The name of its file.
    pub id: String,
    /// The title.
    pub title: String,
    /// The cases.
    pub lines: Vec<Line>,
    /// The comparisons.
    pub ratios: Vec<Ratio>,
}

/// A case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its figures with their units, such as `391 ns`.
    pub figures: Vec<String>,
}

/// A comparison of two cases, or a figure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ratio {
    /// The two compared cases, or the name of the figure.
    pub name: String,
    /// The ratio of the two cases; if `unit` is not `×`, a figure.
    pub value: f64,
    /// `×`, `MB`, `ms`.
    pub unit: String,
    /// The maximum allowed value.
    pub budget: Option<f64>,
}

impl Table {
    /// Creates a table without cases and prints its title.
    pub fn new(id: &str, title: &str) -> Self {
        println!("\n{title}");
        Self { id: id.to_owned(), title: title.to_owned(), lines: Vec::new(), ratios: Vec::new() }
    }

    /// Adds the CPU time and the allocations of every case of `run`.
    pub fn cases(&mut self, run: &Run) {
        for (at, Measured { name, allocations, bytes, .. }) in run.0.iter().enumerate() {
            let allocations = format!("{} allocations, {} bytes", round(*allocations), round(*bytes));
            self.line(name, vec![time(run.cpu(at)), allocations]);
        }
    }

    /// Adds a case.
    pub fn line(&mut self, name: &str, figures: Vec<String>) {
        println!("  {name:<64} {}", figures.join("  "));
        self.lines.push(Line { name: name.to_owned(), figures });
    }

    /// Adds the ratio of a case to the sum of others, with a budget.
    pub fn ratio(&mut self, run: &Run, name: &str, case: usize, over: &[usize], budget: Option<f64>) {
        self.figure(name, run.ratio(case, over), "×", budget);
    }

    /// Adds a figure with a budget.
    pub fn figure(&mut self, name: &str, value: f64, unit: &str, budget: Option<f64>) {
        let ratio = Ratio { name: name.to_owned(), value, unit: unit.to_owned(), budget };
        println!("  {ratio}");
        self.ratios.push(ratio);
    }

    /// Writes the table to its file if `options` say so.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, options: Options) -> std::io::Result<()> {
        if !options.record {
            return Ok(());
        }
        std::fs::create_dir_all(results())?;
        std::fs::write(results().join(format!("{}.json", self.id)), serde_json::to_string_pretty(self)? + "\n")
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, unit, budget } = self;
        write!(f, "= {name:<62} {value:.3} {unit}")?;
        match budget {
            Some(budget) if value <= budget => write!(f, "  (budget {budget})"),
            Some(budget) => write!(f, "  (budget {budget}: MISSED)"),
            None => Ok(()),
        }
    }
}

/// The folder of the recorded figures.
pub fn results() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/results"))
}

/// Nanoseconds with a readable unit.
pub fn time(nanos: f64) -> String {
    match nanos {
        ..1e4 => format!("{nanos:.0} ns"),
        ..1e7 => format!("{:.1} µs", nanos / 1e3),
        _ => format!("{:.2} ms", nanos / 1e6),
    }
}

fn round(value: f64) -> String {
    if (value - value.round()).abs() < 0.005 { format!("{value:.0}") } else { format!("{value:.2}") }
}
