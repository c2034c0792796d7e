//! Lists of values without explanations: `A, B and C`. Each may have a remark in parentheses.

use super::super::Subject;
use super::super::pattern::pattern;
use super::skipped::goes_on;
use super::{List, all_distinct, scalar};
use crate::Scalar;

/// The list that starts at `start`.
pub(super) fn at(subject: &Subject<'_>, text: &str, start: usize) -> Option<List> {
    let mut cursor = start;
    let closing = match text.as_bytes().get(start)? {
        b'[' => Some(']'),
        b'{' => Some('}'),
        b'(' => Some(')'),
        _ => None,
    };
    if closing.is_some() {
        cursor += 1;
    }
    let mut items = Vec::new();
    let separator = pattern!(r"^\s*(?:,\s*(?:and|or)\s|[、,/|;]\s?|或者|或|和|以及|及|与|and\s|or\s|\n)\s*");
    loop {
        let (word, explanation, end) = word(subject, &text[cursor..])?;
        if items.is_empty()
            && !text[cursor..].starts_with(['"', '\''])
            && pattern!(r"(?i)^(?:this|that|the|which|clean|of|in|at|is|are|to|and|or|it|empty|xa0|u200[a-f])$")
                .is_match(word)
        {
            return None;
        }
        items.push((scalar(subject, word)?, explanation.to_owned()));
        cursor += end;
        let rest = &text[cursor..];
        let Some(found) = separator.find(rest) else { break };
        let after = &rest[found.end()..];
        if word_follows(subject, after) {
            cursor += found.end();
            continue;
        }
        if !may_end_with(found.as_str(), after) {
            return None;
        }
        break;
    }
    let mut rest = &text[cursor..];
    if let Some(closing) = closing {
        rest = rest.trim_start().strip_prefix(closing)?;
    }
    // "a (one, b (two))" and "a\nb - two" have values in another form.
    let has_other_forms = items.iter().any(|(_, remark)| pattern!(r"[,、] ?[a-z]{3,}\(").is_match(remark))
        || pattern!(r"^ *- +\S").is_match(rest);
    if !subject.is_number() && (has_other_forms || goes_on(rest, &items)) {
        return None;
    }
    let interval = closing.is_some()
        && items.len() == 2
        && (subject.is_number() && !neighbours(&items)
            || !subject.is_number() && items.iter().all(|(value, _)| is_digits(value)) && text[start..].contains(", "));
    let mixed = !subject.is_number()
        && items.iter().any(|(value, _)| is_digits(value))
        && !items
            .iter()
            .all(|(value, _)| is_digits(value) || value.to_string().contains(|mark: char| mark.is_ascii_digit()));
    // "A:1K, 2K": the first word names what the list is for.
    let named = !subject.is_number()
        && items.iter().enumerate().all(|(at, (value, _))| (at == 0) == value.to_string().contains(':'));
    // "1. weak", and "xa0" of a broken text.
    let numbered =
        items.iter().any(|(value, _)| pattern!(r"^\d\.[A-Za-z]|^(?:xa0|u200[a-f])$").is_match(&value.to_string()));
    let glued = items.iter().all(|(value, _)| pattern!(r"^[A-Z_]+-(?:[a-z]+|[A-Z]+)$").is_match(&value.to_string()));
    (items.len() >= 2 && !interval && !mixed && !named && !numbered && !glued && ends(rest) && all_distinct(&items))
        .then_some(List { items, start, end: cursor })
}

/// A list after a colon or at the beginning, which ends with the default: `Order: asc, desc; default: asc`.
pub(super) fn with_default(subject: &Subject<'_>, text: &str) -> Option<List> {
    if subject.is_list || !subject.mentions_default {
        return None;
    }
    let mut found = None;
    for begins in pattern!(r"^|[:。,(]\s*|\.\s+").find_iter(text) {
        if begins.end() >= text.len()
            || pattern!("(?i)(?:默认|缺省|例如|如|示例|default|example|e\\.g\\.?)[^,。;\n]{0,6}$")
                .is_match(&text[..begins.start()])
        {
            continue;
        }
        // "such as a, b": the list begins before the comma.
        let head = &text[..begins.start()];
        let sentence = pattern!(r"[。;\n]|\.\s").split(head).last().unwrap_or(head);
        let follows_a_word = begins.as_str().starts_with(',')
            && (!begins.as_str().ends_with(' ')
                || head.ends_with(|mark: char| mark.is_ascii())
                    && !pattern!(r"(?i)\b(?:type|order|method|mode|status|format|direction|level|protocol|sorting)$")
                        .is_match(head));
        if follows_a_word || pattern!(r"(?i)例如|比如|如 ?[\x22A-Za-z0-9]|such as|e\.g").is_match(sentence) {
            continue;
        }
        let Some(list) = at(subject, text, begins.end()) else { continue };
        let stated = pattern!(r#"(?i)^\s*[,。;.(]?\s*(?:默认|缺省|defaults?)(?: value)?(?:不填|不传|值|取值|为|是|取|to|is|:|=|\s)*["']?([A-Za-z0-9_.-]+?)["']?\.?(?:[,。;)\s]|$|[^\x00-\x7f])"#)
            .captures(&text[list.end..]);
        let is_listed = stated.is_some_and(|stated| list.items.iter().any(|(value, _)| value.to_string() == stated[1]));
        if is_listed {
            found = Some(list);
            break;
        }
    }
    found
}

fn is_digits(value: &Scalar) -> bool {
    value.to_string().bytes().all(|byte| byte.is_ascii_digit())
}

/// `[0, 1]` may list two values; `[0, 500]` is an interval.
fn neighbours(items: &[(Scalar, String)]) -> bool {
    let [(Scalar::Number(low), _), (Scalar::Number(high), _)] = items else { return false };
    matches!((low.as_int(), high.as_int()), (Some(low), Some(high)) if (high - low).abs() == 1)
}

/// One value, its remark and their length.
fn word<'a>(subject: &Subject<'_>, text: &'a str) -> Option<(&'a str, &'a str, usize)> {
    let pattern = if subject.is_number() {
        pattern!(r#"^["']?(-?\d{1,12}(?:\.\d+)?)["']? ?(?:\(((?:[^()\n]|\([^()\n]*\))*)\))?"#)
    } else {
        pattern!(
            r#"^(?:"([^"\n\s,]{1,64})"|'([^'\n\s,]{1,64})'|([A-Za-z0-9_*+][A-Za-z0-9_.+#*:-]*)) ?(?:\(((?:[^()\n]|\([^()\n]*\))*)\))?"#
        )
    };
    let found = pattern.captures(text)?;
    let whole = found.get(0)?;
    if subject.is_number() {
        return Some((
            found.get(1)?.as_str(),
            found.get(2).map_or("", |explanation| explanation.as_str()),
            whole.end(),
        ));
    }
    let explanation = found.get(4).map_or("", |explanation| explanation.as_str());
    if let Some(quoted) = found.get(1).or(found.get(2)) {
        return Some((quoted.as_str(), explanation, whole.end()));
    }
    let bare = found.get(3)?;
    let word = bare.as_str().trim_end_matches(['.', ':', '-']);
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let end = if word.len() < bare.len() { word.len() } else { whole.end() };
    Some((word, if end == whole.end() { explanation } else { "" }, end))
}

/// Whether the list continues after a separator: with a value, not with a word of a sentence.
fn word_follows(subject: &Subject<'_>, after: &str) -> bool {
    word(subject, after).is_some_and(|(word, _, end)| {
        let quoted = after.starts_with(['"', '\'']);
        (quoted || !is_of_a_sentence(word))
            && !after[end..].starts_with("(http")
            && !after.strip_prefix(word).is_some_and(|rest| rest.starts_with("://"))
    })
}

/// Whether a word is one of a sentence, and not a value.
fn is_of_a_sentence(word: &str) -> bool {
    pattern!(r"(?i)^(?:default|defaults|where|the|which|if|when|with|this|it|among|only|required|note|currently|by|not|optional|see|refer|for|but|and|or|that|used|indicating|in|default_value|other|others|meaning|representing|corresponding|respectively|case|you|they|each|as|to|is|are|clean|of|at|later|above|below|earlier|higher|lower|empty)$").is_match(word)
        && !(word.len() > 2 && word.bytes().all(|mark| mark.is_ascii_uppercase()))
}

/// Whether a list may end at a separator that no value follows.
fn may_end_with(separator: &str, after: &str) -> bool {
    match separator.trim() {
        "" | ";" => true,
        "," => pattern!(r"(?i)^(?:[^,。;\n]{0,12}默认|不|仅|其中|若|当|该|表示|分别|区分|缺省|说明|注|单位|为空|必|如果|且|创建|含义|此|用于|传|选|填|设|前者|即|多个|同时|default|where|which|if|when|with|this|it|only|required|note|currently|by default|not|optional|indicating|representing|the default|respectively|corresponding|meaning)").is_match(after),
        _ => false,
    }
}

/// Whether the list ends here: the text after it adds no values, and the last word is not part of a sentence.
fn ends(rest: &str) -> bool {
    pattern!(
        r"(?i)^\s*(?:$|\n|。|;|\.(?:\s|$)|[,:]\s*(?:\D|$)|\)|\]|之一|中的?(?:一|任)|[两三四二]?种|其中之一|\(|表示|-(?:[^0-9]|$))"
    )
    .is_match(rest)
        && !pattern!(r"(?i)^\s*(?:等|,?\s*etc|\.\.\.|[(,]?\s*(?:at least one|either|cannot both|[二两]者|至少|[二三]选一|不能同时))").is_match(rest)
}
