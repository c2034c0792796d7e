//! Splits a text into sentences, and sentences into pieces.

use super::doubt::{absence_of_another, is_conditional, narrows, value_of_another};
use super::number::bracketed;
use super::pattern::pattern;

/// A sentence, and its pieces between commas and parentheses, which are slices of it.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) pieces: Vec<&'a str>,
    /// Whether a line above states a condition and ends with a colon: "If the type is A:".
    under_condition: bool,
    /// Whether a sentence above, in the same line, applies to one value of another parameter.
    in_a_case: bool,
    /// The name of the member that the text describes.
    name: &'a str,
    /// The whole text.
    pub(super) whole: &'a str,
}

impl<'a> Sentence<'a> {
    /// The sentence up to the end of one of its pieces.
    pub(super) fn through(&self, piece: &str) -> &'a str {
        let end = piece.as_ptr() as usize + piece.len() - self.text.as_ptr() as usize;
        self.text.get(..end).unwrap_or(self.text)
    }

    /// The rest of the sentence that begins with `rest`, which is the end of one of its pieces.
    pub(super) fn after(&self, rest: &str) -> Option<&'a str> {
        let start = (rest.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        self.text.get(start..)
    }

    /// Whether a condition applies to a piece: before it, in it, or at the beginning of the next piece.
    pub(super) fn is_conditional(&self, piece: &str) -> bool {
        let next = self
            .pieces
            .iter()
            .position(|other| other.as_ptr() == piece.as_ptr())
            .and_then(|at| self.pieces.get(at + 1));
        self.under_condition
            || self.in_a_case
            || pattern!(r"(?i)^for\b").is_match(self.text)
                && !pattern!(r"(?i)^for (?:each|every|a|one|a single) (?:request|time|call|query)\b")
                    .is_match(self.text)
            || is_conditional(self.through(piece))
            || absence_of_another(self.through(piece), self.name)
            || value_of_another(self.through(piece), self.name)
            || next.is_some_and(|next| {
                pattern!(r"(?i)^(?:and )?(?:if|when|only|for|unless|provided)\b").is_match(next) && narrows(next)
            })
    }
}

/// Splits a normalized text at line ends, full stops and semicolons, and each sentence at commas and parentheses.
///
/// A number such as `0.5` or an interval such as `[1, 100]` stays in one piece.
pub(super) fn sentences<'a>(text: &'a str, name: &'a str) -> Vec<Sentence<'a>> {
    let mut sentences = Vec::new();
    let mut pieces = Vec::new();
    let (mut sentence, mut piece) = (0, 0);
    let mut skip_to = 0;
    let mut in_a_case = false;
    for (at, mark) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        let after = &text[at + mark.len_utf8()..];
        let (ends_piece, ends_sentence) = match mark {
            '\n' | '。' | ';' => (true, true),
            '.' | '!' | '?' => {
                let end = after.is_empty()
                    || after.starts_with([' ', '\n', '"'])
                    || after.starts_with(|next| !char::is_ascii(&next));
                (end, end)
            }
            '[' | '(' => match bracketed(&text[at..]) {
                Some(found) => {
                    skip_to = text.len() - found.rest.len();
                    (false, false)
                }
                None => (mark == '(', false),
            },
            ',' | ')' => (true, false),
            _ => (false, false),
        };
        if ends_piece {
            pieces.push(text[piece..at].trim());
            piece = at + mark.len_utf8();
        }
        if ends_sentence {
            finish(&mut sentences, &mut pieces, &text[sentence..at], (text, name, in_a_case));
            in_a_case = mark != '\n' && (in_a_case || begins_a_case(&text[sentence..at]));
            sentence = piece;
        }
    }
    pieces.push(text[piece..].trim());
    finish(&mut sentences, &mut pieces, &text[sentence..], (text, name, in_a_case));
    sentences
}

/// Whether a sentence is about one value of another parameter: "When `Type` is A, …". What follows in its line is too.
fn begins_a_case(sentence: &str) -> bool {
    pattern!(
        r"^\s*(?:[Ww]hen|[Ii]f|当|若|如果) ?(?:the )?\x22?[A-Z][a-z]+[A-Z][A-Za-z]*\x22? ?(?:的?(?:取)?值|value )?(?:is|=|为)"
    )
    .is_match(sentence)
        && !pattern!("(?i)填|必传|必选|必须|需要|生效|有效|忽略|required|valid|effect|available|ignored|mandatory|blank|specify").is_match(sentence)
}

fn finish<'a>(
    sentences: &mut Vec<Sentence<'a>>,
    pieces: &mut Vec<&'a str>,
    text: &'a str,
    (whole, name, in_a_case): (&'a str, &'a str, bool),
) {
    let mut pieces = std::mem::take(pieces);
    pieces.retain(|piece| !piece.is_empty());
    if !pieces.is_empty() {
        let above = sentences.last();
        let under_condition =
            above.is_some_and(|above| above.under_condition || above.text.ends_with(':') && is_conditional(above.text));
        sentences.push(Sentence { text: text.trim(), pieces, under_condition, in_a_case, name, whole });
    }
}
