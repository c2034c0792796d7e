//! Makes texts of servers safe to print on one line.

/// Returns at most `most` characters of `text`, with control characters and invisible characters escaped.
///
/// Messages are printed to terminals and log files, where a line feed could forge a line and a terminal could execute an escape
/// sequence.
pub(crate) fn shown(text: &str, most: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(most));
    let mut characters = text.chars();
    for character in characters.by_ref().take(most) {
        match character {
            '\n' | '\r' | '\t' => shown.extend(character.escape_default()),
            other if other.is_control() || is_invisible(other) => shown.extend(other.escape_unicode()),
            other => shown.push(other),
        }
    }
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character ends a line, changes the text direction, or is not visible.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// As [`shown`], but faster for texts that rarely need a change, such as the id of a request.
pub(crate) fn clean(text: String, most: usize) -> String {
    // The loop has no early exit, so that the compiler can vectorize it.
    let plain = text.bytes().fold(true, |plain, byte| plain & (b' '..=b'~').contains(&byte)) && text.len() <= most;
    if plain { text } else { shown(&text, most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_invisible_characters_are_escaped() {
        assert_eq!(
            shown("a\u{1b}[31m\r\nb\u{9b}\u{202e}\u{2028}\0", 99),
            r"a\u{1b}[31m\r\nb\u{9b}\u{202e}\u{2028}\u{0}"
        );
        assert_eq!(shown(r#"参数 "Limit" isn't \d"#, 99), r#"参数 "Limit" isn't \d"#);
        assert_eq!(shown("12345", 4), "1234…");
        assert_eq!(shown("1234", 4), "1234");
    }

    #[test]
    fn a_printable_text_is_not_changed() {
        assert_eq!(clean("7d80775f-fb6d".into(), 20), "7d80775f-fb6d");
        assert_eq!(clean("7d80775f-fb6d".into(), 4), "7d80…");
        assert_eq!(clean("a\nb".into(), 20), r"a\nb");
    }
}
