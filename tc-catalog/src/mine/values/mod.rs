//! Finds the closed list of accepted values of a member.

mod bare;
mod explained;
mod marked_value;
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
    let lists =
        if announced.is_empty() { explained::unannounced(subject, text).into_iter().collect() } else { announced };
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
    let under_condition = head.lines().any(|line| line.ends_with(':') && is_conditional(line));
    // "a: the first supplier (valid values: 1, 2)" lists the values of a part.
    let last_line = head.rsplit('\n').next().unwrap_or("");
    let of_an_item = last_line.matches('(').count() > last_line.matches(')').count()
        && pattern!(r"^[A-Za-z][A-Za-z0-9_.-]{0,40}(?: ?:| - )").is_match(last_line);
    // "As in these examples:" above the lines of a list.
    let of_examples = head
        .lines()
        .any(|line| line.ends_with(':') && pattern!(r"(?i)示例|例如|such as|for example|\bexamples?\b").is_match(line));
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
        && !of_fractions
        && !of_an_address
        && !is_conditional(&text[line..list.start])
        && !open::is_open(subject, text, list.start, list.end, &list.items)
}

/// The lists after words such as "valid values".
fn announced(subject: &Subject<'_>, text: &str) -> Vec<List> {
    let lead = pattern!(
        r"(?i)(?:可选|可取|可用|有效|合法|枚举|支持的?|允许的?|可能的?|可传|可填|字段|参数|具体|目前|当前)?(?:取值|枚举值|值|枚举)(?:范围|类型|选项|列表|区间|说明|含义|参考|为以下之一)?(?:如下|包括|有|为|是|分别为|分别是|包含|说明|以下之?一?|其中之一|几种|可选|可以?|目前|当前|只能|仅|支持|如|:|=|\s)*",
        r"|(?:可选|可取|可传|可填|可设置为|可设为|有以下)(?:项|参数|类型|范围|字段|值|枚举|选项|方式|取值)?(?:如下|包括|有|为|是|分别为|包含|以下|:|=|\s)*",
        r"|可选(?:HEAD|GET)?",
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
