//! The accepted numbers of items of a list.

use super::Subject;
use super::bound::{Bound, Stated, bounds, ends};
use super::doubt::{is_quota, names_another, narrows, recommends};
use super::number::{interval, interval_between, number};
use super::pattern::pattern;
use super::split::Sentence;
use crate::Number;

/// Both ends, included.
pub(super) type Count = (Option<u64>, Option<u64>);

/// The numbers of items that the description accepts; `None` if it states several.
pub(super) fn find(subject: &Subject<'_>, sentences: &[Sentence<'_>]) -> Option<Count> {
    let mut count: Count = (None, None);
    // This describes a number of results, so it is not about the list.
    let counts_results = |sentence: &Sentence<'_>| {
        pattern!(r"(?i)^(?:the )?(?:max(?:imum)? )?number of (?:results|entries|records|items) (?:to be |to )?return|^(?:分页)?返回(?:数量|条数|结果数)|^每页").is_match(sentence.text)
    };
    // "Number of images of each model: A: up to 4; B: up to 1".
    let whole = sentences.first().map_or("", |sentence| sentence.whole);
    let by_kind = pattern!(
        r"(?i)(?:支持[^。\n]{0,12}的?模型|各个?(?:模型|类型))[^。\n]{0,16}:|\bmodels that support[^.\n]*:|\bby (?:each )?model:"
    );
    if sentences.first().is_some_and(counts_results) || by_kind.is_match(whole) {
        return None;
    }
    for (at, sentence) in sentences.iter().enumerate() {
        for piece in &sentence.pieces {
            for (low, high, sure) in in_piece(subject, sentence, piece, at == 0) {
                if !sure || !merge(&mut count, low, high) {
                    return None;
                }
            }
        }
    }
    (count != (None, None) && !matches!(count, (Some(low), Some(high)) if low > high) && count.1 != Some(0))
        .then_some(count)
}

/// Adds the ends of one statement to `count`; returns `false` if they contradict it.
pub(super) fn merge(count: &mut Count, low: Option<u64>, high: Option<u64>) -> bool {
    for (end, stated) in [(&mut count.0, low), (&mut count.1, high)] {
        match (*end, stated) {
            (Some(known), Some(stated)) if known != stated => return false,
            (None, Some(stated)) => *end = Some(stated),
            _ => {}
        }
    }
    true
}

pub(super) fn whole(number: Number) -> Option<u64> {
    number.as_int().and_then(|number| u64::try_from(number).ok())
}

fn in_piece(
    subject: &Subject<'_>,
    sentence: &Sentence<'_>,
    piece: &str,
    is_first: bool,
) -> Vec<(Option<u64>, Option<u64>, bool)> {
    if !piece.contains(|mark: char| mark.is_ascii_digit()) {
        return in_words(subject, piece, sentence);
    }
    let context = sentence.through(piece);
    if is_of_one_filter(subject, sentence, piece, is_first) {
        return Vec::new();
    }
    // "N starts from 0, at most 19" means 20 items; a length in characters is that of a text.
    if pattern!("(?i)从 ?0 ?开始|\\bstarts? (?:from|at) 0\\b|url[0-9]|返回|\\bresults\\b|\\bcan be returned\\b")
        .is_match(context)
    {
        return Vec::new();
    }
    let doubtful = |head: &str| recommends(head) || is_quota(piece) || sentence.is_conditional(piece);
    let labelled = pattern!(
        r"(?i)(?:数组|列表|集合|元素)?(?:的)?(?:最大)?(?:长度|个数|数量|元素数量|元素个数|数目)(?:的)?(?:取值)?(?:范围|限制|上限|最大值?|限定|区间)?(?:\s|:|=|为|是|在|限|不超过|最大|最多|于)*",
        r"|\b(?:array |list |max(?:imum)? |the )*length(?: (?:limit|range|limitation))?(?: of the (?:array|list))?(?:\s|:|\b(?:value|is|of|between|from|in|range|limit|must be)\b)*",
        r"|\b(?:quantity|number|count)(?: (?:limit|range))?\s*(?::|range)\s*",
        r"|\binput limit(?: is|:)\s*"
    );
    for found in labelled.find_iter(piece) {
        let head = &piece[..found.start()];
        let tail = &piece[found.end()..];
        let of_each_text = found.as_str().starts_with("长度")
            && pattern!("(?:字符串|名|词|单词|内容|文本|ID|串|路径|地址|域名|后缀)的?(?:最大)?$").is_match(head)
            || pattern!(r"(?i)^(?:长度|(?:the )?length)").is_match(found.as_str())
                && pattern!(r"(?i)字符|字母|汉字|下划线|扩展名|\bcharacters?\b|\bletters?\b|\bextensions?\b")
                    .is_match(sentence.text);
        if of_each_text || about_something_else(subject, head, context) {
            continue;
        }
        let read = if pattern!(r"(?i)between\s*$|在$").is_match(found.as_str().trim_end()) {
            interval_between(tail)
        } else {
            interval(tail)
        };
        if let Some(read) = read {
            let ends = (whole(read.low), whole(read.high));
            if counts(read.unit, read.rest, subject.name) {
                return vec![(ends.0, ends.1, !doubtful(head))];
            }
            return Vec::new();
        }
        if pattern!("(?i)限制|上限|limit").is_match(found.as_str())
            && let Some(read) = number(tail)
            && counts(read.unit, read.rest, subject.name)
            && ends(read.rest)
        {
            return vec![(None, whole(read.value), !doubtful(head))];
        }
    }
    if let Some(found) = as_a_whole(subject, piece, context, &doubtful) {
        return vec![found];
    }
    // "1~20 items", "limit of 100" and the like.
    let mut all = Vec::new();
    let mut after_bound = 0;
    for stated in bounds(piece) {
        if stated.is_unclear || is_elsewhere(stated.read.rest) || is_of_each_number(subject, &stated) {
            continue;
        }
        // "more than 0 and less than 100": the second bound is of the same number.
        let joined = after_bound > 0
            && pattern!(r"(?i)^\s*(?:个|条)?\s*(?:,|and|but|且|并且?|而且|同时)?\s*$")
                .is_match(stated.head.get(after_bound..).unwrap_or("-"));
        if about_something_else(subject, stated.head, context)
            || names_another(stated.phrase, subject.name)
            || !counts(stated.read.unit, stated.read.rest, subject.name)
            || pattern!("(?i)字符|字节|size").is_match(stated.phrase)
        {
            continue;
        }
        let compares = pattern!("(?i)[<>]|大于|小于|高于|低于|greater|less|超过 *$").is_match(stated.phrase)
            && !pattern!("不").is_match(stated.phrase);
        if compares && !joined && stated.head.contains(|mark: char| mark.is_ascii_digit()) {
            continue;
        }
        if compares
            && !joined
            && !pattern!("(?i)元素|数量|个数|长度|条数|number|count|length|quantity").is_match(stated.head)
        {
            continue;
        }
        let Some(value) = whole(stated.read.value) else { continue };
        after_bound = piece.len() - stated.read.rest.len();
        let (low, high) = match stated.bound {
            Bound::AtMost => (None, Some(value)),
            Bound::Below => (None, value.checked_sub(1)),
            Bound::AtLeast => (Some(value), None),
            Bound::Above => (value.checked_add(1), None),
        };
        all.push((low, high, !doubtful(stated.head) && !narrows(stated.read.rest)));
    }
    if all.is_empty()
        && let Some((high, head)) = beside_its_word(subject, piece, context)
    {
        all.push((None, whole(high), !doubtful(head)));
    }
    all
}

/// A limit that ends a piece: "limit: 10", "10 at most". Returns the number and the text before it.
fn beside_its_word<'a>(subject: &Subject<'_>, piece: &'a str, context: &str) -> Option<(Number, &'a str)> {
    // "restrictions: 1. …" begins a numbered text.
    if pattern!("限制? +1$").is_match(piece) {
        return None;
    }
    let found = pattern!(r"(?i)(?:限制|限|max(?:imum)?(?: number)?|limit)\s*[:为在是]?\s*(\d+)\s*(?:个|条|项|张|台)?\s*(?:或以内|以内|之内|$)|(\d+)\s*(?:[A-Za-z]+\s)?(?:at most|or fewer|or less)$").captures(piece)?;
    let digits = found.get(1).or(found.get(2))?;
    let head = &piece[..found.get(0)?.start()];
    let read = number(digits.as_str())?;
    (!about_something_else(subject, head, context)).then_some((read.value, head))
}

/// The number of items that a piece states as a whole: "supports 1-4 images", "only 3 can be added".
fn as_a_whole(
    subject: &Subject<'_>,
    piece: &str,
    context: &str,
    doubtful: &dyn Fn(&str) -> bool,
) -> Option<(Option<u64>, Option<u64>, bool)> {
    // "supports 1-4 images".
    if let Some(found) = pattern!("^(?:入参限制:|注:)?(?:单次|每次|一次|支持|可|可以|须|需|需要|必须|包含|提供)*(?:传入?|上传|输入|填写?|指定|选择|配置|添加)?(\\d+ ?[-~] ?\\d+) ?(?:个|张|条|组|轮|份|台|项|路)").captures(piece)
        && let Some(text) = found.get(1)
        && let Some(read) = interval(text.as_str())
        && counts("", &piece[text.end()..], subject.name)
    {
        return Some((whole(read.low), whole(read.high), !doubtful("")));
    }
    // "1-100 in length", "at most 1000 devices at a time".
    let in_length = pattern!(
        r"(?i)^(\d+ ?[-~] ?\d+) in length$|^(?:单次|每次|一次)(?:请求)?(?:限制|<=)\s*(\d+)\s*(?:个|条|台|项|对|组)[^\d,]{0,8}$"
    );
    if let Some(found) = in_length.captures(piece) {
        if let Some(read) = found.get(1).and_then(|text| interval(text.as_str())) {
            return Some((whole(read.low), whole(read.high), !doubtful("")));
        }
        return Some((None, found.get(2).and_then(|digits| digits.as_str().parse().ok()), !doubtful("")));
    }
    // "Only 3 certificates can be added".
    let only = pattern!(
        r"^(.{0,24}?)(?:仅|只)(?:支持|能|允许|可以?)(?:添加|设置|配置|填写?|传入?|指定|绑定|选择?|输入|上传)?\s*(\d+)\s*(?:个|条|项|张|台|组|种)[^\d,]{0,16}$"
    );
    if let Some(found) = only.captures(piece)
        && let Some(head) = found.get(1)
        && let Some(digits) = found.get(2)
        && !about_something_else(subject, head.as_str(), context)
        && counts("", &piece[digits.end()..], subject.name)
    {
        return Some((None, digits.as_str().parse().ok(), !doubtful(head.as_str())));
    }
    None
}

/// Whether a bound is that of each number of a list: its greatest value.
fn is_of_each_number(subject: &Subject<'_>, stated: &Stated<'_>) -> bool {
    subject.is_number()
        && !subject.name_contains(&["Id", "ID"])
        && !pattern!("(?i)长度|个数|数量|length|number of").is_match(stated.phrase)
        && !pattern!("(?i)(?:长度|个数|数量|length)\\s*$").is_match(stated.head)
        && pattern!("(?i)[大小]值|取值|value").is_match(stated.phrase)
}

/// "Only one is supported", "at most two": numbers in words.
fn in_words(subject: &Subject<'_>, piece: &str, sentence: &Sentence<'_>) -> Vec<(Option<u64>, Option<u64>, bool)> {
    let conditional = sentence.is_conditional(piece);
    let limit = pattern!(
        "^(?:入参限制:|注:|[0-9]\\.\\s?)?(?:但)?(?:目前|当前|暂时|暂|现)?(?:单次请求|单次|一次|每次)?(?:(?:仅|只)(?:支持|能|允许|可|限定)|(?:最多|至多)(?:支持|允许|可)?|限制)(?:传入?|指定|填写?|设置|选择?|添加|输入|绑定)?([一二两三四五单])(?:个|条|项|张|台|本|组|种)[^,一-]{0,8}$"
    );
    let english = pattern!(
        r"(?i)^(?:currently |you can |and |but |this array can |the array can |it can )*(?:only (?:supports?|contains?|attach|specify|pass in|pass) (?:one|a single)|(?:support|contain|attach|specify|pass in|pass)s? only one|only one(?: [a-z]+){0,2} (?:is|can be)(?: currently)? (?:supported|specified|passed(?: in)?|allowed))\b"
    );
    if english.is_match(piece)
        && !conditional
        && !names_another(piece, subject.name)
        && !pattern!(r"(?i)\b(?:of|for|values?)\b").is_match(piece)
    {
        return vec![(None, Some(1), true)];
    }
    let up_to =
        pattern!(r"(?i)\b(?:up to|at most|(?:a )?maximum of|no more than) (one|two|three|four|five|six|ten)\b([^,]*)$");
    if let Some(found) = up_to.captures(piece)
        && let (Some(whole), Some(rest)) = (found.get(0), found.get(2))
        && !conditional
        && !recommends(piece)
        && !about_something_else(subject, &piece[..whole.start()], sentence.through(piece))
        && !is_elsewhere(rest.as_str())
        && counts("", rest.as_str(), subject.name)
        && !pattern!(r"(?i)\b(?:and|or|for|per|each|every|in|of|times?|months?|years?|weeks?)\b")
            .is_match(rest.as_str())
    {
        return vec![(None, Some(in_digits(&found[1])), true)];
    }
    let least = pattern!(
        "^(?:且|并且?|但)?(?:最少|至少)(?:传入?|指定|填写?|设置|选择?|添加|输入|需|要|为)*([一二两三四五])(?:个|条|项|张|台|本|组|种)$"
    );
    // "not together with that list, but at least one": one of both.
    let of_both = pattern!("同时|二选一|之一").is_match(sentence.through(piece));
    if let Some(found) = least.captures(piece).filter(|_| !conditional && !of_both) {
        return vec![(Some(in_digits(&found[1])), None, true)];
    }
    let Some(found) = limit.captures(piece).filter(|_| !conditional && !names_another(piece, subject.name)) else {
        return Vec::new();
    };
    vec![(None, Some(in_digits(&found[1])), true)]
}

fn in_digits(word: &str) -> u64 {
    match word.to_ascii_lowercase().as_str() {
        "一" | "单" | "one" => 1,
        "二" | "两" | "two" => 2,
        "三" | "three" => 3,
        "四" | "four" => 4,
        "six" => 6,
        "ten" => 10,
        _ => 5,
    }
}

/// Whether a limit in the text of a list of filters is about one filter or its values: "`name`, up to 5 values".
fn is_of_one_filter(subject: &Subject<'_>, sentence: &Sentence<'_>, piece: &str, is_first: bool) -> bool {
    let of_a_value = pattern!("(?i)个值|关键字|过滤组|过滤个数|同名|\\bvalues\\b|keyword");
    let begins_with_a_name = pattern!("^[\"-]?[A-Za-z][A-Za-z0-9_.:-]*\"? ?(?:[^\\x00-\\x7f]|[(:\"-])");
    subject.name.ends_with("Filters")
        && !pattern!("(?i)\\bfilters\\b|过滤条件|过滤器").is_match(piece)
        && (of_a_value.is_match(piece)
            || sentence.text.contains("同名")
            || pattern!(r"^\d+ ?[-~] ?\d+ ?项").is_match(piece)
            || !is_first && begins_with_a_name.is_match(sentence.text) && !sentence.text.starts_with("Filter"))
}

/// Whether the text after a number counts things in another place: "in one region".
fn is_elsewhere(rest: &str) -> bool {
    pattern!(
        r"(?i)\b(?:in|per|under|within|for) (?:an?|one|each|every|the same|a single) (?:[a-z]+ )?(?:region|vpc|account|zone|project|user|instance|cluster|domain|subnet|group|topic|day|month|hour)\b|^\s*[a-z]+ or \d"
    )
    .is_match(rest)
        && !pattern!(r"(?i)\bat (?:a|one) time\b|\b(?:per|each|a) (?:request|call)\b").is_match(rest)
}

/// Whether the statement counts something other than the items of this list in one request.
fn about_something_else(subject: &Subject<'_>, head: &str, context: &str) -> bool {
    let head_of_sentence =
        &context[..(head.as_ptr() as usize + head.len() - context.as_ptr() as usize).min(context.len())];
    let per_request = pattern!(
        r"(?i)每次|每个请求|每一次|each (?:request|time|call|query)|per (?:request|time|call|query)|(?:array|list) size"
    )
    .replace_all(head_of_sentence, "");
    names_another(head, subject.name)
        || pattern!(r"(?i)^an? (?:person|user|instance|cluster|domain|vpc|account|group)\b").is_match(head.trim_start())
        || pattern!(r"(?i)^[与和]|之一|[二三]选一|两者|\beither\b|\bone of\b").is_match(head.trim_start())
        || pattern!(r"(?i)\ball (?:the )?[a-z]+(?: [a-z]+)? ?\($").is_match(head_of_sentence)
        || pattern!(r"(?i)每[^次页]|单个|单条|各个|总|展开|\b(?:each|every|total)\b").is_match(&per_request)
        || pattern!(
            r"(?i)每[^次页]|单个|单条|各|总|合并|累计|之和|跨度|间隔|名称|名字|字符|文件大小|大小不|时间|时长|分辨率|像素|像素|比例|\bkey\b|\bvalue\b|键|标签值|每个|一个|账号|账户|用户最多|重试|天|(?:字符串|名|词|单词|内容|文本|ID|串)的?(?:最大)?长度$|\b(?:each|every|total|sum|name|names|size|duration|interval|key|account|resolution|days?|hours?|file size|per)\b"
        )
        .is_match(&pattern!(r"(?i)每次|每个请求|每一次|each (?:request|time|call|query)|per (?:request|time|call|query)|(?:array|list) size").replace_all(head, ""))
}

/// Whether the number counts items: it is not followed by a unit of length, size or time, or by another parameter.
fn counts(unit: &str, rest: &str, name: &str) -> bool {
    // "1." begins a line of a numbered text.
    if !unit.is_empty() && unit != "个" || pattern!(r"^[.、)][^\s\d]").is_match(rest) {
        return false;
    }
    if pattern!(
        r"(?i)^\s*(?:个|位)?(?:字符|字节|汉字|字(?:[^段典母节]|$)|位|秒|分钟|小时|天|页|级|层|种组合|万|字母|轮对话)|^\s*(?:utf-?8|ascii|english|chinese|unicode)?\s*(?:characters?|bytes?|chars?|letters?|digits?|seconds?|minutes?|hours?|days?|levels?|bits?|times|rounds?)\b"
    )
    .is_match(rest)
    {
        return false;
    }
    let next: String = rest
        .trim_start_matches([' ', '"', '个', '条', '项'])
        .chars()
        .take_while(|mark| mark.is_ascii_alphanumeric() || *mark == '.' || *mark == '_')
        .collect();
    !names_another(&next, name)
}
