//! What the quickstart prints: titles, labelled lines, colours where a person looks on.

use std::fmt::Display;
use std::io::IsTerminal;

/// Prints for a person, or for a file.
pub(crate) struct Screen {
    colours: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { colours: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    fn painted(&self, code: &str, text: impl Display) -> String {
        if self.colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() }
    }

    /// A heading with a rule.
    pub(crate) fn title(&self, text: impl Display) {
        println!("\n{}", self.painted("1;36", format!("━━ {text}")));
    }

    /// A label and what it labels; further lines are indented below the first.
    pub(crate) fn line(&self, label: &str, text: impl Display) {
        let text = text.to_string();
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        println!("  {} {first}", self.painted("2", format!("{label:<18}")));
        for line in lines {
            println!("  {:<18} {line}", "");
        }
    }

    /// Something that went well.
    pub(crate) fn good(&self, label: &str, text: impl Display) {
        self.line(label, self.painted("32", text));
    }

    /// Something worth a second look.
    pub(crate) fn notice(&self, label: &str, text: impl Display) {
        self.line(label, self.painted("33", text));
    }
}
