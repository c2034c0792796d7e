//! Lists of values with explanations: `0: off, 1: on`.

use super::super::Subject;
use super::super::pattern::pattern;
use super::marked_value::{Mark, MarkedValue, marked_value};
use super::skipped::{goes_on, has_unlisted, shape, skips_one};
use super::{List, all_distinct, scalar};

/// The list that starts at `start`.
pub(super) fn at(subject: &Subject<'_>, text: &str, start: usize) -> Option<List> {
    let opened = text[start..].starts_with(['[', '(', '{']);
    let inner = if opened { start + 1 } else { start };
    let first = marked_value(subject, text, inner)?;
    chain(subject, text, first).ok()
}

/// Why items do not form a list.
enum Unlisted {
    /// There is only one item.
    One,
    /// A value occurs twice, or a value between two others was not recognised.
    Unclear,
}

/// A list without an announcement: `Whether to … 0: no; 1: yes`.
pub(super) fn unannounced(subject: &Subject<'_>, text: &str) -> Option<List> {
    if subject.is_list && !subject.is_number()
        || text.contains('{')
        || subject.is_number() && !text.contains(|mark: char| mark.is_ascii_digit())
    {
        return None;
    }
    let named = pattern!(
        r"(?:Name|Names|Ids?|IDs?|Urls?|URL|Path|Key|Content|Desc|Description|Token|Password|Time|Date|Email|Phone|Number|Expression|Comment|Remark)$"
    );
    if !subject.is_number() && named.is_match(subject.name) {
        return None;
    }
    let breaks = if subject.is_number() {
        pattern!(r"[\n。;,:\[({.、]\s*|\s|[^\x00-\x7f]")
    } else {
        pattern!(r"[\n。;:(]\s*|,\s?|[^\x00-\x7f] ")
    };
    let mut starts: Vec<usize> = vec![0];
    let mut skipped = Vec::new();
    starts.extend(breaks.find_iter(text).map(|found| found.end()).filter(|end| *end < text.len()));
    for start in starts {
        let begins = text[start..].trim_start().trim_start_matches(['"', '\'', '-']);
        if subject.is_number() && !begins.starts_with(|mark: char| mark.is_ascii_digit()) {
            continue;
        }
        let Some(first) = marked_value(subject, text, start) else { continue };
        let before = text[..start].trim_end_matches(' ');
        // The numbered lines of a note.
        if pattern!(r"(?i)(?:注|注意|notes?|要求) ?:?\s*$").is_match(before.trim_end()) {
            continue;
        }
        // "Type:" and a line "type" above a list announce it.
        let is_above = pattern!(r"(?i)(?:类型|type|mode|status)\s*:$|(?:类型|type|version|level|mode|status)\s*\n$")
            .is_match(before);
        if !is_above && pattern!(r"(?i)(?:默认|默认值|缺省|default|值|例如|如|比如|示例|example|e\.g\.?|注|注意|note|说明|要求|限制|规则|最大|最小|than|大于|小于|超过|to|of|is|are|as|for|with|by|from|in|at|and|or|the|value|level|version|type|第|近|前|后|每|约|共|有|到|至|在|选择)\s*[:为是]?$").is_match(before) {
            let announces = pattern!(r"(?i)(?:返回值|取值|枚举值|类型|type|有|version|level)\s*[:为是]?$").is_match(before);
            if announces && !pattern!(r"(?i)(?:默认|缺省|default)[^,。;\n]{0,12}$").is_match(before) {
                skipped.push(first);
            }
            continue;
        }
        let plausible = match first.mark {
            Mark::Colon | Mark::Word | Mark::Dash => true,
            Mark::Blank => {
                matches!(first.word, "0" | "1")
                    && !before.ends_with(|mark: char| mark.is_ascii_alphanumeric() || mark == '"' || mark == '\'')
            }
            Mark::Dot => {
                subject.is_number() && !pattern!("(?i)注|note|说明|要求|限制|规则|rule|requirement").is_match(before)
            }
        };
        if !plausible {
            if subject.is_number() || first.word.bytes().all(|mark| mark.is_ascii_digit()) {
                skipped.push(first);
            }
            continue;
        }
        // There may be a value before this one that was not recognised.
        let tail = &before[before.ceil_char_boundary(before.len().saturating_sub(60))..];
        if before.ends_with('\n') {
            let line = before.trim_end();
            let line = line.rfind('\n').map_or(0, |at| at + 1);
            if marked_value(subject, text, line).is_some_and(|item| item.mark == first.mark || subject.is_number()) {
                continue;
            }
        }
        let tail = tail.trim_end();
        let tail = tail.strip_suffix(':').unwrap_or(tail);
        let tail = if before.ends_with('\n') { tail.rsplit('\n').next().unwrap_or("") } else { tail };
        let after_a_value = before.ends_with('\n')
            && !subject.is_number()
            && is_value_line(before.trim_end().rsplit('\n').next().unwrap_or(""));
        if after_a_value || has_earlier(subject, first.mark, tail) {
            if subject.is_number() {
                continue;
            }
            return None;
        }
        let mark = first.mark;
        let begins = first.start;
        let list = match chain(subject, text, first) {
            Ok(list) => list,
            Err(Unlisted::One) => continue,
            Err(Unlisted::Unclear) => return None,
        };
        let short = list.items.iter().all(|(_, explanation)| explanation.chars().count() <= 12);
        if mark == Mark::Dot && !short || !subject.is_number() && !names_values(&list) {
            continue;
        }
        // "Type 0-one, 1-two": the list would begin at a value that was skipped.
        let has_more = skipped.into_iter().any(|first| {
            first.mark == mark && items_of(subject, text, first).1.iter().any(|item| item.start == begins)
        });
        return (!has_more).then_some(list);
    }
    None
}

/// Whether the text before an item, up to the beginning of the line, has the form of another item.
fn has_earlier(subject: &Subject<'_>, mark: Mark, tail: &str) -> bool {
    if !subject.is_number() {
        return pattern!(r#"[A-Za-z0-9_]["']? ?(?:[:=]|-+\s?[^\x00-\x7f])|[A-Za-z0-9_]["']? +-+ +\S|(?:^|[,;\s])default ?(?:为|表示|是)[^\x00-\x7f]|[A-Za-z0-9_]{3,} (?:represents|means|indicates) [a-z]"#).is_match(tail);
    }
    let same = match mark {
        Mark::Dot => pattern!(r"(?:^|[^\w.])-?\d+[.、][^\s\d]"),
        Mark::Blank => pattern!(r"(?:^|[^\w.])-?\d+ ?, ?[^\s\d]"),
        _ => pattern!(r#"(?:^|[^\w.])-?\d+["']? ?-+ ?[^\s\d]"#),
    };
    pattern!(r#"(?:^|[^\w.])\d+["']? ?[:=]"#).is_match(tail)
        || same.is_match(tail)
        || mark == Mark::Dash && pattern!(r"(?:^|[\s;,:。])\d+ - \d").is_match(tail)
}

/// Whether a line is a value that was not recognised: a quoted text with its explanation, or a word alone.
fn is_value_line(line: &str) -> bool {
    pattern!(r#"^"[^"\n]{1,40}"(?: ?(?:[-:=(]|[^\x00-\x7f])| [A-Za-z])|^"[A-Za-z0-9_-]{2,40}"[,;.]?$|^[A-Z_]{2,}\. [A-Za-z]|^[A-Z_]{2,}-[A-Z][a-z]+ "#).is_match(line)
        && !line.ends_with(':')
}

/// Whether the words of an unannounced list look like values, not like the beginnings of sentences.
fn names_values(list: &List) -> bool {
    list.items.iter().all(|(value, explanation)| {
        let word = value.to_string();
        !explanation.is_empty()
            && !pattern!(r"(?i)^\(?(?:string|int|integer|int64|float|bool|boolean|array|object|list|number|字符串|整型|整数|布尔)\b").is_match(explanation)
            && !word.contains('/')
            && !pattern!("(?i)^(?:empty|null|none|operation|source)$").is_match(&word)
            && !explanation.starts_with("//")
            && !pattern!(r"(?i)^(?:type|name|values?|key|required|string|format|description|example|url|http|https|id|note|unit|p\.s)$").is_match(&word)
    })
}

/// The list that begins with an item: the following items have the same mark.
fn chain(subject: &Subject<'_>, text: &str, first: MarkedValue<'_>) -> Result<List, Unlisted> {
    let (stop, found) = items_of(subject, text, first);
    finish(subject, text, &found, stop)
}

/// An item and those that follow it, and where they end at the latest.
fn items_of<'a>(subject: &Subject<'_>, text: &'a str, first: MarkedValue<'a>) -> (usize, Vec<MarkedValue<'a>>) {
    let mut found = vec![first];
    let mark = found[0].mark;
    let starts = pattern!(r"\n|[,;、。|/\]]\s*|\)\s*|\.\s+|\s|(?:,? (?:and|or) |[或和])");
    let mut cursor = found[0].explanation;
    let mut depth: i32 = 0;
    // The list ends here at the latest.
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
            // "0:不开启1:开启": a digit directly after a Chinese word.
            let glued = mark == Mark::Colon
                && depth == 0
                && subject.is_number()
                && bytes[cursor].is_ascii_digit()
                && cursor > found.last().map_or(0, |item| item.explanation)
                && bytes[cursor - 1] >= 0x80;
            if glued
                && let Some(item) = marked_value(subject, text, cursor)
                && item.mark == mark
            {
                cursor = item.explanation;
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
            if let Some(item) = marked_value(subject, text, next)
                && item.mark == mark
                && (strong
                    || (subject.is_number() || found[0].word.bytes().all(|byte| byte.is_ascii_digit()))
                        && matches!(mark, Mark::Colon | Mark::Dash | Mark::Word | Mark::Blank))
            {
                cursor = item.explanation;
                found.push(item);
                continue;
            }
        }
        cursor += 1;
    }
    (stop, found)
}

/// Whether an explanation has another word of the form of its value, with an explanation: `and "b" means two`, ", Owner所有".
fn adds_a_word(item: &MarkedValue<'_>, explanation: &str) -> bool {
    pattern!(
        r#""([A-Za-z0-9_]+)" ?(?:means?|indicates?|represents?|is used|表示|代表)|[,、] ?([A-Za-z]{4,})[^\x00-\x7f,、]"#
    )
    .captures_iter(explanation)
    .any(|found| {
        let word = found.get(1).or(found.get(2)).map_or("", |word| word.as_str());
        shape(word) == shape(item.word) && (found.get(1).is_some() || !matches!(item.mark, Mark::Blank | Mark::Dot))
    })
}

/// Whether an explanation contains another value with its explanation: "Text: a Audio: b", "a--one, b--Two".
fn hides_a_value(item: &MarkedValue<'_>, explanation: &str) -> bool {
    let outside = pattern!(r"\([^()]*\)").replace_all(explanation, "");
    let default_or_call =
        pattern!(r"[,;、] ?default ?(?:表示|代表|为[^\x00-\x7f空])|[,、] ?[a-z]{3,}\([^()]*[^\x00-\x7f]");
    if adds_a_word(item, explanation) || default_or_call.is_match(explanation) {
        return true;
    }
    match item.mark {
        Mark::Colon => {
            pattern!(r#"[A-Za-z0-9_]{2,}["']? ?:(?:[^/]|$)"#).is_match(&outside)
                || pattern!(r"[,;、] ?[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+ ?[^\x00-\x7f]").is_match(&outside)
        }
        Mark::Dash => pattern!(r#"(?:[,;、/] ?"?|")[A-Za-z0-9_]+ ?-"#).is_match(&outside),
        _ => false,
    }
}

fn finish(subject: &Subject<'_>, text: &str, found: &[MarkedValue<'_>], stop: usize) -> Result<List, Unlisted> {
    if found.len() < 2 {
        return Err(Unlisted::One);
    }
    let mut items = Vec::with_capacity(found.len());
    let mut end = found[0].start;
    for (at, item) in found.iter().enumerate() {
        let limit = found.get(at + 1).map_or(stop, |next| next.start);
        let explanation = &text[item.explanation..limit.max(item.explanation)];
        // "1 partition will be created, up to 10 partitions": words of a sentence.
        let is_sentence = item.mark == Mark::Blank
            && subject.is_number()
            && pattern!(r"(?i)^ ?[a-z]+(?: [a-z]+)? (?:will|are|is|be|can|per|up to)\b").is_match(explanation);
        if is_sentence {
            return Err(Unlisted::Unclear);
        }
        // "ModelName is Kling: …" is a condition.
        if item.mark == Mark::Word
            && !subject.is_number()
            && pattern!(r"^\s*[A-Za-z0-9_. -]{1,20} ?时 ?[:,]?").is_match(explanation)
        {
            return Err(Unlisted::Unclear);
        }
        let explanation = if at + 1 < found.len() {
            // An explanation of several lines may be followed by values that were not recognised.
            if explanation.trim_end().contains('\n')
                || pattern!(r"(?:^|[\s,、;])-?\d+\s*[,、/]\s*$").is_match(explanation) && subject.is_number()
            {
                return Err(Unlisted::Unclear);
            }
            // "0 seconds - 2 days" is an interval.
            if subject.is_number()
                && pattern!(r"(?i)^\s*[a-z]*\s*(?:[-~]|to)\s*$").is_match(explanation)
                && item.mark == Mark::Blank
            {
                return Err(Unlisted::Unclear);
            }
            if !subject.is_number() && hides_a_value(item, explanation) {
                return Err(Unlisted::Unclear);
            }
            explanation
        } else {
            let cut = pattern!(r"\n|。|;|\.\s").find(explanation).map_or(explanation.len(), |cut| cut.start());
            if !subject.is_number() && adds_a_word(item, &explanation[..cut]) {
                return Err(Unlisted::Unclear);
            }
            &explanation[..cut]
        };
        end = item.explanation + explanation.len();
        items.push((
            scalar(subject, item.word).ok_or(Unlisted::Unclear)?,
            explanation.trim_matches([' ', '\n', ',', ';', '。', '、', '.']).to_owned(),
        ));
    }
    // "100: a" beside lines such as "200 b".
    let has_other_lines = |items: &[(crate::Scalar, String)]| {
        pattern!(r"(?m)^(\d{3,}) [^\x00-\x7f]")
            .captures_iter(text)
            .any(|found| items.iter().all(|(value, _)| value.to_string() != found[1]))
    };
    if has_other_lines(&items) {
        return Err(Unlisted::Unclear);
    }
    let is_digits = |(value, _): &(crate::Scalar, String)| value.to_string().bytes().all(|byte| byte.is_ascii_digit());
    if !subject.is_number() && items.iter().any(is_digits) && !items.iter().all(is_digits) {
        return Err(Unlisted::Unclear);
    }
    let skips = if subject.is_number() || items.iter().all(is_digits) {
        skips_one(text, found[0].start, end, &items) || has_unlisted(text, &items)
    } else {
        goes_on(&text[end..], &items)
    };
    if skips {
        return Err(Unlisted::Unclear);
    }
    all_distinct(&items).then(|| List { items, start: found[0].start, end }).ok_or(Unlisted::Unclear)
}
