//! The official text is HTML in JSON; a terminal shows it as lines.

/// HTML as plain lines: tags gone, list items and breaks on separate lines, character references resolved.
///
/// ```
/// assert_eq!(tc_cli::docs::plain("At most <b>100</b>.<br>Values:<ul><li>A &amp; B</li><li>C</li></ul>"), "At most 100.\nValues:\n- A & B\n- C");
/// ```
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('<') { tag(rest, &mut text) } else { reference(rest, &mut text) };
        rest = &rest[taken..];
    }
    text.push_str(rest);
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty() && line != "-").collect::<Vec<_>>().join("\n")
}

/// Reads a tag. Other text that begins with `<` is kept.
fn tag(rest: &str, text: &mut String) -> usize {
    let name = rest[1..].trim_start_matches('/');
    let is_tag = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!');
    let Some(end) = rest.find('>').filter(|end| is_tag && !rest[1..*end].contains('<')) else {
        text.push('<');
        return 1;
    };
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    match (name.as_str(), rest.starts_with("</")) {
        ("li", false) => text.push_str("\n- "),
        ("br", _)
        | ("p" | "div" | "ul" | "ol" | "li" | "tr" | "table" | "h1" | "h2" | "h3" | "h4" | "pre", true)
        | ("p" | "div" | "ul" | "ol" | "tr" | "table" | "pre", false) => text.push('\n'),
        ("td" | "th", false) => text.push(' '),
        _ => {}
    }
    end + 1
}

/// Resolves a character reference; one that is unknown stays.
fn reference(rest: &str, text: &mut String) -> usize {
    let Some(end) = rest.find(';').filter(|end| *end <= 10) else {
        text.push('&');
        return 1;
    };
    let name = &rest[1..end];
    let number = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")).map_or_else(
        || name.strip_prefix('#').and_then(|digits| digits.parse().ok()),
        |digits| u32::from_str_radix(digits, 16).ok(),
    );
    let character = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    match character {
        Some(character) => {
            text.push(character);
            end + 1
        }
        None => {
            text.push('&');
            1
        }
    }
}
