//! Official texts, a mixture of Markdown and HTML, as Markdown for doc comments.

use std::fmt::Write;

/// The text as Markdown. Relative links get `host`.
///
/// Tags of HTML become Markdown or nothing; any other `<` is text. Code is never taken for an example to run.
pub(super) fn markdown(text: &str, host: &str) -> String {
    let mut writer =
        Writer { host, out: String::new(), lists: Vec::new(), links: Vec::new(), rows: None, is_code: false };
    let mut rest = text;
    let mut fenced = false;
    let mut line_starts = true;
    while let Some(letter) = rest.chars().next() {
        if line_starts && rest.trim_start_matches([' ', '\t']).starts_with("```") {
            fenced = !fenced;
        }
        line_starts = letter == '\n';
        // What stands between backticks of one line is code, not markup.
        let quoted = writer.in_code_span() && rest.lines().next().is_some_and(|line| line.contains('`'));
        if letter == '<'
            && !fenced
            && !quoted
            && let Some((tag, after)) = tag(rest)
        {
            writer.tag(tag);
            rest = after;
        } else if letter == '&'
            && !fenced
            && let Some((entity, after)) = entity(rest)
        {
            writer.letter(entity);
            rest = after;
        } else {
            if fenced {
                writer.out.push(letter);
            } else {
                writer.letter(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    tidy(&writer.out)
}

struct Writer<'h> {
    host: &'h str,
    out: String,
    /// Open lists: the number of the next item of an ordered one.
    lists: Vec<Option<u32>>,
    /// Targets of open links.
    links: Vec<Option<String>>,
    /// How many rows the open table has.
    rows: Option<usize>,
    /// Whether `<pre>` is open.
    is_code: bool,
}

impl Writer<'_> {
    fn letter(&mut self, letter: char) {
        match letter {
            // Nothing of a text is a tag of HTML to rustdoc.
            '<' if !self.is_code && !self.in_code_span() => self.out.push_str("\\<"),
            // Within a table, a row is a line.
            '\n' if self.rows.is_some() => self.out.push(' '),
            _ => self.out.push(letter),
        }
    }

    /// Whether an odd number of backticks stands in this line.
    fn in_code_span(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.bytes().filter(|byte| *byte == b'`').count() % 2 == 1
    }

    fn tag(&mut self, tag: Tag<'_>) {
        let Tag { name, closes, attributes } = tag;
        match name {
            "br" | "p" | "div" | "blockquote" | "section" if self.rows.is_some() => self.out.push(' '),
            "br" | "p" | "div" | "blockquote" | "section" | "hr" => self.out.push_str("\n\n"),
            "b" | "strong" => self.mark("**", closes),
            "i" | "em" => self.mark("*", closes),
            "code" if !self.is_code => self.out.push('`'),
            "pre" => {
                self.is_code = !closes;
                self.out.push_str(if closes { "\n```\n\n" } else { "\n\n```text\n" });
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.push_str(if closes { "**\n\n" } else { "\n\n**" }),
            "ul" | "ol" if closes => {
                self.lists.pop();
                self.out.push_str(if self.lists.is_empty() { "\n\n" } else { "\n" });
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(1)),
            "li" if !closes => self.item(),
            "a" if closes => {
                if let Some(Some(target)) = self.links.pop() {
                    // Writing into a String cannot fail.
                    let _ = write!(self.out, "]({target})");
                }
            }
            "a" => {
                let target = attribute(attributes, "href").map(|target| self.absolute(target));
                if target.is_some() {
                    self.out.push('[');
                }
                self.links.push(target);
            }
            "table" => {
                self.rows = (!closes).then_some(0);
                self.out.push_str("\n\n");
            }
            "tr" if closes => self.end_row(),
            "td" | "th" if closes => self.out.push_str(" |"),
            "td" | "th" => self.out.push_str(if self.out.ends_with('|') { " " } else { "| " }),
            _ => {}
        }
    }

    /// Marks of emphasis stand at words, not at spaces.
    fn mark(&mut self, mark: &str, closes: bool) {
        if self.is_code || self.in_code_span() {
            return;
        }
        if closes {
            let trimmed = self.out.trim_end().len();
            if self.out.ends_with(mark) && !self.out.ends_with(&format!("{mark}{mark}")) {
                self.out.truncate(self.out.len() - mark.len());
                return;
            }
            self.out.truncate(trimmed);
        }
        self.out.push_str(mark);
    }

    fn item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        };
        if self.rows.is_some() {
            self.out.push(' ');
        } else {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(depth.min(1)));
        }
        self.out.push_str(&mark);
    }

    /// The end of a row; under the first stands the line that makes it a table.
    fn end_row(&mut self) {
        let cells = self.out.rsplit('\n').next().unwrap_or_default().matches('|').count().saturating_sub(1);
        if let Some(rows) = &mut self.rows {
            self.out.push('\n');
            if *rows == 0 {
                self.out.push('|');
                self.out.push_str(&"---|".repeat(cells));
                self.out.push('\n');
            }
            *rows += 1;
        }
    }

    fn absolute(&self, target: &str) -> String {
        let target = target.trim().replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        if target.starts_with('/') && !target.starts_with("//") { format!("{}{target}", self.host) } else { target }
    }
}

/// A tag of HTML.
#[derive(Clone, Copy)]
struct Tag<'t> {
    name: &'t str,
    closes: bool,
    attributes: &'t str,
}

/// Tags that texts contain. Anything else in angle brackets is text: `<InstanceId>`.
const TAGS: [&str; 46] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "dx-alert",
];

/// The tag at the beginning of the text, and what follows it.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    let (inner, after) = inner.split_once('>')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(inner.len());
    let (word, attributes) = inner.split_at(end);
    let name = TAGS.into_iter().find(|name| name.eq_ignore_ascii_case(word))?;
    let begins_attributes = attributes.is_empty() || attributes.starts_with([' ', '\t', '\n', '\r', '/']);
    begins_attributes.then_some((Tag { name, closes, attributes }, after))
}

fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let value = attributes.split_once(&format!("{name}="))?.1;
    let quote = value.chars().next()?;
    if matches!(quote, '"' | '\'') {
        return value[1..].split_once(quote).map(|(value, _)| value).filter(|value| !value.is_empty());
    }
    value.split_whitespace().next().map(|value| value.trim_end_matches('/'))
}

/// The character of the entity at the beginning of the text, and what follows it.
fn entity(text: &str) -> Option<(char, &str)> {
    let (name, after) = text.strip_prefix('&')?.split_once(';')?;
    let letter = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "mdash" => '\u{2014}',
        "middot" => '\u{b7}',
        "hellip" => '\u{2026}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter, after))
}

/// Lines without spaces at their ends, paragraphs with one empty line between them, and no line that Markdown would take
/// for code.
fn tidy(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter })
        .filter(|letter| *letter == '\n' || !(letter.is_control() || is_invisible(*letter)))
        .collect();
    let mut out = String::with_capacity(text.len());
    let (mut fenced, mut in_list, mut after_blank) = (false, false, true);
    for line in text.lines() {
        let line = line.trim_end();
        let inner = line.trim_start();
        if let Some(fence) = inner.strip_prefix("```") {
            // One that also ends on its line is a span.
            if !fence.contains("```") {
                fenced = !fenced;
                out.push_str(if fenced { "```text\n" } else { "```\n" });
                after_blank = false;
                continue;
            }
        }
        if fenced {
            out.push_str(line);
        } else if inner.is_empty() {
            if after_blank {
                continue;
            }
        } else {
            let is_item = is_item(inner);
            let indent = line.len() - inner.len();
            if in_list && if is_item { indent >= 2 } else { !after_blank } {
                out.push_str("  ");
            }
            in_list = is_item || (in_list && !after_blank);
            out.push_str(inner);
        }
        after_blank = !fenced && inner.is_empty();
        out.push('\n');
    }
    if fenced {
        out.push_str("```\n");
    }
    out.trim_end().to_owned()
}

fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    line.starts_with("- ") || line.starts_with("* ") || (digits.len() < line.len() && digits.starts_with(". "))
}

/// Characters that show nothing or turn the direction of text; the compiler refuses some of them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(markdown(text, "https://host"), expected, "{text}");
    }

    #[test]
    fn tags_become_markdown() {
        check("one<br>two<br/><BR />three", "one\n\ntwo\n\nthree");
        check("<p>a <b>bold </b>word</p><p>b</p>", "a **bold**word\n\nb");
        check("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter");
        check("<ol><li>one</li><li>two<ul><li>inner</li></ul></li></ol>", "1. one\n2. two\n  - inner");
        check(
            "<a href=\"/document/1\">here</a>, <a href='https://x/(y)'>there</a>",
            "[here](https://host/document/1), [there](https://x/%28y%29)",
        );
        check("<a>no target</a> <span style=\"a>b\">", "no target b\"\\>".replace("\\>", ">").as_str());
        check(
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>x\ny</td></tr></table>",
            "| A | B |\n|---|---|\n| 1 | x y |",
        );
        check("<code>a<b</code>", "`a<b`");
        check("<pre>let a\n  b</pre>", "```text\nlet a\n  b\n```");
    }

    #[test]
    fn text_in_angle_brackets_stays() {
        check(
            "arn:<InstanceId> and a < b &lt;br&gt; &#65;&#x42;&unknown; &",
            "arn:\\<InstanceId> and a \\< b \\<br> AB&unknown; &",
        );
        check("`<br>` is `a<c`", "`<br>` is `a<c`");
        check("one ` and <br> two", "one ` and\n\ntwo");
    }

    #[test]
    fn nothing_becomes_a_test_or_an_error_of_the_compiler() {
        check("    indented\n\ttab", "indented\ntab");
        check("```\nfn main() { panic!() }\n```", "```text\nfn main() { panic!() }\n```");
        check("```json\n{\"a\": \"<br>\"}", "```text\n{\"a\": \"<br>\"}\n```");
        check("a\r\nb\u{202e}c\u{200b}\u{feff}\u{7}", "a\nbc");
        check("- one\nstill one\n    - two", "- one\n  still one\n  - two");
        check("", "");
        check("\n\n<", "\\<");
    }

    #[test]
    fn no_text_panics() {
        for text in [
            "<",
            "</",
            "<a",
            "<a href=",
            "<a href='",
            "&",
            "&#;",
            "&#x110000;",
            "</ul></ol></li></a></td>",
            "<td>|</tr>",
            "```",
            "<b></b>",
        ] {
            markdown(text, "");
        }
    }
}
