//! Normalizes a description: removes markup, and writes each punctuation mark in one way.

use super::pattern::pattern;

/// Replaces a comma that groups digits, so that `1,024` is one number and `[1,024]` may be two.
pub(super) const GROUP: char = '\u{2063}';

/// Removes HTML and Markdown, and gives quotes, dashes, brackets and full-width marks one spelling each.
///
/// Blocks and list items become lines. Empty lines and list bullets are removed.
pub(super) fn normalize(document: &str) -> String {
    let text = without_markup(document);
    let text = group_digits(&text);
    let text: String = text.chars().flat_map(one_spelling).collect();
    let text = pattern!(r"([A-Za-z\d)])\.Note:").replace_all(&text, "$1.\nNote:");
    let bullets = pattern!(r"(?m)^\s*-(?: \d|0\b)").is_match(&text);
    let mut lines = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line.trim_start_matches(['.', ',', ';']).trim_start();
        let bare = line.strip_prefix(['-', '*', '+', '•', '●', '·', '>', '#']);
        let line = match bare {
            Some(rest) if rest.starts_with(' ') => rest.trim_start(),
            Some(rest)
                if line.starts_with('-')
                    && (rest.starts_with(char::is_alphabetic)
                        || bullets && rest.starts_with(|next: char| next.is_ascii_digit())) =>
            {
                rest
            }
            _ => line.trim_start_matches(['•', '●', '·', '#']).trim_start(),
        };
        if line.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(line);
    }
    pattern!(r":\s?\.(\n|$)").replace_all(&lines, ":$1").into_owned()
}

fn without_markup(document: &str) -> String {
    let mut text = document.to_owned();
    // Escapes that the text shows as words.
    for (broken, mark) in [("u200c<", "<"), ("u200b<", "<"), (":xa0\n", ":\n")] {
        if text.contains(broken) {
            text = text.replace(broken, mark);
        }
    }
    if text.contains('<') {
        text = pattern!(r"(?i)</?(?:br|p|li|ul|ol|div|tr|td|th|table|tbody|thead|h[1-6]|hr|pre|dl|dt|dd|blockquote|center)(?:\s[^<>]*)?/?>")
            .replace_all(&text, "\n")
            .into_owned();
        text = pattern!(r"(?i)</?(?:b|strong|code|em|i|u|a|span|font|small|sup|sub|img|del|label|section|col|colgroup|mark|dx-[a-z]+)(?:\s[^<>]*)?/?>")
            .replace_all(&text, "")
            .into_owned();
    }
    if text.contains('&') {
        for (entity, mark) in [
            ("&nbsp;", " "),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&le;", "<="),
            ("&ge;", ">="),
            ("&quot;", "\""),
            ("&ldquo;", "\""),
            ("&rdquo;", "\""),
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&#34;", "\""),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, mark);
        }
    }
    if text.contains("](") {
        text = pattern!(r"!?\[([^\[\]]*)\]\([^()\s]*\)").replace_all(&text, "$1").into_owned();
    }
    if text.contains("**") {
        text = text.replace("**", "");
    }
    // "`__SOURCE__`, `__HOSTNAME__`" in one line are names, and not words in bold type.
    if text.contains("__") && !pattern!(r"\w__ ?(?:[、,，和]|and) ?__\w").is_match(&text) {
        text = pattern!(r"__([A-Za-z0-9]+(?:_[A-Za-z0-9]+)*)__").replace_all(&text, "$1").into_owned();
    }
    text
}

/// The spelling of one character that the rules use.
fn one_spelling(character: char) -> impl Iterator<Item = char> {
    let (first, second) = match character {
        '「' | '」' | '『' | '』' | '“' | '”' | '„' | '`' | '＂' => ('"', None),
        '‘' | '’' | '＇' => ('\'', None),
        '【' | '〔' => ('[', None),
        '】' | '〕' => (']', None),
        '–' | '—' | '−' | '‐' | '‑' | '－' | '―' => ('-', None),
        '∼' | '～' | '〜' | '˜' => ('~', None),
        '≤' | '≦' | '⩽' => ('<', Some('=')),
        '≥' | '≧' | '⩾' => ('>', Some('=')),
        '\u{a0}' | '\u{3000}' | '\t' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{2060}' | '\u{feff}'
        | '\u{2009}' | '\r' => (' ', None),
        // This comma never groups digits.
        '，' => (',', Some(' ')),
        '︰' | '∶' => (':', None),
        '｡' | '．' => ('。', None),
        '､' => ('、', None),
        '\u{ff01}'..='\u{ff5e}' => (char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character), None),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// Marks the commas that group digits. Inside brackets a comma without a blank may separate two numbers.
fn group_digits(text: &str) -> String {
    let groups = pattern!(r"(?:^|[^\d.,_])\s?([1-9]\d{0,2}(?:,\d{3})+)");
    if !text.contains(',') || !groups.is_match(text) {
        return text.to_owned();
    }
    let mut grouped = String::with_capacity(text.len());
    let mut end = 0;
    for found in groups.captures_iter(text) {
        let Some(number) = found.get(1) else { continue };
        let next = text[number.end()..].chars().next();
        if next.is_some_and(|next| next.is_ascii_digit() || next == ',' && follows_digit(&text[number.end()..])) {
            continue;
        }
        let open = text[..number.start()].rfind(['[', '(']);
        let closed = text[..number.start()].rfind([']', ')']);
        // `[1,100]` may be two numbers; the second one of `[1, 4,096]` is one.
        let inside = open.filter(|open| open_before(closed, *open)).map(|open| &text[open + 1..number.start()]);
        if inside.is_some_and(|inside| inside.trim().is_empty()) {
            continue;
        }
        grouped.push_str(&text[end..number.start()]);
        grouped.extend(number.as_str().chars().map(|mark| if mark == ',' { GROUP } else { mark }));
        end = number.end();
    }
    grouped.push_str(&text[end..]);
    grouped
}

fn open_before(closed: Option<usize>, open: usize) -> bool {
    closed.is_none_or(|closed| closed < open)
}

fn follows_digit(rest: &str) -> bool {
    rest[1..].starts_with(|next: char| next.is_ascii_digit())
}
