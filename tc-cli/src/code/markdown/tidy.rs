//! White space of Markdown.

/// Lines without spaces at their ends, paragraphs with one empty line between them, and no line that Markdown would treat
/// as code.
pub(super) fn tidy(text: &str) -> String {
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

/// Characters that are invisible or change the direction of text. The compiler rejects some of them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}
