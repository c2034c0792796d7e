//! Detects values of a list that were not recognised.

use super::super::pattern::pattern;
use super::marked_value::is_counter;
use crate::Scalar;

/// Whether an explanation contains the number before or after a listed one in the form of a value: `1: a, 2 b, 3: c`.
pub(super) fn skips_one(text: &str, start: usize, end: usize, items: &[(Scalar, String)]) -> bool {
    let number = |value: &Scalar| match value {
        Scalar::Number(number) => number.as_int(),
        _ => None,
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
        if !listed.contains(&(value + 1)) && stands(explanation, value + 1) {
            return true;
        }
    }
    let (Some(first), Some(last)) = (listed.iter().min(), listed.iter().max()) else { return false };
    let head = text[..start].rsplit(['\n', '。']).next().unwrap_or("");
    let head = &head[head.ceil_char_boundary(head.len().saturating_sub(40))..];
    let tail = &text[end..];
    let tail = &tail[..tail.floor_char_boundary(tail.len().min(16))];
    stands(head, first - 1)
        || pattern!(r"^[\s,;。、.]*").find(tail).is_some_and(|gap| {
            let next = (last + 1).to_string();
            tail[gap.end()..]
                .strip_prefix(&next)
                .is_some_and(|after| after.starts_with([' ', ':', '.', '、', '-', '=']))
        })
}
