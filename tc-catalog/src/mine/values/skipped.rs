//! Detects values of a list that were not recognised.

use super::super::pattern::pattern;
use super::marked_value::{is_counter, is_stop_word};
use crate::Scalar;

/// Whether a text has a number in the form of a value ("4: all") that a list does not have.
pub(super) fn has_unlisted(text: &str, items: &[(Scalar, String)]) -> bool {
    pattern!(r#"(?:^|[\s,;、。(|])(-?\d{1,6})["']? ?(?:: ?[^\d\s/:]|表示|代表)"#).captures_iter(text).any(|found| {
        let after = found.get(1).map_or("", |number| &text[number.end()..]);
        !items.iter().any(|(value, _)| value.to_string() == found[1]) && !is_counter(after.trim_start())
    })
}

/// Whether the text after a list of words adds one: `"a" (one) and "b" (two)`, or a line that begins with such a word.
pub(super) fn goes_on(rest: &str, items: &[(Scalar, String)]) -> bool {
    let next = pattern!(
        r#"^[\s,;.。、)]*(?:(?:and|or|或者?|和|以及|及)\s*)?"([A-Za-z0-9_-]{2,})"(?: [A-Za-z]| ?[(:-]| ?[^\x00-\x7f]|[.;]?(?:\n|$))|^[\s。;.,]*\n([A-Za-z][A-Za-z0-9_]{2,})(?: ?:|, | - |-[A-Za-z]*[^\x00-\x7f]| ?支持|[.,]?(?:\n|$))|^[\s。;.,]*\n([A-Za-z][A-Za-z0-9_]{2,}) ?(?:返回|表示|代表)"#
    );
    let Some(found) = next.captures(rest) else { return false };
    let Some(word) = found.get(1).or(found.get(2)).or(found.get(3)).map(|word| word.as_str()) else { return false };
    let listed = |(value, _): &(Scalar, String)| value.to_string().eq_ignore_ascii_case(word);
    !items.iter().any(listed)
        && !is_stop_word(word)
        && (found.get(3).is_some() || items.iter().any(|(value, _)| shape(&value.to_string()) == shape(word)))
}

/// Whether a word has upper-case letters alone, lower-case letters alone, or both.
pub(super) fn shape(word: &str) -> (bool, bool) {
    (word.contains(|mark: char| mark.is_ascii_uppercase()), word.contains(|mark: char| mark.is_ascii_lowercase()))
}

/// Whether an explanation contains the number before or after a listed one in the form of a value: `1: a, 2 b, 3: c`.
pub(super) fn skips_one(text: &str, start: usize, end: usize, items: &[(Scalar, String)]) -> bool {
    let number = |value: &Scalar| match value {
        Scalar::Number(number) => number.as_int(),
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Bool(_) => None,
    };
    let stands = |text: &str, number: i128| {
        let digits = number.to_string();
        text.match_indices(&digits).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = &text[at + digits.len()..];
            let begins = before.is_none_or(|mark| " ,;。、(|\n".contains(mark) || !mark.is_ascii() && number != 0);
            let follows = after.starts_with([' ', ':', '.', '、', '-', '=', ';'])
                || after
                    .chars()
                    .next()
                    .is_some_and(|mark| mark.is_alphabetic() && !mark.is_ascii() && !is_counter(after));
            (begins || after.starts_with(':'))
                && follows
                && !after
                    .trim_start_matches([' ', ':', '.', '、', '-', '=', ';'])
                    .starts_with(|next: char| next.is_ascii_digit())
                && !is_counter(after.trim_start())
        })
    };
    let listed: Vec<i128> = items.iter().filter_map(|(value, _)| number(value)).collect();
    for (value, explanation) in items {
        let Some(value) = number(value) else { continue };
        let next = format!("{},", value + 1);
        let with_a_comma =
            pattern!(r"[,;] ?(\d+,) ?[^\x00-\x7f]").captures_iter(explanation).any(|found| found[1] == next);
        if !listed.contains(&(value + 1)) && (stands(explanation, value + 1) || with_a_comma)
            || !listed.contains(&0) && pattern!(r"[\s,;]0 ?[^\x00-\x7f(]|[\s,;]0 ?\(").is_match(explanation)
            || pattern!(r"[\s,;]-\d+ ?[.:]").is_match(explanation)
        {
            return true;
        }
    }
    let (Some(first), Some(last)) = (listed.iter().min(), listed.iter().max()) else { return false };
    let head = text[..start].rsplit(['\n', '。']).next().unwrap_or("");
    let head = &head[head.ceil_char_boundary(head.len().saturating_sub(40))..];
    let tail = &text[end..];
    let line = tail.trim_start_matches(['\n', ' ']).split('\n').next().unwrap_or("");
    let tail = &tail[..tail.floor_char_boundary(tail.len().min(16))];
    stands(head, first - 1)
        || items.len() > 2
            && pattern!(r"[,;。] ?(\d+)[.:、-] ?[^\x00-\x7f]")
                .captures_iter(line)
                .any(|found| found[1] == (last + 1).to_string())
        || pattern!(r"^[\s,;。、.]*").find(tail).is_some_and(|gap| {
            let next = (last + 1).to_string();
            tail[gap.end()..].strip_prefix(&next).is_some_and(|after| {
                after.starts_with([' ', ':', '.', '、', '-', '='])
                    || after.starts_with(|mark: char| !mark.is_ascii() && mark.is_alphabetic()) && !is_counter(after)
            })
        })
}
