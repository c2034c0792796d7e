//! Text that a server chose, made safe to print on one line.

/// At most `most` characters of `text`, with control characters and invisible ones escaped.
///
/// An error message ends in a terminal or in a log file: a line feed would forge a line, an escape sequence would run.
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

/// Whether it ends a line, changes the direction of writing, or cannot be seen.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The same for a text that is nearly always fine already, such as a request's id.
pub(crate) fn clean(text: String, most: usize) -> String {
    // Without a way out of the loop, several bytes are looked at together.
    let plain = text.bytes().fold(true, |plain, byte| plain & (b' '..=b'~').contains(&byte)) && text.len() <= most;
    if plain { text } else { shown(&text, most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_moves_the_cursor_is_left() {
        assert_eq!(
            shown("a\u{1b}[31m\r\nb\u{9b}\u{202e}\u{2028}\0", 99),
            r"a\u{1b}[31m\r\nb\u{9b}\u{202e}\u{2028}\u{0}"
        );
        assert_eq!(shown(r#"参数 "Limit" isn't \d"#, 99), r#"参数 "Limit" isn't \d"#);
        assert_eq!(shown("12345", 4), "1234…");
        assert_eq!(shown("1234", 4), "1234");
    }

    #[test]
    fn a_text_that_is_fine_stays_as_it_is() {
        assert_eq!(clean("7d80775f-fb6d".into(), 20), "7d80775f-fb6d");
        assert_eq!(clean("7d80775f-fb6d".into(), 4), "7d80…");
        assert_eq!(clean("a\nb".into(), 20), r"a\nb");
    }
}
