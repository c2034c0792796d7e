//! Lists of values with an explanation of each: `0: off, 1: on`.

use super::super::Subject;
use super::super::pattern::pattern;
use super::{List, all_distinct, scalar};

/// What stands between a value and its explanation. One list uses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Colon,
    Dash,
    Word,
    Paren,
    Blank,
    Dot,
}

/// A value and its mark at their place in the text.
#[derive(Debug)]
struct Item<'a> {
    start: usize,
    word: &'a str,
    mark: Mark,
    /// Where the explanation begins.
    gloss: usize,
}

/// The list that begins here.
pub(super) fn at(subject: &Subject<'_>, text: &str, start: usize) -> Option<List> {
    let opened = text[start..].starts_with(['[', '(', '{']);
    let inner = if opened { start + 1 } else { start };
    let first = item(subject, text, inner)?;
    chain(subject, text, first)
}

/// A list without an announcement: `Whether to … 0: no; 1: yes`.
pub(super) fn unannounced(subject: &Subject<'_>, text: &str) -> Option<List> {
    if subject.is_list && !subject.is_number() || text.contains('{') {
        return None;
    }
    let mut starts: Vec<usize> = vec![0];
    starts.extend(
        pattern!(r"[\n。;,:\[({.、]\s*|\s").find_iter(text).map(|found| found.end()).filter(|end| *end < text.len()),
    );
    for start in starts {
        let Some(first) = item(subject, text, start) else { continue };
        let before = text[..start].trim_end();
        if pattern!(r"(?i)(?:默认|默认值|缺省|default|值|例如|如|比如|示例|example|e\.g\.?|注|注意|note|说明|要求|限制|规则|最大|最小|than|大于|小于|超过|to|of)\s*[:为是]?$").is_match(before) {
            continue;
        }
        let plausible = match first.mark {
            Mark::Colon | Mark::Word | Mark::Dash => true,
            Mark::Blank => matches!(first.word, "0" | "1"),
            Mark::Dot => {
                subject.is_number() && !pattern!("(?i)注|note|说明|要求|限制|规则|rule|requirement").is_match(before)
            }
            Mark::Paren => false,
        };
        if !plausible {
            continue;
        }
        let mark = first.mark;
        let Some(list) = chain(subject, text, first) else { continue };
        let short = list.items.iter().all(|(_, gloss)| gloss.chars().count() <= 12);
        if mark == Mark::Dot && !short || !subject.is_number() && !names_values(&list) {
            continue;
        }
        return Some(list);
    }
    None
}

/// Whether the words of an unannounced list look like values and not like the beginnings of sentences.
fn names_values(list: &List) -> bool {
    let digits = |value: &crate::Scalar| value.to_string().bytes().all(|byte| byte.is_ascii_digit());
    let numbers = list.items.iter().filter(|(value, _)| digits(value)).count();
    (numbers == 0 || numbers == list.items.len()) && list.items.iter().all(|(value, gloss)| {
        let word = value.to_string();
        !gloss.is_empty()
            && !gloss.starts_with("//")
            && !pattern!(r"(?i)^(?:type|name|values?|key|required|string|format|description|example|url|http|https|id|note|unit|p\.s)$").is_match(&word)
    })
}

/// One value with the mark of its explanation.
fn item<'a>(subject: &Subject<'_>, text: &'a str, start: usize) -> Option<Item<'a>> {
    let rest = text.get(start..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let rest = &rest[blanks..];
    let start = start + blanks;
    let pattern = if subject.is_number() {
        pattern!(
            r#"^(?:["'])?(-?\d{1,12}(?:\.\d+)?)["']?(?:\s?(?P<colon>[:=])|\s*(?P<word>表示|代表|为|是|即|指|[-=]+>|for\b|means?\b|indicates?\b|represents?\b|stands for\b|denotes\b|is\b|refers to\b|corresponds to\b)|\s*(?P<dash>-+)|\s*(?P<paren>\()|\s*(?P<dot>[.、])|(?P<blank>\s*))"#
        )
    } else {
        pattern!(
            r#"^(?:\d{1,2}[.、)]\s?)?(?:["'])?([A-Za-z0-9_*+][A-Za-z0-9_.+/#*-]*(?::\d+)?)["']?\s?(?:\([^()\n]{1,40}\)\s?)?(?:(?P<colon>[:=])|\s*(?P<word>表示|代表|为|是|即|指|[-=]+>|for\b|means?\b|indicates?\b|represents?\b|stands for\b|denotes\b|refers to\b)|\s*(?P<dash>-+)|\s*(?P<paren>\()|(?P<blank>\s*))"#
        )
    };
    let found = pattern.captures(rest)?;
    let raw = found.get(1)?;
    let mut word = raw.as_str();
    let end = found.get(0)?.end();
    let gloss = &rest[end..];
    let next = gloss.trim_start().chars().next();
    let has = |name: &str| found.name(name).is_some();
    let cjk = |mark: Option<char>| mark.is_some_and(|mark| !mark.is_ascii() && mark.is_alphabetic());
    let mark = if has("colon") {
        if gloss.starts_with(|next: char| next.is_ascii_digit()) && subject.is_number() || gloss.starts_with("//") {
            return None;
        }
        Mark::Colon
    } else if has("word") {
        Mark::Word
    } else if has("dash") {
        // `1-100` is an interval, `a-b` one word.
        if next.is_some_and(|next| next.is_ascii_digit()) {
            return None;
        }
        Mark::Dash
    } else if has("paren") {
        Mark::Paren
    } else if has("dot") {
        if !cjk(next) && !next.is_some_and(|next| next.is_ascii_alphabetic()) {
            return None;
        }
        Mark::Dot
    } else if !subject.is_number() && word.ends_with('-') && cjk(next) {
        Mark::Dash
    } else if cjk(next) && !is_counter(gloss.trim_start())
        || subject.is_number()
            && gloss.len() < rest.len() - raw.len()
            && next.is_some_and(|next| next.is_ascii_alphabetic())
            && rest[raw.end()..].starts_with(' ')
    {
        Mark::Blank
    } else {
        return None;
    };
    word = word.trim_end_matches(['-', '.']);
    if word.is_empty() || is_stop_word(word) {
        return None;
    }
    Some(Item { start, word, mark, gloss: start + end })
}

fn is_counter(text: &str) -> bool {
    pattern!("^(?:个|条|项|张|台|次|秒|天|小时|分|年|月|日|周|毫秒|以|到|至|或|和|与|及|之|的|万|亿|级别|位|字|倍|核|片|开头|版本|时|路|段|元|页|类|种|代|等)").is_match(text)
}

fn is_stop_word(word: &str) -> bool {
    pattern!(r"(?i)^(?:note|notes|default|example|unit|warning|tip|see|where|default_value|ps|p\.s|e\.g|eg|i\.e|remark|attention|limit|if|when|the|this)$").is_match(word)
}

/// The list that begins with an item: the following items have the same mark.
fn chain(subject: &Subject<'_>, text: &str, first: Item<'_>) -> Option<List> {
    let mut found = vec![first];
    let mark = found[0].mark;
    let starts = pattern!(r"\n|[,;、。|/\]]\s*|\)\s*|\.\s+|\s|(?:[,，]?\s?(?:and|or|或|和)\s?)");
    let mut cursor = found[0].gloss;
    let mut depth: i32 = i32::from(mark == Mark::Paren);
    // Where the list stops at the latest.
    let mut stop = text.len();
    let bytes = text.as_bytes();
    while cursor < stop {
        match bytes[cursor] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            stop = cursor;
            break;
        }
        let boundary = text
            .is_char_boundary(cursor)
            .then(|| starts.find(&text[cursor..]))
            .flatten()
            .filter(|found| found.start() == 0);
        let Some(boundary) = boundary else {
            // "0:不开启1:开启": a digit after a word of the other script.
            let glued = mark == Mark::Colon
                && depth == 0
                && subject.is_number()
                && bytes[cursor].is_ascii_digit()
                && cursor > found.last().map_or(0, |item| item.gloss)
                && bytes[cursor - 1] >= 0x80;
            if glued
                && let Some(item) = item(subject, text, cursor)
                && item.mark == mark
            {
                cursor = item.gloss;
                found.push(item);
                continue;
            }
            cursor += 1;
            continue;
        };
        let next = cursor + boundary.len();
        let separator = boundary.as_str();
        if depth == 0 && next < text.len() {
            let strong = !separator.trim().is_empty() && !separator.trim().starts_with(')') || separator.contains('\n');
            if let Some(item) = item(subject, text, next)
                && item.mark == mark
                && (strong
                    || subject.is_number()
                        && matches!(mark, Mark::Colon | Mark::Dash | Mark::Word | Mark::Paren | Mark::Blank))
            {
                cursor = item.gloss;
                depth = i32::from(mark == Mark::Paren);
                found.push(item);
                continue;
            }
        }
        cursor += 1;
        // Two lines in a row without an item end the list.
    }
    finish(subject, text, &found, stop)
}

fn finish(subject: &Subject<'_>, text: &str, found: &[Item<'_>], stop: usize) -> Option<List> {
    if found.len() < 2 {
        return None;
    }
    let mut items = Vec::with_capacity(found.len());
    let mut end = found[0].start;
    for (at, item) in found.iter().enumerate() {
        let limit = found.get(at + 1).map_or(stop, |next| next.start);
        let gloss = &text[item.gloss..limit.max(item.gloss)];
        let gloss = if at + 1 < found.len() {
            // An explanation of several lines may be followed by values that were not recognised.
            if gloss.trim_end().contains('\n') {
                return None;
            }
            gloss
        } else {
            let cut = pattern!(r"\n|。|;|\.\s").find(gloss).map_or(gloss.len(), |cut| cut.start());
            &gloss[..cut]
        };
        end = item.gloss + gloss.len();
        items
            .push((scalar(subject, item.word)?, gloss.trim_matches([' ', '\n', ',', ';', '。', '、', '.']).to_owned()));
    }
    (all_distinct(&items)).then(|| List { items, start: found[0].start, end })
}
