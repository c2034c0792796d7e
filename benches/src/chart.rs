//! Bar charts of the recorded figures: compared with other clients, and with the minimum that does the same work.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::table::{Line, Ratio, Table};

const WIDTH: f64 = 960.0;
const MARGIN: f64 = 24.0;
const ROW: f64 = 24.0;
const BAR: f64 = 16.0;
/// The width of a letter in the widest of the fonts.
const LETTER: f64 = 7.0;

/// The groups of other clients: a table, a text that its lines contain, and the index of the figure.
const PEERS: [(&str, &str, usize); 7] = [
    ("peers_signing", "", 0),
    ("peers_decoding", "45 KB", 0),
    ("peers_calls", "", 0),
    ("peers_calls_start", "", 0),
    ("peers_calls_sms", "", 0),
    ("peers_calls_tls", "", 0),
    ("peers_size", "", 1),
];

/// Background and text change together, so that the chart is readable in light and dark mode.
const STYLE: &str = "<style>\n\
    .ground { fill: #ffffff } .text { fill: #1f2328 } .quiet { fill: #59636e } .line { stroke: #8c959f }\n\
    .ours { fill: #1f8a5f } .peer { fill: #afb8c1 } .missed { fill: #c4562d } .mark { stroke: #1f2328 }\n\
    @media (prefers-color-scheme: dark) {\n\
    .ground { fill: #0d1117 } .text { fill: #e6edf3 } .quiet { fill: #9198a1 } .line { stroke: #6e7681 }\n\
    .ours { fill: #3fb950 } .peer { fill: #57606a } .missed { fill: #e0703f } .mark { stroke: #e6edf3 }\n\
    }\n</style>\n";

struct Bar {
    label: String,
    class: &'static str,
    value: f64,
    figure: String,
    mark: Option<f64>,
}

struct Group {
    heading: String,
    bars: Vec<Bar>,
    /// The value of the longest possible bar.
    full: f64,
    /// Whether a line marks the value 1.
    one: bool,
}

/// Both charts, one below the other.
pub fn draw(tables: &BTreeMap<String, Table>) -> String {
    let peers: Vec<Group> = PEERS.iter().filter_map(|&(id, lines, at)| beside(tables.get(id)?, lines, at)).collect();
    let mut least: Vec<Group> = tables.values().filter_map(budgets).collect();
    let full = least.iter().map(|group| group.full).fold(1.0, f64::max);
    for group in &mut least {
        group.full = full;
    }

    let labels = peers.iter().chain(&least).flat_map(|group| &group.bars).map(|bar| bar.label.chars().count()).max();
    let mut page = Page { out: String::new(), y: MARGIN, bars: MARGIN + LETTER * count(labels.unwrap_or(0)) + 8.0 };
    page.chapter("Compared with other clients", "Shorter is better. Each group has its own scale.");
    for group in &peers {
        page.group(group);
    }
    page.chapter(
        "Compared with the minimum that does the same work",
        "The minimum is 1. The vertical mark is the budget; a missed budget is orange.",
    );
    for group in &least {
        page.group(group);
    }
    let height = page.y;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" font-family=\"-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif\" \
         font-size=\"12\">\n{STYLE}<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"8\"/>\n{}</svg>\n",
        page.out
    )
}

/// The lines of a table whose names contain `lines`, with the figure at `at`.
fn beside(table: &Table, lines: &str, at: usize) -> Option<Group> {
    let bar = |line: &Line| {
        let figure = line.figures.get(at)?.clone();
        let class = if line.name.starts_with("ours") { "ours" } else { "peer" };
        // The remark after the colon is only in the table.
        let label = line.name.split(": ").next().unwrap_or_default().to_owned();
        Some(Bar { label, class, value: number(&figure), figure, mark: None })
    };
    let bars: Vec<Bar> = table.lines.iter().filter(|line| line.name.contains(lines)).filter_map(bar).collect();
    let full = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    (full > 0.0).then(|| Group { heading: capital(&table.title), bars, full, one: false })
}

/// The ratios of a table that have a budget, except those of other clients.
fn budgets(table: &Table) -> Option<Group> {
    let mut full = 1.0_f64;
    let mut bars = Vec::new();
    for Ratio { name, value, unit, budget } in &table.ratios {
        let (Some(budget), "×", false) = (*budget, unit.as_str(), table.id.starts_with("peers")) else { continue };
        full = full.max(*value).max(budget);
        let class = if *value <= budget { "ours" } else { "missed" };
        let figure = format!("{value:.2}");
        bars.push(Bar { label: name.clone(), class, value: *value, figure, mark: Some(budget) });
    }
    (!bars.is_empty()).then(|| Group { heading: capital(&table.title), bars, full, one: true })
}

struct Page {
    out: String,
    y: f64,
    /// The left end of the bars.
    bars: f64,
}

impl Page {
    fn chapter(&mut self, title: &str, note: &str) {
        self.y += 20.0;
        let (x, y) = (MARGIN, self.y);
        let note = format!("<tspan class=\"quiet\" font-size=\"12\" font-weight=\"400\" dx=\"12\">{note}</tspan>");
        let text = format!("<text class=\"text\" x=\"{x}\" y=\"{y}\" font-size=\"17\" font-weight=\"600\">");
        let _ = writeln!(self.out, "{text}{title}{note}</text>");
        self.y += 18.0;
    }

    fn group(&mut self, group: &Group) {
        let (x, y) = (MARGIN, self.y + 14.0);
        let text = format!("<text class=\"text\" x=\"{x}\" y=\"{y}\" font-weight=\"600\">");
        let _ = writeln!(self.out, "{text}{}</text>", escape(&group.heading));
        self.y += 24.0;
        let figures = group.bars.iter().map(|bar| bar.figure.chars().count()).max().unwrap_or(0);
        let unit = (WIDTH - MARGIN - LETTER * count(figures) - 16.0 - self.bars) / group.full;
        if group.one {
            let (x, end) = (self.bars + unit, self.y + ROW * count(group.bars.len()) - 4.0);
            let line = format!("<line class=\"line\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{}\" y2=\"{end}\"", self.y - 4.0);
            let _ = writeln!(self.out, "{line} stroke-dasharray=\"3 3\"/>");
        }
        for bar in &group.bars {
            self.bar(bar, unit);
        }
        self.y += 14.0;
    }

    fn bar(&mut self, bar: &Bar, unit: f64) {
        let Bar { label, class, value, figure, mark } = bar;
        let (top, base, width) = (self.y, self.y + 12.5, (unit * value).max(1.0));
        let _ = writeln!(
            self.out,
            "<text class=\"quiet\" x=\"{:.1}\" y=\"{base}\" text-anchor=\"end\">{}</text>\n\
             <rect class=\"{class}\" x=\"{:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"2\"/>",
            self.bars - 8.0,
            escape(label),
            self.bars,
        );
        if let Some(mark) = mark {
            let x = self.bars + unit * mark;
            let ends = format!("y1=\"{}\" y2=\"{}\"", top - 2.0, top + BAR + 2.0);
            let _ = writeln!(self.out, "<line class=\"mark\" x1=\"{x:.1}\" x2=\"{x:.1}\" {ends} stroke-width=\"2\"/>");
        }
        let end = self.bars + unit * value.max(mark.unwrap_or(0.0)) + 8.0;
        let _ = writeln!(self.out, "<text class=\"text\" x=\"{end:.1}\" y=\"{base}\">{}</text>", escape(figure));
        self.y += ROW;
    }
}

/// The number at the start of a figure; times in nanoseconds.
fn number(figure: &str) -> f64 {
    let mut words = figure.split(' ');
    let value = words.next().and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0);
    match words.next() {
        Some("µs") => value * 1e3,
        Some("ms") => value * 1e6,
        _ => value,
    }
}

/// `text` with an upper-case first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[allow(clippy::cast_precision_loss)]
fn count(number: usize) -> f64 {
    number as f64
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
