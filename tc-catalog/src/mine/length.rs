//! The accepted numbers of characters of a text, or of each text of a list.

use super::Subject;
use super::bound::{Bound, bounds, ends};
use super::doubt::{has_labels, names_another, recommends, without_examples};
use super::items::{Count, merge, whole};
use super::number::{interval, interval_between, number};
use super::pattern::pattern;
use super::split::Sentence;

/// The numbers of characters that the description accepts; `None` if it states several.
pub(super) fn find(subject: &Subject<'_>, text: &str, sentences: &[Sentence<'_>]) -> Option<Count> {
    if pattern!("\\d ?个?(?:中文)?汉字|[一每]个?(?:中文)?(?:汉字|字符)[算占计]|汉字(?:算|占|按|计|为)|双字节|\\d ?个?中文|中文算|中文占|(?i)chinese characters? (?:count|is|as|occup)|(?:up to|maximum of|exceed) \\d+ chinese").is_match(text) {
        return None;
    }
    // A text with a JSON object states the lengths of its members.
    if pattern!(r"(?i)\((?:string|int|integer|float|bool|object)\)|\bjson encoded string\b|\bkey ?为").is_match(text) {
        return None;
    }
    // The limit may be that of the text before it is encoded.
    if pattern!("(?i)base64|原文|encod").is_match(text)
        && pattern!("(?i)原文|编码前|明文|before (?:being )?encod|decoded|unencoded|content base64|with base64|in base64|以 ?base64|使用 ?base64|用 ?base64|经过? ?base64|进行 ?base64").is_match(text)
    {
        return None;
    }
    // "(cos: up to 50 characters; cls: …)": the lengths of several kinds of the value.
    let kinds = pattern!(r"(?:^|[(;]\s*)[a-z]{2,12} ?:");
    if kinds.find_iter(text).count() >= 2 {
        return None;
    }
    if has_labels(text, subject.name, pattern!("(?i)长度|字符|length|character")) {
        return None;
    }
    // Without "each", a list may state the length of its texts, but not if the text describes their parts.
    let of_items = subject.is_list
        && !pattern!(r"(?i)部分|前缀|后缀|空格分|每一?组|自定义|扩展名|总|拼接|序列化|(?:参数|取值):|\b(?:prefix|suffix|custom\w*|total|joined|separated)\b")
            .is_match(text);
    let mut count: Count = (None, None);
    for sentence in sentences {
        if pattern!("(?i)字节|\\bbytes?\\b|\\d\\s?[KMG]B?\\b|自定义部分|\\b(?:custom|user-defined) part\\b")
            .is_match(sentence.text)
        {
            continue;
        }
        let mut goes_on = false;
        for piece in &sentence.pieces {
            let found = in_piece(subject, sentence, piece, of_items, goes_on);
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

/// The lengths that a piece states. `of_items`: a number of characters is that of each text of a list. `goes_on`: the piece
/// before stated one end of a length.
fn in_piece(subject: &Subject<'_>, sentence: &Sentence<'_>, piece: &str, of_items: bool, goes_on: bool) -> Vec<Found> {
    if !piece.contains(|mark: char| mark.is_ascii_digit()) {
        return Vec::new();
    }
    // "It is recommended to use more than 12 characters": the limit is in another sentence.
    if pattern!("(?i)^(?:it is |we )?recommend|^建议|^推荐").is_match(piece) {
        return Vec::new();
    }
    // The length of the file name in a path.
    if subject.name.contains("Path")
        && pattern!(r"(?i)文件名|目录名|\b(?:file|directory|folder) name\b").is_match(sentence.through(piece))
    {
        return Vec::new();
    }
    let sure =
        |head: &str| !recommends(head) && !recommends(without_examples(piece)) && !sentence.is_conditional(piece);
    let mut all: Vec<Found> = Vec::new();
    // "length 1-64", "1 to 64 characters".
    let lead = pattern!(
        r"(?i)(?:最大|最长)?(?:字符|字符串|名称|文本|内容|密码|名字)?(?:的)?(?:总)?长度(?:的)?(?:取值)?(?:范围|限制|区间|要求|限定)?(?:\s|:|=|为|是|在|应|需|须|必须|要求|限制|控制|介于|于|从|支持|可|[要到])*",
        r"|(?:字符|字)(?:个)?(?:数|数量)(?:的)?(?:范围|限制)?(?:\s|:|=|为|是|在|限制)*",
        r"|\b(?:byte |character |string |name |the |its |a )*length(?: (?:limit|range|limitation|requirement)\b)?(?: (?:of|for) (?:the |a |an )?[\w ]{1,60}:)?(?:\s|:|\b(?:is|are|of|between|from|in|within|range|ranges|ranging|limited|limit|to|must|should|be|can|the)\b)*",
        r"|\bcharacter limit of\s*",
        r"|\bcharacter count(?:\s|:|\b(?:is|of|range|between)\b)*",
    );
    for found in lead.find_iter(piece) {
        let head = &piece[..found.start()];
        let tail = &piece[found.end()..];
        if tail.is_empty() {
            continue;
        }
        let between = pattern!(r"(?i)between\s*$|在\s*$|介于\s*$").is_match(found.as_str());
        if let Some(read) = if between { interval_between(tail) } else { interval(tail) } {
            if is_about_part(subject, head, of_items && is_character(read.unit, read.rest)) {
                continue;
            }
            if characters(read.unit, read.rest, true) {
                let exclusive = u64::from(read.open_low);
                let low = whole(read.low).map(|low| low + exclusive);
                let high = whole(read.high).map(|high| high - u64::from(read.open_high && high > 0));
                return vec![(low, high, sure(head))];
            }
            continue;
        }
        if pattern!("(?i)限制|限定|limit").is_match(found.as_str())
            && let Some(read) = number(tail)
            && !is_about_part(subject, head, of_items && is_character(read.unit, read.rest))
            && characters(read.unit, read.rest, true)
            && ends(read.rest)
        {
            all.push((None, whole(read.value), sure(head)));
        }
    }
    if all.is_empty()
        && let Some(found) = counted_interval(subject, sentence, piece, of_items)
    {
        return vec![(found.0, found.1, sure(piece))];
    }
    for stated in bounds(piece) {
        let (unit, rest) = (stated.read.unit, stated.read.rest);
        let in_places = unit.is_empty()
            && pattern!("^ ?位(?:[^数小精置]|$)").is_match(rest)
            && pattern!("字母|中英文|下划线|大小写").is_match(sentence.text);
        let says_length = goes_on && pattern!(r"(?i)^(?:and|but|且|并且?)?\s*$").is_match(stated.head)
            || pattern!(r"(?i)(?:长度|字符个?数[量目]?|字数)[^,]{0,16}$|\blength\W*(?:\w+\W+){0,12}$")
                .is_match(stated.head)
            || pattern!("(?i)长度|字符个?数|最长|最短|length").is_match(stated.phrase)
            || in_places;
        let counted = characters(unit, rest, false) || lists_kinds(sentence, unit, rest);
        if stated.is_unclear
            || is_about_part(subject, stated.head, of_items && is_character(unit, rest))
            || !counted && !characters(unit, rest, says_length)
        {
            continue;
        }
        if says_length
            && stated.head.is_empty()
            && pattern!("最长$|最短$").is_match(stated.phrase)
            && !counted
            && !in_places
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
            r"(?i)^(.*?)(\d+)\s*个?\s*(?:utf-?8 ?)?(?:英文)?(?:字符|字|位)(?:以内|之内|内|及以内|以下)|^(.*?长度)(?:限制|控制)?(?:在|为)?\s*(\d+)(?:个?字符|位)?(?:以内|之内|内)|^(.*?)(?:限[制长]?|limit(?:ed)?(?: to)?:?|within|max\.?)\s*[:为在]?\s*(\d+)\s*个?\s*(?:字符|字(?:$|[^母节段典])|(?:ascii |utf-8 )?characters?)|^(.*?)(\d+)\s*(?:characters?|chars) (?:at most|max(?:imum)?|or less|or fewer)"
        )
        .captures(piece)
    {
        let (head, digits) = [(1, 2), (3, 4), (5, 6), (7, 8)].into_iter().find_map(|(head, digits)| Some((found.get(head)?, found.get(digits)?))).map_or(("", ""), |(head, digits)| (head.as_str(), digits.as_str()));
        if !is_about_part(subject, head, of_items) && !head.ends_with(['-', '~', '.']) && sure(head) {
            all.push((None, digits.parse().ok(), true));
        }
    }
    all
}

/// "1-64 characters", without the word length.
fn counted_interval(subject: &Subject<'_>, sentence: &Sentence<'_>, piece: &str, of_items: bool) -> Option<Count> {
    let found = pattern!(r"(?i)(?:^|[^\w.\-~])([\[(]?\s*\d+\s*(?:个?(?:字符|字|位)|characters?)?\s*(?:-|~|到|至|to|,|and|和)\s*\d+\s*[\])]?)\s*(?:个|位)?(?:\s*(?:utf-?8|ascii|english|unicode|英文|可见|ASCII)\s*)*(字符|字(?:$|[^母符节段典])|位字符|位$|位[^数]|characters?\b|chars\b)").captures(piece)
        .or_else(|| {
            let found = pattern!(r"(?i)(?:^|[^\w.\-~])(\d+ ?(?:-|~|到|至|to) ?\d+)").captures(piece)?;
            // "0-9 digits" is a range of characters.
            (&found[1] != "0-9" && lists_kinds(sentence, "", &piece[found.get(1)?.end()..])).then_some(found)
        })?;
    let interval_text = found.get(1)?;
    let head = &piece[..interval_text.start()];
    if is_about_part(subject, head, of_items) {
        return None;
    }
    let text = interval_text.as_str();
    // "(1-64 characters)": the parenthesis is not that of the interval.
    let text = if text.ends_with([')', ']']) { text } else { text.trim_start_matches(['(', '[']) };
    let read = interval_between(text)?;
    Some((whole(read.low), whole(read.high)))
}

/// Whether the number counts characters of several kinds: "20 letters, digits and hyphens".
fn lists_kinds(sentence: &Sentence<'_>, unit: &str, rest: &str) -> bool {
    let Some(after) = sentence.after(rest) else { return false };
    unit.is_empty()
        && pattern!(
            r"(?i)^\s*(?:(?:upper-?|lower-?|half-width|uppercase|lowercase|case|english|chinese|latin|valid|and|or)[ ,]+){0,5}(?:letters?|digits?|numbers|alphanumeric(?: characters)?)(?: ?\([^()]*\))?(?:,| and\b| or\b|/)",
            r"|^\s*(?:个|位)?(?:大小写|大写|小写|英文|中文|中英文)*(?:字母|数字|汉字)(?: ?\([^()]*\))?(?:[、/,]|和|或|及|以及|与)",
        )
        .is_match(after)
}

/// Whether the word after a number is "character".
fn is_character(unit: &str, rest: &str) -> bool {
    matches!(unit, "字符" | "个字符" | "character" | "characters" | "chars")
        || unit.is_empty()
            && pattern!(r"(?i)^\s*个?\s*(?:utf-?8|ascii|unicode|英文)?\s*(?:字符|characters?\b)").is_match(rest)
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
    says_length && pattern!(r"(?i)^\s*(?:个|位|个单位)?\s*(?:$|[,;。)\]、]|大于|小于|超过|之间|以内|之内|内|范围|的(?:字符串|文本|英文|字母)|字符串|-\s*[^\d\s]|个?字|左右$|且|并|\(|and\b|but\b|by\b|in length|long)").is_match(rest)
}

/// Whether the statement is about a part of the text, another text or an encoded form. For a list, "each" means an item;
/// `of_item`: it is the length of each text of a list, without the word "each".
fn is_about_part(subject: &Subject<'_>, head: &str, of_item: bool) -> bool {
    let head = pattern!(r"(?i)^(?:the )?values?(?: of (?:this|the) (?:parameter|field))?\b").replace(head, "");
    let each = pattern!(r"(?i)每个?[^次页]|单个|单条|各个?|\b(?:each|every|single)\b").is_match(&head);
    let of_item = each || of_item && !pattern!(r"(?i)数组|列表|集合|\b(?:array|list)\b").is_match(&head);
    if subject.is_list && !of_item || !subject.is_list && each {
        return true;
    }
    if !subject.is_list && pattern!(r"(?i)数组|列表|集合|\barray\b|\blist\b").is_match(&head) {
        return true;
    }
    let head = if subject.is_list {
        pattern!(r"(?i)每个?|单个|各个?|\b(?:each|every)\b").replace_all(&head, "")
    } else {
        head.as_ref().into()
    };
    names_another(&head, subject.name)
        || pattern!(r"(?i)编码|base64|encod|加密|encrypt|前缀|后缀|prefix|suffix|其中|合计|之和|总和|标签键|标签值|部分|名(?:称|字)?和|[^\s]\+[^\s]|扩展名|in the path|custom part|一级|目录|层级|子域|文件名长度|时长|时间|视频|音频|\b(?:key|value|sum|duration|video|audio|time|directory|level|label)\b").is_match(&head)
}
