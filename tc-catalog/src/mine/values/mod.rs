//! Finds the closed list of accepted values of a member.

mod bare;
mod explained;
mod marked_value;
mod misread;
mod open;
mod skipped;

use super::Subject;
use super::doubt::is_conditional;
use super::pattern::pattern;
use crate::Scalar;

/// A list of values with their explanations, and where it ends in the text.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub(super) items: Vec<(Scalar, String)>,
    start: usize,
    end: usize,
}

/// The list of values in the description; `None` if there is no list, or several that differ.
///
/// The list need not be closed: see [`is_closed`].
pub(super) fn find(subject: &Subject<'_>, text: &str) -> Option<List> {
    if subject.is_filter_name {
        return None;
    }
    let mut found: Option<List> = None;
    let announced = announced(subject, text);
    let lists = if announced.is_empty() {
        explained::unannounced(subject, text).or_else(|| bare::with_default(subject, text)).into_iter().collect()
    } else {
        announced
    };
    for list in lists {
        match &found {
            Some(first) if !same_values(first, &list) => return None,
            Some(_) => {}
            None => found = Some(list),
        }
    }
    found
}

/// Whether the list is complete: no text mentions other values, and the list has no condition.
pub(super) fn is_closed(subject: &Subject<'_>, text: &str, list: &List) -> bool {
    let head = &text[..list.start];
    let line = pattern!(r"[\n。;]|\.\s").find_iter(head.trim_end()).last().map_or(0, |end| end.end());
    // "If the type is A:" applies to the lines below.
    let under_condition = head.lines().any(|line| {
        let sentences: Vec<&str> = pattern!(r"[。;]|\.\s").split(line).collect();
        let begins_with_a_value =
            pattern!(r"^\s*(?:[Ww]hen|[Ii]f|当|若|如果) ?(?:the )?[A-Z][A-Za-z]+ ?(?:的?(?:取)?值|value )?(?:is|=|为)");
        let is_effect = pattern!("(?i)必填|必传|必选|必须|生效|有效|required|valid|effect|available");
        line.ends_with(':')
            && (sentences.last().is_some_and(|last| is_conditional(last))
                || sentences
                    .iter()
                    .any(|sentence| begins_with_a_value.is_match(sentence) && !is_effect.is_match(sentence)))
    });
    // "a: the first supplier (valid values: 1, 2)" lists the values of a part.
    let last_line = head.rsplit('\n').next().unwrap_or("");
    let of_an_item = last_line.matches('(').count() > last_line.matches(')').count()
        && pattern!(r"^[A-Za-z][A-Za-z0-9_.-]{0,40}(?: ?:| - )").is_match(last_line);
    // "As in these examples:" above the lines of a list.
    let of_examples = head
        .lines()
        .any(|line| line.ends_with(':') && pattern!(r"(?i)示例|例如|such as|for example|\bexamples?\b").is_match(line));
    // "Available values for each model: …" and the values of a member of a JSON text.
    let last_lines: Vec<&str> = head.lines().rev().take(2).collect();
    let by_kind = last_lines.iter().any(|line| {
        line.ends_with(':')
            && pattern!(r"(?i)各个?(?:模型|版本|地域|场景|产品)|(?:for|of|by) each (?:model|version|scene)")
                .is_match(line)
    });
    let of_json =
        !subject.is_number() && !subject.is_list && pattern!(r#"\{\s*["'][A-Za-z$][^"'\n]*["']\s*:"#).is_match(text);
    // "The image format: …" in the text of a type.
    let of_a_format = pattern!(
        r"(?i)(?:图片|图像|音频|视频|文件)格式[^,。;\n]{0,12}$|(?:image|audio|video|file) formats?[^,.;\n]{0,16}$"
    )
    .is_match(head)
        && !pattern!(r"(?i)format|ext|suffix|container|filetype|imagetype").is_match(subject.name);
    // "The options of mongodb: a, b" are not those of the member.
    let of_another = pattern!(r"([A-Za-z][A-Za-z0-9]{2,})\x22? ?的(?:可选|取值|枚举|有效)[^。;\n]{0,8}$")
        .captures(head)
        .is_some_and(|found| !found[1].eq_ignore_ascii_case(subject.name));
    // "for mongo services, valid values: …", "ipvs: do not set Mode".
    let for_some = pattern!(r"(?i)\bfor [a-z]+ (?:services?|instances?|engines?|products?),")
        .is_match(&text[line..list.start])
        || list.items.iter().any(|(_, explanation)| {
            subject.name.len() > 4
                && explanation.contains(subject.name)
                && pattern!("(?i)(?:do not|not to) set |不设置").is_match(explanation)
        });
    // A fraction has more values than those with an explanation.
    let of_fractions = subject.is_number()
        && !subject.is_int
        && pattern!(
            r"(?i)\d\s*[~-]\s*\d|[\[(]\s*-?[\d.]+\s*[,~-]\s*-?[\d.]+\s*[\])]|大于|小于|之间|浮点|范围|between|range|than|float"
        )
        .is_match(text);
    // The words beside an address or a file are kinds of it.
    let of_an_address =
        !subject.is_number() && pattern!(r"(?:Urls?|URLs?|FileIds?)$|^[A-Z][a-z]*Base64$").is_match(subject.name);
    !under_condition
        && !of_an_item
        && !of_examples
        && !by_kind
        && !of_another
        && !for_some
        && !of_json
        && !of_a_format
        && !of_fractions
        && !of_an_address
        && !is_conditional(&text[line..list.start])
        && !misread::is_misread(subject, text, list)
        && !open::is_open(subject, text, list.start, list.end, &list.items)
}

/// The lists after words such as "valid values".
fn announced(subject: &Subject<'_>, text: &str) -> Vec<List> {
    let lead = pattern!(
        r"(?i)(?:可选|可取|可用|有效|合法|枚举|支持的?|允许的?|可能的?|可传|可填|字段|参数|具体|目前|当前)?(?:取值|枚举值|值|枚举)(?:范围|类型|选项|列表|区间|说明|含义|参考|为以下之一)?(?:如下|包括|有|为|是|分别为|分别是|包含|说明|以下之?一?|其中之一|几种|可选|可以?|目前|当前|只能|仅|支持|如|:|=|\s)*",
        r"|(?:可选|可取|可传|可填|可设置为|可设为|有以下)(?:项|参数|类型|范围|字段|值|枚举|选项|方式|取值)?(?:如下|包括|有|为|是|分别为|包含|以下|:|=|\s)*",
        r"|可选(?:HEAD|GET)?",
        r"|支持(?:的)?(?:以下|如下|下列)(?:几种|[两二三四五六]种)?(?:类型|模式|方式|字段|值|取值|枚举|选项|语言|格式|协议)?(?:\(默认[^()\n]{1,20}\))?(?::\s*|\n)",
        r"|(?:所有|全部)?支持的(?:版本|类型|模式|方式|格式|协议)(?:有|包括|为)?:\s*",
        r"|(?:目前|当前|现|暂|现在)?(?:仅|只)?支持(?:的)?(?:以下|如下)?(?:(?:类型|字段|值|取值|枚举|选项)(?:包括|为|有|是)?|包括|为|有)?(?:如下|以下)?:\s*",
        r"|\b(?:(?:valid|optional|available|allowed|supported|possible|accepted|acceptable|enumerated|enumeration|enum|permitted|legal|parameter|the|its|current)\s+)*(?:values?|options?|enums?|enumerations?|value ranges?|(?:supported|valid|available|optional|following) types?)\b(?:\s+(?:ranges?\b|options?|include|includes|can be|could be|may be|must be|should be|is one of|are as follows|as follows|is|are|of (?:this|the) (?:parameter|field)|supported|(?:are )?listed below))*\s*[:=]?\s*",
        r"|\b(?:one of|can be set to|must be)\s*:?\s*"
    );
    let mut lists = Vec::new();
    let mut unread = false;
    let mut from = 0;
    while let Some(found) = lead.find_at(text, from) {
        from = found.end();
        if found.is_empty() {
            break;
        }
        let head = &text[..found.start()];
        if pattern!(
            r"(?i)(?:默认|缺省|例如|示例|比如|max(?:imum)?|min(?:imum)?|default|example|key|return|返回|其|at least|at most|either|provide|enter|至少)\s*$|(?:reference|参考)\s*:?\s*$"
        )
        .is_match(head)
        {
            continue;
        }
        let start = found.end()
            + (text[found.end()..].len() - text[found.end()..].trim_start_matches([' ', '\n', ':', '.', ',']).len());
        // "1 is a fixed value, 2 is …": the word ends an explanation.
        let ends_a_word = found.as_str().starts_with('值')
            && head.ends_with(|mark: char| !mark.is_ascii() && mark.is_alphabetic())
            && (text[found.end()..start].contains(',') || found.as_str().ends_with('\n') || found.as_str() == "值");
        // "begins: begins with the value": the word is in the explanation of a listed value.
        let of_an_item = !subject.is_number()
            && head.rsplit('\n').next().is_some_and(|line| {
                pattern!(r"^\x22?[A-Za-z][A-Za-z0-9_-]+\x22? ?(?::|- ).*[^\x00-\x7f]$").is_match(line)
            });
        if ends_a_word || of_an_item {
            continue;
        }
        // "not_equal: value not equal": the word is in an explanation.
        if pattern!(r"(?i)^(?:values?|options?|enums?)\s*$").is_match(found.as_str())
            && text[start..].starts_with(|mark: char| mark.is_ascii_lowercase())
        {
            continue;
        }
        let announces =
            pattern!(r"(?i)值|可选|可取|枚举|:|=|values?|options|enum|one of|as follows").is_match(found.as_str());
        if pattern!("(?i)范围|区间|range").is_match(found.as_str())
            && super::number::bracketed(&text[start..]).is_some()
        {
            continue;
        }
        let list = explained::at(subject, text, start).or_else(|| bare::at(subject, text, start));
        if let Some(list) = list {
            if !announces && list.items.iter().any(|(value, _)| matches!(value, Scalar::Number(_))) {
                continue;
            }
            from = from.max(list.end);
            lists.push(list);
        } else if !subject.is_number()
            && found.as_str().trim_end().ends_with(':')
            && pattern!(r"(?i)(?:valid|available|supported|optional|allowed) values?|values? are as follows|可选值|取值|枚举值|可取值")
                .is_match(found.as_str())
            && pattern!(r"^(?:\x22[A-Za-z0-9_.-]+\x22|[A-Za-z0-9_.-]+) ?[,、/]").is_match(&text[start..])
        {
            unread = true;
        }
    }
    // A list that was not read may have more values.
    if unread {
        lists.clear();
    }
    lists
}

fn same_values(one: &List, other: &List) -> bool {
    let sorted = |list: &List| {
        let mut values: Vec<Scalar> = list.items.iter().map(|(value, _)| value.clone()).collect();
        values.sort();
        values
    };
    sorted(one) == sorted(other)
}

/// The value of a word, by the type of the member.
fn scalar(subject: &Subject<'_>, word: &str) -> Option<Scalar> {
    if subject.is_number() { word.parse().ok().map(Scalar::Number) } else { Some(Scalar::Text(word.to_owned())) }
}

fn all_distinct(items: &[(Scalar, String)]) -> bool {
    items.iter().enumerate().all(|(at, (value, _))| items[..at].iter().all(|(earlier, _)| earlier != value))
}
