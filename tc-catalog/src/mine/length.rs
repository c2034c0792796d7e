//! The accepted numbers of characters of a text, or of each text of a list.

use super::Subject;
use super::bound::{Bound, bounds, ends};
use super::doubt::{has_labels, names_another, recommends};
use super::items::{Count, merge, whole};
use super::number::{interval, interval_between, number};
use super::pattern::pattern;
use super::split::Sentence;

/// The numbers of characters that the description accepts; `None` if it states several.
pub(super) fn find(subject: &Subject<'_>, text: &str, sentences: &[Sentence<'_>]) -> Option<Count> {
    if pattern!("汉字|双字节|\\d ?个?中文|中文算|中文占|(?i)chinese characters? (?:count|is|as|occup)|(?:up to|maximum of|exceed) \\d+ chinese").is_match(text) {
        return None;
    }
    // A text with a JSON object states the lengths of its members.
    if pattern!(r"(?i)\((?:string|int|integer|float|bool|object)\)").is_match(text) {
        return None;
    }
    // The limit may be that of the text before it is encoded.
    if pattern!("(?i)base64|原文|encod").is_match(text)
        && pattern!("(?i)原文|编码前|明文|before (?:being )?encod|decoded|with base64|in base64|以 ?base64|使用 ?base64|用 ?base64|经过? ?base64|进行 ?base64").is_match(text)
    {
        return None;
    }
    if has_labels(text, subject.name, pattern!("(?i)长度|字符|length|character")) {
        return None;
    }
    let mut count: Count = (None, None);
    for sentence in sentences {
        if pattern!("(?i)字节|\\bbytes?\\b|\\d\\s?[KMG]B?\\b|自定义部分|\\b(?:custom|user-defined) part\\b")
            .is_match(sentence.text)
        {
            continue;
        }
        let mut goes_on = false;
        for piece in &sentence.pieces {
            let found = in_piece(subject, sentence, piece, goes_on);
            goes_on = found.iter().any(|(low, high, _)| low.is_some() != high.is_some());
            for (low, high, sure) in found {
                if !sure || !merge(&mut count, low, high) {
                    return None;
                }
            }
        }
    }
    let possible = !matches!(count, (Some(low), Some(high)) if low > high) && count.1 != Some(0);
    // That a text must not be empty is not a limit of its length.
    let is_not_empty = matches!(count, (Some(0 | 1), None));
    (count != (None, None) && possible && !is_not_empty).then_some(count)
}

type Found = (Option<u64>, Option<u64>, bool);

/// The lengths that a piece states. `goes_on`: the piece before stated one end of a length.
fn in_piece(subject: &Subject<'_>, sentence: &Sentence<'_>, piece: &str, goes_on: bool) -> Vec<Found> {
    if !piece.contains(|mark: char| mark.is_ascii_digit()) {
        return Vec::new();
    }
    let sure = |head: &str| !recommends(head) && !recommends(piece) && !sentence.is_conditional(piece);
    let mut all: Vec<Found> = Vec::new();
    // "length 1-64", "1 to 64 characters".
    let lead = pattern!(
        r"(?i)(?:最大|最长)?(?:字符|字符串|名称|文本|内容|密码|名字)?(?:的)?(?:总)?长度(?:的)?(?:取值)?(?:范围|限制|区间|要求|限定)?(?:\s|:|=|为|是|在|应|需|须|必须|要求|限制|控制|介于|于|从|支持|可|[要到])*",
        r"|(?:字符|字)(?:个)?(?:数|数量)(?:的)?(?:范围|限制)?(?:\s|:|=|为|是|在|限制)*",
        r"|\b(?:byte |character |string |name |the |its |a )*length(?: (?:limit|range|limitation|requirement)\b)?(?: of (?:the |a |an )?[\w ]{1,30}:)?(?:\s|:|\b(?:is|are|of|between|from|in|within|range|ranges|ranging|limited|limit|to|must|should|be|can|the)\b)*",
        r"|\bcharacter count(?:\s|:|\b(?:is|of|range|between)\b)*",
    );
    for found in lead.find_iter(piece) {
        let head = &piece[..found.start()];
        let tail = &piece[found.end()..];
        if is_about_part(subject, head) || tail.is_empty() {
            continue;
        }
        let between = pattern!(r"(?i)between\s*$|在\s*$|介于\s*$").is_match(found.as_str());
        if let Some(read) = if between { interval_between(tail) } else { interval(tail) } {
            if characters(read.unit, read.rest, true) {
                let exclusive = u64::from(read.open_low);
                let low = whole(read.low).map(|low| low + exclusive);
                let high = whole(read.high).map(|high| high - u64::from(read.open_high && high > 0));
                return vec![(low, high, sure(head))];
            }
            continue;
        }
        if pattern!("(?i)限制|limit").is_match(found.as_str())
            && let Some(read) = number(tail)
            && characters(read.unit, read.rest, true)
            && ends(read.rest)
        {
            all.push((None, whole(read.value), sure(head)));
        }
    }
    if all.is_empty()
        && let Some(found) = counted_interval(subject, piece)
    {
        return vec![(found.0, found.1, sure(piece))];
    }
    for stated in bounds(piece) {
        let says_length = goes_on && pattern!(r"(?i)^(?:and|but|且|并且?)?\s*$").is_match(stated.head)
            || pattern!(r"(?i)长度[^,]{0,16}$|\blength\W*(?:\w+\W+){0,12}$").is_match(stated.head)
            || pattern!("(?i)长度|最长|最短|length").is_match(stated.phrase);
        if stated.is_unclear
            || is_about_part(subject, stated.head)
            || !characters(stated.read.unit, stated.read.rest, says_length)
        {
            continue;
        }
        if says_length
            && stated.head.is_empty()
            && pattern!("最长$|最短$").is_match(stated.phrase)
            && !characters(stated.read.unit, stated.read.rest, false)
        {
            continue;
        }
        let Some(value) = whole(stated.read.value) else { continue };
        let (low, high) = match stated.bound {
            Bound::AtMost => (None, Some(value)),
            Bound::Below => (None, value.checked_sub(1)),
            Bound::AtLeast => (Some(value), None),
            Bound::Above => (value.checked_add(1), None),
        };
        all.push((low, high, sure(stated.head)));
    }
    if all.is_empty()
        && let Some(found) = pattern!(
            r"(?i)^(.*?)(\d+)\s*个?\s*(?:utf-?8 ?)?(?:英文)?(?:字符|字)(?:以内|之内|内|及以内|以下)|^(.*?长度)(\d+)(?:个?字符)?(?:以内|之内|内)|^(.*?)(?:限制?|limit(?:ed)?(?: to)?:?|within|max\.?)\s*[:为在]?\s*(\d+)\s*个?\s*(?:字符|(?:ascii |utf-8 )?characters?)|^(.*?)(\d+)\s*(?:characters?|chars) (?:at most|max(?:imum)?|or less|or fewer)"
        )
        .captures(piece)
    {
        let (head, digits) = [(1, 2), (3, 4), (5, 6), (7, 8)].into_iter().find_map(|(head, digits)| Some((found.get(head)?, found.get(digits)?))).map_or(("", ""), |(head, digits)| (head.as_str(), digits.as_str()));
        if !is_about_part(subject, head) && !head.ends_with(['-', '~', '.']) && sure(head) {
            all.push((None, digits.parse().ok(), true));
        }
    }
    all
}

/// "1-64 characters", without the word length.
fn counted_interval(subject: &Subject<'_>, piece: &str) -> Option<Count> {
    let found = pattern!(r"(?i)(?:^|[^\w.\-~])([\[(]?\s*\d+\s*(?:个?(?:字符|字|位)|characters?)?\s*(?:-|~|到|至|to|,|and|和)\s*\d+\s*[\])]?)\s*(?:个|位)?(?:\s*(?:utf-?8|ascii|english|unicode|英文|可见|ASCII)\s*)?(字符|字(?:$|[^母符节段典])|位字符|位$|位[^数]|characters?\b|chars\b)").captures(piece)?;
    let interval_text = found.get(1)?;
    let head = &piece[..interval_text.start()];
    if is_about_part(subject, head) {
        return None;
    }
    let read = interval_between(interval_text.as_str())?;
    Some((whole(read.low), whole(read.high)))
}

/// Whether the number counts characters. Without a unit, the word "length" has to be before the number.
fn characters(unit: &str, rest: &str, says_length: bool) -> bool {
    if matches!(unit, "字符" | "个字符" | "字" | "character" | "characters" | "chars") {
        return !pattern!("^(?:母|段|节|典)").is_match(rest);
    }
    if !unit.is_empty() {
        return false;
    }
    if pattern!(r"(?i)^\s*(?:个|位)?\s*(?:utf-?8|ascii|英文或中文|中文或英文|英文|英文或数字|unicode|english|可见|字母|数字|and|in|valid|uppercase|lowercase|letters|visible|printable|\W)*\s*(?:编码|个)*(?:字符|字(?:$|[^母符节段典])|字长|characters?\b|chars\b|char\b)").is_match(rest) {
        return true;
    }
    says_length && pattern!(r"(?i)^\s*(?:个|位|个单位)?\s*(?:$|[,;。)\]、]|大于|小于|超过|之间|以内|之内|内|范围|的(?:字符串|文本|英文|字母)|个?字|左右$|且|并|\(|and\b|but\b|by\b|in length|long)").is_match(rest)
}

/// Whether the statement is about a part of the text, another text or an encoded form. For a list, "each" means an item.
fn is_about_part(subject: &Subject<'_>, head: &str) -> bool {
    let each = pattern!(r"(?i)每个?[^次页]|单个|单条|各个?|\b(?:each|every|single)\b").is_match(head);
    if subject.is_list && !each || !subject.is_list && each {
        return true;
    }
    if !subject.is_list && pattern!(r"(?i)数组|列表|集合|\barray\b|\blist\b").is_match(head) {
        return true;
    }
    let head = if subject.is_list {
        pattern!(r"(?i)每个?|单个|各个?|\b(?:each|every)\b").replace_all(head, "")
    } else {
        head.into()
    };
    names_another(&head, subject.name)
        || pattern!(r"(?i)编码|base64|encod|加密|encrypt|前缀|后缀|prefix|suffix|其中|合计|之和|总和|标签键|标签值|部分|名(?:称|字)?和|[^\s]\+[^\s]|扩展名|in the path|custom part|一级|目录|层级|子域|文件名长度|时长|时间|视频|音频|\b(?:key|value|sum|duration|video|audio|time|directory|level|label)\b").is_match(&head)
}
