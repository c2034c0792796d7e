//! Detects lists that were read from words of another kind, and lists without a value that the text names.

use super::super::Subject;
use super::super::pattern::pattern;
use super::List;
use super::marked_value::is_stop_word;
use crate::Scalar;

/// Whether the words of a list are not, or not all, the accepted values.
pub(super) fn is_misread(subject: &Subject<'_>, text: &str, list: &List) -> bool {
    is_of_bounds(&text[..list.start])
        || accepts_others(text)
        || supports_only_one(text, &list.items)
        || !subject.is_number()
            && (follows_an_item(&text[..list.start])
                || names_a_parameter(subject, &list.items)
                || is_reversed(text, &list.items)
                || has_abbreviations(&list.items)
                || lacks_a_line(subject, text, list)
                || has_capitals_of_a_sentence(text, &list.items))
}

/// "Minimum: 1 day. Maximum: 365 days."
fn is_of_bounds(head: &str) -> bool {
    pattern!(r"(?i)(?:\bmin(?:imum)?|\bmax(?:imum)?|最小|最大|最短|最长|至少|最多)(?: value|值)? ?[:为是]? ?$")
        .is_match(head)
}

/// Whether there is an item before the list that was not read: "ip-IP地址, domain-域名".
fn follows_an_item(head: &str) -> bool {
    pattern!(r"[:,、]\s*[a-z0-9_]{2,}-+[A-Z][^,、。;\n:-]*[,、]\s*$").is_match(head)
}

/// Whether the server also accepts what is not in a list: "any value other than 1 is treated as 0", an empty text.
fn accepts_others(text: &str) -> bool {
    pattern!(
        r"(?i)非 ?\d+ ?的?值?,? ?(?:均|都|则|将|会)?(?:被|认)?(?:视为|视作|当作)|值不为 ?[\d-]+,? ?则?(?:认为|视为|默认)|\bthe value is not \d+, it (?:will be|is) (?:deemed|treated|regarded|considered)",
        // "Example value: hive, flink", misspelt, and "some usual values".
        r"|填写实例值|列举部分|部分常用",
        // An empty text with a meaning, and the values of one group of products.
        r#"|" +" ?[:-]|(?:参数|字段|值)置为空|非 ?[A-Za-z]+ ?(?:产品|任务|实例)(?:支持)?的|[A-Za-z]:\* ?(?:means|indicates|表示|代表)"#
    )
    .is_match(text)
}

/// Whether only one of the listed values is supported now, named by the value or by its explanation.
fn supports_only_one(text: &str, items: &[(Scalar, String)]) -> bool {
    let only = pattern!(
        r"(?:目前|当前|暂时?|现在?)(?:仅|只)支持(?:传入|传) ?\x22?([A-Za-z0-9_-]+)|(?:目前|当前|暂时?|现在?)(?:仅|只)支持 ?\x22?([^\s,。;.()\x22]{1,16})\x22?\s*(?:[,。;.)]|$)|\(暂不(?:提供|开放)()\)"
    );
    only.captures_iter(text).any(|found| {
        let Some(word) = found.get(1).or(found.get(2)) else { return true };
        let word = word.as_str();
        items.iter().any(|(value, explanation)| {
            let explanation = explanation.trim_start_matches(['表', '示', '为', '是']).trim_start();
            let explanation = pattern!(r"[,。;()]").split(explanation).next().unwrap_or("").trim();
            value.to_string() == word || explanation == word
        })
    })
}

/// Whether an item is the name of a parameter: "`Kind` is empty", "`Type` = 2 时", "the parameter `Name`".
fn names_a_parameter(subject: &Subject<'_>, items: &[(Scalar, String)]) -> bool {
    items.iter().any(|(value, explanation)| {
        let value = value.to_string();
        let explanation = explanation.trim_start();
        let of_itself = value == subject.name
            && (explanation.is_empty() || pattern!("(?i)^空|^empty|at least one").is_match(explanation));
        let of_another = value.len() > 3
            && pattern!(r"^(?:参数|字段)(?:传|为|必|[\s,。;]|$)|^\d+ ?时(?:有效|生效|必填|[,。;]|$)")
                .is_match(explanation);
        of_itself || of_another
    })
}

/// Whether other values are written after their explanations: "scan: `SCAN`, app: `APP`".
fn is_reversed(text: &str, items: &[(Scalar, String)]) -> bool {
    pattern!(r"([^\x00-\x7f])\)? ?: ?\x22?([A-Z][A-Z0-9_]{2,}|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\x22?\s*(?:[,、;。\n]|$)")
        .captures_iter(text)
        .filter(|found| items.iter().all(|(value, _)| value.to_string() != found[1]))
        .count()
        >= 2
}

/// Whether each word is explained by its abbreviation: "day:d, month:m". Either may be the value.
fn has_abbreviations(items: &[(Scalar, String)]) -> bool {
    items.iter().all(|(value, explanation)| {
        let value = value.to_string();
        value.len() > 2 && explanation.len() == 1 && value.starts_with(explanation.as_str())
    })
}

/// Whether a line has the form of an item and is not one: "NONE : nothing" beside another list, "`Set` 中的 ID: …".
fn lacks_a_line(subject: &Subject<'_>, text: &str, list: &List) -> bool {
    let described = pattern!(r"^[\s;。.,]*\n[A-Z][a-z]+[A-Z][A-Za-z0-9]* ?[^\x00-\x7f][^:\n,。;]{0,10}: ?\S");
    if described.is_match(&text[list.end..]) {
        return true;
    }
    let capitals = |word: &str| word.bytes().all(|mark| mark.is_ascii_uppercase() || mark == b'_');
    list.items.iter().all(|(value, _)| capitals(&value.to_string()))
        && pattern!(r"\n\x22?([A-Z_]{3,})\x22? ?: ?\S").captures_iter(text).any(|found| {
            found[1] != *subject.name
                && !is_stop_word(&found[1])
                && list.items.iter().all(|(value, _)| value.to_string() != found[1])
        })
}

/// Whether a translation may have changed the case of a value: `image`, `Text`, `svg`.
fn has_capitals_of_a_sentence(text: &str, items: &[(Scalar, String)]) -> bool {
    let is_english = !text.chars().any(|mark| !mark.is_ascii() && mark.is_alphabetic());
    let lower = |word: &str| word.len() > 1 && word.bytes().all(|mark| mark.is_ascii_lowercase());
    let (mut small, mut capital) = (0, 0);
    for (value, _) in items {
        let value = value.to_string();
        if lower(&value) {
            small += 1;
        } else if value.starts_with(|mark: char| mark.is_ascii_uppercase()) && lower(&value[1..]) {
            capital += 1;
        }
    }
    is_english && small > 0 && capital > 0 && small + capital == items.len()
}
