//! Prints titles and labelled lines, in colour on a terminal.

use std::fmt::Display;
use std::io::IsTerminal;

/// The standard output.
pub(crate) struct Screen {
    colours: bool,
}

impl Screen {
    /// Uses colours on a terminal, unless `NO_COLOR` is set.
    pub(crate) fn new() -> Self {
        Self { colours: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    fn painted(&self, code: &str, text: impl Display) -> String {
        if self.colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// Prints a heading.
    pub(crate) fn title(&self, text: impl Display) {
        println!("\n{}", self.painted("1;36", format!("━━ {text}")));
    }

    /// Prints a label and a text. Further lines of the text are indented below the first.
    pub(crate) fn line(&self, label: &str, text: impl Display) {
        let text = text.to_string();
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        println!("  {} {first}", self.painted("2", format!("{label:<18}")));
        for line in lines {
            println!("  {:<18} {line}", "");
        }
    }

    /// Prints a success, in green.
    pub(crate) fn good(&self, label: &str, text: impl Display) {
        self.line(label, self.painted("32", text));
    }

    /// Prints a warning or an error, in yellow.
    pub(crate) fn notice(&self, label: &str, text: impl Display) {
        self.line(label, self.painted("33", text));
    }
}
