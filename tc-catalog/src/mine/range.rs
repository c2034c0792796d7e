//! The accepted numbers of a member.

use super::Subject;
use super::bound::{Bound, Stated, bounds, ends};
use super::doubt::{has_labels, is_quota, names_another, narrows, recommends};
use super::number::{Interval, Read, bracketed, interval, interval_between, number};
use super::pattern::pattern;
use super::split::Sentence;
use crate::Number;

/// Both ends, included; an end that is not stated is `None`.
pub(super) type Range = (Option<Number>, Option<Number>);

/// The range that the description states without a condition; `None` if it states several.
pub(super) fn find(subject: &Subject<'_>, text: &str, sentences: &[Sentence<'_>]) -> Option<Range> {
    if has_labels(
        text,
        subject.name,
        pattern!(r"(?i)范围|区间|最大|最小|不超过|[\[<>]|\b(?:range|max|min|up to|than)\w*"),
    ) {
        return None;
    }
    let mut range: Range = (None, None);
    // Ends that the text states in a form that was not read: those that were read are not the whole range.
    let mut unread = (false, false);
    for sentence in sentences {
        let unbounded =
            pattern!(r"(?i)(?:范围|区间|ranges?)[^\d\[(。]{0,12}[\[(]?(-?\d+)(?:, ?| ?[~-] ?| to )\+?(?:∞|inf)")
                .captures(sentence.text);
        if let Some(found) = unbounded
            && !sentence.is_conditional(sentence.pieces[0])
        {
            range.0 = found[1].parse().ok();
            continue;
        }
        for (at, piece) in sentence.pieces.iter().enumerate() {
            for found in in_piece(subject, sentence, at, piece) {
                let (low, high) = match found {
                    Found::Unsure => return None,
                    Found::Unread(bound) => {
                        match bound {
                            Bound::AtMost | Bound::Below => unread.1 = true,
                            Bound::AtLeast | Bound::Above => unread.0 = true,
                        }
                        continue;
                    }
                    Found::Ends(low, high) => (low, high),
                };
                for (end, stated) in [(&mut range.0, low), (&mut range.1, high)] {
                    match (*end, stated) {
                        (Some(known), Some(stated)) if known != stated => return None,
                        (None, Some(stated)) => *end = Some(stated),
                        _ => {}
                    }
                }
            }
        }
    }
    if range == (None, None)
        || matches!(range, (Some(low), Some(high)) if low > high)
        || unread.0 && range.0.is_none()
        || unread.1 && range.1.is_none()
    {
        return None;
    }
    // "greater than 0; 1 month to 12 months": the interval may be the other end.
    let half = range.0.is_none() || range.1.is_none();
    let interval_with_units = pattern!(
        r"\d ?(?:[A-Za-z]{1,7}|个月|[天日月年周秒]|分钟|小时)? ?(?:~|-|到|至) ?\d+ ?(?:个月|[天月年周秒]|分钟|小时|[KMGTP]i?B?\b|days?\b|hours?\b|minutes?\b|months?\b|years?\b)"
    );
    if half && interval_with_units.is_match(text) {
        return None;
    }
    (!has_exception(text, subject.name, range) && !has_another_interval(text, range)).then_some(range)
}

/// Whether a word that announces a range is followed by another interval than the one that was read.
fn has_another_interval(text: &str, range: Range) -> bool {
    let announced = pattern!(r"(?i)(?:范围|区间|range)[^\d\n。\[(]{0,40}[^\d\n。.\[(-]|(?:,|;|:|支持|为)\s*");
    let mut from = 0;
    let mut after_word = false;
    while let Some(found) = announced.find_at(text, from) {
        from = found.end();
        after_word |= pattern!("(?i)范围|区间|range").is_match(found.as_str());
        if !after_word || from >= text.len() {
            continue;
        }
        if let Some(read) = interval(&text[from..])
            && (Some(read.low), Some(read.high)) != range
            && !(read.open_low || read.open_high)
            && text[from..].starts_with(|mark: char| mark.is_ascii_digit() || "[(-".contains(mark))
        {
            return true;
        }
    }
    false
}

/// The first interval that a word such as "range" announces.
pub(super) fn announced(sentences: &[Sentence<'_>]) -> Option<(Number, Number)> {
    sentences.iter().flat_map(|sentence| &sentence.pieces).find_map(|piece| {
        let (head, found) = stated_interval(piece)?;
        pattern!("(?i)范围|区间|range").is_match(&piece[head.len()..]).then_some((found.low, found.high))
    })
}

/// What one statement says.
#[derive(Debug)]
enum Found {
    Ends(Option<Number>, Option<Number>),
    /// An end in another unit than that of the member.
    Unread(Bound),
    /// A limit that is doubtful.
    Unsure,
}

fn in_piece(subject: &Subject<'_>, sentence: &Sentence<'_>, at: usize, piece: &str) -> Vec<Found> {
    if !piece.contains(|mark: char| mark.is_ascii_digit()) {
        return Vec::new();
    }
    let doubtful = |head: &str, rest: &str| {
        names_another(head, subject.name)
            // "the range of N: 0-100": a part of the value.
            || pattern!("(?:^|[^A-Za-z])[N-Z]\\s*(?:的)?\\s*$").is_match(head) && head.trim() != subject.name
            || recommends(head)
            || is_quota(&piece[..piece.len() - rest.len()])
            || pattern!(r"(?i)例如|比如|for example|such as").is_match(sentence.through(piece))
            || sentence.is_conditional(piece) && !is_same_for_all(sentence.text)
            || narrows(rest)
            || sentence.pieces.get(at + 1).is_some_and(|next| goes_on(next))
    };
    if let Some((head, found)) = stated_interval(piece) {
        let announced = pattern!("(?i)范围|区间|range").is_match(&piece[head.len()..]);
        let Some((low, high)) = included(subject, &found, announced) else { return Vec::new() };
        let fits = subject.units.fits(found.unit) && ends(found.rest) && !names_a_second(found.rest);
        if pattern!("长度|字符|时间跨度").is_match(head) && !subject.name_contains(&["Length", "Len"]) {
            return Vec::new();
        }
        let sure = fits && !doubtful(head, found.rest);
        return vec![if sure { Found::Ends(Some(low), Some(high)) } else { Found::Unsure }];
    }
    if let Some(found) = bare_interval(subject, sentence, piece) {
        return vec![if doubtful("", "") { Found::Unsure } else { found }];
    }
    // For a list, these words count the items.
    if subject.is_list {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut after_bound = 0;
    // An empty head continues the piece before, which may be about something else.
    let continues_others = at.checked_sub(1).and_then(|before| sentence.pieces.get(before)).is_some_and(|before| {
        bounds(before).last().is_some_and(|stated| {
            !stated.named && !is_plain_head(stated.head, subject.name) || is_about_others(stated.head)
        })
    });
    for stated in bounds(piece) {
        // "greater than 0 and at most 200": the second bound is of the same number.
        let joined = after_bound > 0
            && pattern!(r"(?i)^\s*(?:,|and|but|or|或者?|且|并且|并|而且|同时)?\s*(?:必须|须|is|must be)?\s*$")
                .is_match(stated.head.get(after_bound..).unwrap_or("-"));
        if !joined && (!stated.named && !is_plain_head(stated.head, subject.name) || is_about_others(stated.head)) {
            continue;
        }
        if continues_others && pattern!("^(?:且|并且?|而且|同时|and|but)?\\s*$").is_match(stated.head) {
            continue;
        }
        if pattern!("长度|字符|字节").is_match(stated.phrase) {
            continue;
        }
        if !subject.units.fits(stated.read.unit) {
            all.push(Found::Unread(stated.bound));
            continue;
        }
        // "it can be greater than 1" excludes nothing.
        let only_allows = matches!(stated.bound, Bound::Above | Bound::Below)
            && pattern!(r"(?i)(?:可以?|\b(?:may|can)(?: be)?)\s*$").is_match(stated.head);
        if only_allows
            || !stated.named && is_of_absence(sentence.through(piece), stated.head, piece)
            || says_meaning(stated.read.rest)
            || describes(&stated)
            || counts_things(subject, &stated)
        {
            continue;
        }
        after_bound = piece.len() - stated.read.rest.len();
        if stated.is_unclear || doubtful(stated.head, stated.read.rest) {
            all.push(Found::Unsure);
            continue;
        }
        let value = stated.read.value;
        // "the maximum is 100 (excluded)".
        let excluded = sentence.pieces.get(at + 1).is_some_and(|next| {
            stated.read.rest.trim().is_empty()
                && pattern!("(?i)^(?:不包含|不含|不包括|不可取|开区间|exclu\\w+|not included|not inclusive)$")
                    .is_match(next)
        });
        let value = match stated.bound {
            Bound::AtMost if excluded && subject.is_int => step(value, -1),
            Bound::AtLeast if excluded && subject.is_int => step(value, 1),
            _ => value,
        };
        all.push(match stated.bound {
            Bound::AtMost => Found::Ends(None, Some(value)),
            Bound::AtLeast => Found::Ends(Some(value), None),
            Bound::Above => Found::Ends(Some(if subject.is_int { step(value, 1) } else { value }), None),
            Bound::Below => Found::Ends(None, Some(if subject.is_int { step(value, -1) } else { value })),
        });
    }
    all
}

fn step(value: Number, by: i128) -> Number {
    value.as_int().map_or(value, |whole| Number::from(whole + by))
}

/// An interval after a word that announces one, and the text before that word.
fn stated_interval(piece: &str) -> Option<(&str, Interval<'_>)> {
    let lead = pattern!(
        r"(?i)(?:取值|数值|有效|可选|可用|合法|参数|设置|支持|输入|大小|允许|可设置|可配置|可填|枚举|推荐)?(?:的)?(?:值)?(?:范围|区间|值域)(?:限制)?(?:\s|:|=|为|是|在|从|应|需|须|必须|于|限|定|介|内)*",
        r"|(?:可选值|有效值|可取值|取值|合法值)(?:\s|:|=|为|是|在|从|应|需|须|必须|于|限|定|介)*",
        r"|(?:介于|位于|处于|限制在|控制在|可指定为?|可设置为|可设为|可填写?|可配置为?|可选)(?:\s|:)*",
        r"|\b(?:value |valid |input |optional |available |allowed |supported |numeric |integer |valid value |parameter |the |its )*ranges?(?:\s|:|=|\b(?:is|are|of|from|between|in|within|for this parameter|values?|supported)\b)*",
        r"|\b(?:valid|optional|available|allowed|supported|accepted|possible) values?(?:\s|:|=|\b(?:is|are|from|between|in|within|range|integers?)\b)*",
        r"|\b(?:values?|must be|should be|can be|supports?|an integer|integers?)(?:\s|:|\b(?:an?|integers?|is|in|the|range|within|from|between|value|values|of|only)\b)*\b(?:from|between|range of|in the range|within)\s*(?:of )?",
    );
    // "the values 1-5 of Type have an effect" is about another parameter.
    let has_effect = |read: &Interval<'_>| pattern!("^\\s*(?:之间)?(?:时)?(?:生效|有效|可用)").is_match(read.rest);
    for found in lead.find_iter(piece) {
        let tail = &piece[found.end()..];
        let spoken = tail.trim_start();
        let read =
            if pattern!(r"(?i)between\s*$").is_match(found.as_str()) || pattern!("^[^,]{1,40}之间").is_match(spoken) {
                interval_between(tail)
            } else {
                interval(tail)
            };
        if let Some(read) = read.filter(|read| !has_effect(read)) {
            return Some((&piece[..found.start()], read));
        }
    }
    // "required 10 ~ 300之间": the words after the interval announce it.
    if let Some(found) = pattern!("(?:要求|需要?|必须|须|应)(?:在|为|是)?\\s*").find(piece)
        && let Some(read) = interval(&piece[found.end()..])
        && read.rest.trim_start().starts_with("之间")
    {
        return Some((&piece[..found.start()], read));
    }
    // "must be in [1, 100]": brackets need no other word.
    let within = pattern!(r"(?:需要?|须|必须|应|应该|只能|可)?(?:在|为)\s*$");
    let open = piece.find(['[', '('])?;
    let head = &piece[..open];
    let read = bracketed(&piece[open..])?;
    let word = within.find(head)?;
    Some((&head[..word.start()], read))
}

/// An interval that is a whole piece, without a word that announces it: "priority (1-9)".
fn bare_interval(subject: &Subject<'_>, sentence: &Sentence<'_>, piece: &str) -> Option<Found> {
    if subject.is_list || subject.name_contains(&["Id", "ID", "Time", "Code", "Port", "Version", "Type", "Status"]) {
        return None;
    }
    let found = pattern!(r"(?i)^(?:支持|可选|可填写?|为|取|数值|整数|supports?:? |values? )?\s*(\d+(?:\.\d+)? ?(?:秒|分钟|小时|天|个|次)? ?(?:-|~|至|到|to) ?\d+(?:\.\d+)?)\s*([A-Za-z%]{1,7}|个月|个|次|条|项|秒|分钟|小时|天|月|年|毫秒)?(?:之间)?(?:的)?(?:正?整数|数字|数值|任意值)?$").captures(piece)?;
    let digits = sentence.whole.matches(|mark: char| mark.is_ascii_digit()).count();
    let read = interval(found.get(1)?.as_str())?;
    let unit = found.get(2).map_or("", |unit| unit.as_str());
    let (low, high) = included(subject, &read, true)?;
    (digits <= 12 && subject.units.fits(unit)).then_some(Found::Ends(Some(low), Some(high)))
}

/// The interval with both ends included. Two adjacent numbers in brackets with a comma may also be a list of two values.
fn included(subject: &Subject<'_>, found: &Interval<'_>, announces_range: bool) -> Option<(Number, Number)> {
    let (mut low, mut high) = (found.low, found.high);
    if subject.is_int {
        if found.open_low {
            low = step(low, 1);
        }
        if found.open_high {
            high = step(high, -1);
        }
    }
    let neighbours = found.listed && step(low, 1) >= high && !announces_range;
    (low < high && !neighbours).then_some((low, high))
}

/// Whether a sentence states the same range for each way of payment.
fn is_same_for_all(sentence: &str) -> bool {
    let stated = pattern!(r"(?:包年包月|按量计费)实例的?取值范围[:为是]*\s*\[(\d+), ?(\d+)\]");
    let mut all = stated.captures_iter(sentence);
    let Some(first) = all.next() else { return false };
    let mut others = all.peekable();
    others.peek().is_some() && others.all(|other| (&other[1], &other[2]) == (&first[1], &first[2]))
}

/// Whether the next part adds numbers to a range: `1-100, 200`. The same number in another unit, as in `86400 s (1 day)`,
/// does not.
fn goes_on(next: &str) -> bool {
    let converted = pattern!(
        r"(?i)^(?:即|约|合|i\.e\.,? ?|or |equivalent to )?-?[\d.]+ ?(?:天|小时|分钟|秒|日|周|个月|月|年|days?|hours?|minutes?|seconds?|weeks?|months?|years?|[kmgt]i?b|h|d|min)\b?"
    );
    let explained = pattern!(r"^-?\d+\s*(?:[:=]|表示|代表|为|是|-|means|indicates|for\b|is\b|represents)");
    pattern!(r"(?i)^(?:以及|或者?|和|and\s|or\s)?\s*-?\d").is_match(next)
        && !explained.is_match(next)
        && !converted.is_match(next)
}

/// Whether the text after an interval adds a second interval or a single value.
fn names_a_second(rest: &str) -> bool {
    pattern!(r"(?i)^\s*(?:[,、;/]|或者?|和|及|以及|and|or|∪|U|以外|之外)\s*[\[(]?-?\d|^\s*(?:之外|以外|外)")
        .is_match(rest)
}

/// Whether the text after a number explains its meaning, so that it is not a bound.
fn says_meaning(rest: &str) -> bool {
    pattern!(r"(?i)^\s*(?:时|表示|代表|则|即为|的话|为[^\x00-\x7f]{2}|indicates|means|represents|\w+ means)")
        .is_match(rest)
}

/// Whether the bound before a number is what the server returns if the member is absent: "if not specified, up to 50 are
/// returned".
fn is_of_absence(context: &str, head: &str, piece: &str) -> bool {
    let end = context.len() - piece.len() + head.len();
    pattern!(r"(?i)(?:\bnot (?:specified|set|passed(?: in)?|provided|entered|filled(?: in)?)|\bunspecified|\bleft (?:empty|blank)|\bis empty|不传|不填|未传|未填|不指定|未指定|不设置|为空)[^\d,。;]{0,6},? ?(?:则|时|则会|将|会|系统)*(?:返回|return(?:s|ed)?|默认)?\s*$")
        .is_match(context.get(..end).unwrap_or_default())
}

/// Whether a comparison describes something else than the member: "tasks older than 24 hours".
fn describes(stated: &Stated<'_>) -> bool {
    matches!(stated.bound, Bound::Above | Bound::Below)
        && pattern!("^\\s*的").is_match(stated.read.rest)
        && !pattern!("^\\s*的(?:正?整数|自然数|浮点数|小数|数|值|任意|任何)").is_match(stated.read.rest)
}

/// Whether a bound counts things that are not the number itself, if the member is not a number of things:
/// "up to 30 names can be queried".
fn counts_things(subject: &Subject<'_>, stated: &Stated<'_>) -> bool {
    let is_number_of = pattern!(
        r"(?i)limit|count|cnt|num|size|page|max|min|quota|amount|total|top|quantity|rows?|lines?|length|depth|times|retry|concurren|replica|copies|capacity|days|period|interval|duration|step|rate|offset|level|time"
    )
    .is_match(subject.name);
    !is_number_of
        && !stated.named
                && pattern!(r"(?i)^\s*(?:个|条|张|台)[^\x00-\x7f]|^\s*([a-z]{3,})\b").captures(stated.read.rest).is_some_and(|found| {
            !found.get(1).is_some_and(|word| {
                pattern!("(?i)^(?:and|but|the|if|per|for|when|with|which|are|entries|items|results|records|rows|inclusive|only)$")
                    .is_match(word.as_str())
            })
        })
}

/// Whether a phrase such as "at most" is about the member: only common words, or none, are before it.
fn is_plain_head(head: &str, name: &str) -> bool {
    let head = head.trim();
    let head = if head.len() >= name.len()
        && head.is_char_boundary(name.len())
        && head[..name.len()].eq_ignore_ascii_case(name)
    {
        &head[name.len()..]
    } else {
        head
    };
    pattern!(
        r"(?i)^(?:-?\d+ by default and|必传|必填|每页|每次|单页|单次|一次|一页|分页|本次|最大|默认|目前|当前|暂时|该|此|参数|字段|取值范围|数值范围|范围|取值|数值|数字|值|其|大小|数量|条数|个数|数目|记录|条目|返回|查询|拉取|获取|展示|显示|请求|请求的?|输入|传入|支持|可|能|允许|限制|设置|必须|需要|需|须|应|应该|要求|为|是|且|并且|并|同时|但|的|系统|接口|单个|结果|列表|数据|整数|正整数|只能|只|:|\s|limit|offset|pagesize|page|size|the|value|range|valid|values|it|this|parameter|field|must|should|can|be|is|an?|integer|number|and|but|with|which|results?|returned|per|request|entries|items|of|to|supports?|supported|by|default|currently|single|query|set|records?|displayed|each|time|in|on|one)*$"
    )
    .is_match(head)
}

/// Whether the text before a bound is about something other than the member's value.
fn is_about_others(head: &str) -> bool {
    pattern!(
        "(?i)总和|之和|总数|合计|加起来|跨度|长度|字符|字节|间隔|比例|乘积|两者|sum|total|interval|length|span|ratio"
    )
    .is_match(head)
}

/// Whether the text gives a meaning to a number outside of the range: `-1 means no limit`.
fn has_exception(text: &str, name: &str, range: Range) -> bool {
    let outside =
        |read: &Read<'_>| range.0.is_some_and(|low| read.value < low) || range.1.is_some_and(|high| read.value > high);
    let meaning = pattern!(
        r#"(?i)(?:^|[^\w.,~<>=-]|[^\d]-)"?(-?\d+(?:\.\d+)?)"?\s*(?:\([^()\d]*\)\s*)?(?:表示|代表|[:=]|-\s|为(?:不|无|关|默认|永)|即|则|means|indicates|represents|stands|is |for |to disable)"#
    );
    let set = pattern!(
        r#"(?i)(?:设为|设置为|设置成|==|填写?|传入?|取值为|值为|等于|配置为|为|是|或者?|和|特殊值|默认值?[:为是]*|set to|value is|value of|is|equals?|or|and|to|values?:|either|except)\s*"?(-?\d+(?:\.\d+)?)"?\s*(?:时|表示|代表|则|即|,|。|;|\n|$|\.\s|\.$|\)|means|indicates|and \[|和\[|或\[|if|when|to)"#
    );
    for (pattern, strict) in [(meaning, true), (set, true)] {
        for found in pattern.captures_iter(text) {
            let Some(whole) = found.get(1) else { continue };
            let head = &text[..whole.start()];
            if pattern!(r"(?i)(?:大于|小于|超过|高于|低于|多于|than|exceed|to|至|到|等于或|~|-)\s*$").is_match(head)
            {
                continue;
            }
            // "required if policy is 1": the number is a value of another parameter.
            let other = pattern!(r"([A-Za-z_]\w{2,}) ?(?:参数|字段)?(?:的?值)?\s*(?:为|==?|等于)?\s*$").captures(
                &text[..found.get(0).map_or(0, |all| all.start()) + found[0].len()
                    - found[0].trim_start_matches(['为', '=', '等', '于']).len()],
            );
            if strict
                && other.is_some_and(|other| !other[1].eq_ignore_ascii_case(name))
                && text[whole.end()..].starts_with("时")
            {
                continue;
            }
            if let Some(read) = number(whole.as_str())
                && strict
                && outside(&read)
            {
                return true;
            }
        }
    }
    false
}
