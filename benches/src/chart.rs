//! A bar chart of the recorded ratios, drawn without a library: each bar is ours, measured in its neighbour.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::table::{Ratio, Table};

const ROW: f64 = 26.0;
const LABELS: f64 = 470.0;
const UNIT: f64 = 190.0;
const WIDTH: f64 = 980.0;

/// The chart of every ratio that has a budget.
pub fn draw(tables: &BTreeMap<String, Table>) -> String {
    let bars: Vec<(&Table, &Ratio)> = tables
        .values()
        .flat_map(|table| table.ratios.iter().map(move |ratio| (table, ratio)))
        .filter(|(_, ratio)| ratio.unit == "×" && ratio.budget.is_some())
        .collect();
    let height = 60.0 + ROW * count(bars.len());
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"12\" y=\"22\" font-size=\"15\">Ours, where the neighbour is 1. The mark is the budget.</text>\n"
    );
    for (at, (table, ratio)) in bars.iter().enumerate() {
        let y = 40.0 + ROW * count(at);
        let budget = ratio.budget.unwrap_or_default();
        let colour = if ratio.value <= budget { "#2b7a5b" } else { "#b5542b" };
        let place = if table.id.starts_with("calls") { format!(" ({})", short(&table.title)) } else { String::new() };
        let label = format!("{}{place}", ratio.name);
        let mark = LABELS + UNIT * budget;
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n\
             <rect x=\"{LABELS}\" y=\"{y}\" width=\"{:.1}\" height=\"18\" fill=\"{colour}\"/>\n\
             <line x1=\"{mark:.1}\" x2=\"{mark:.1}\" y1=\"{}\" y2=\"{}\" stroke=\"#222\" stroke-width=\"2\"/>\n\
             <text x=\"{:.1}\" y=\"{}\">{:.2}</text>\n",
            LABELS - 8.0,
            y + 13.0,
            escape(&label),
            UNIT * ratio.value,
            y - 2.0,
            y + 20.0,
            LABELS + UNIT * ratio.value.max(budget) + 8.0,
            y + 13.0,
            ratio.value,
        );
    }
    let one = LABELS + UNIT;
    let _ = write!(
        out,
        "<line x1=\"{one}\" x2=\"{one}\" y1=\"34\" y2=\"{}\" stroke=\"#888\" stroke-dasharray=\"3 3\"/>\n</svg>\n",
        height - 14.0
    );
    out
}

/// The call of a title: `GetPersonGroupInfo, 32 in flight`.
fn short(title: &str) -> &str {
    let call = title.split("loopback, ").nth(1).unwrap_or(title);
    call.split(':').next().unwrap_or(call)
}

#[allow(clippy::cast_precision_loss)]
fn count(number: usize) -> f64 {
    number as f64
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
