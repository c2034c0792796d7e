//! What descriptions state beside limits: calls per second, event streams, the number of the first page.

use std::sync::LazyLock;

use regex::Regex;

use crate::mine::Lang;

/// Whether the description of the `RequestId` states that the response is a stream with the request ID in a header.
pub(crate) fn is_streaming(request_id: &str) -> bool {
    request_id.contains("X-TC-RequestId")
}

/// Whether the description of a page number states that the first page is 0.
pub(crate) fn starts_at_zero(document: &str) -> bool {
    static ZERO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(从\s*0\s*开始|起始值?[为是]\s*0|(starts?|starting|begins?|beginning|counts?) (from|at|with) 0\b)",
        )
    });
    ZERO.is_match(document)
}

/// Whether the description of a list states that an empty list clears the existing values.
pub(crate) fn clears_when_empty(document: &str) -> bool {
    static CN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(空数组|空列表|\[\]).*(清空|清除|清理|解绑|取消)|(清空|清除|清理|解绑|取消).*(空数组|空列表|\[\])")
    });
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        let (empty, clear) = (
            r"(empty (array|list)|\[\])",
            r"\b(clear|eras|cleanup|unb[io]nd|unbound|disassociat|remove all|stop using)",
        );
        pattern(&format!("(?i){empty}.*{clear}|{clear}.*{empty}"))
    });
    static NOT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)不能|不可|不允许|非法|cannot|can not|illegal|not allowed"));
    // `Data[].Id` is a path, not an empty list.
    static PATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[\]\.[A-Za-z]"));
    let says = |sentence: &str| (CN.is_match(sentence) || EN.is_match(sentence)) && !NOT.is_match(sentence);
    PATH.replace_all(document, ".").split(['。', '；', ';', '\n', '<']).any(|part| part.split(". ").any(says))
}

/// The documented calls per second, if the description states exactly one number.
pub(crate) fn rate(lang: Lang, document: &str) -> Option<u32> {
    static CN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:频率|限频)(?:限制)?[:：为是\s*]*(\d{1,6})\s*次\s*/\s*秒"));
    // Two different numbers of calls per second anywhere in the text make the rate unknown.
    static CN_ANY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{1,6})\s*次\s*/\s*秒"));
    static EN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:maximum of|limit(?: of this api)? is)\s+(\d{1,6}|one|two|three|four|five|ten|twenty|fifty|one hundred)\s+(?:requests?|calls?|times)\s+(?:can be initiated\s+)?per second",
        )
    });
    static EN_ANY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(\w+)\s+(?:requests?|calls?|times)[a-z ]*per second"));
    let (stated, any) = match lang {
        Lang::Cn => (&CN, &CN_ANY),
        Lang::En => (&EN, &EN_ANY),
    };
    let mut stated = stated.captures_iter(document);
    let rate = number(stated.next()?.get(1)?.as_str())?;
    let is_only =
        any.captures_iter(document).all(|found| found.get(1).and_then(|found| number(found.as_str())) == Some(rate));
    (is_only && rate > 0).then_some(rate)
}

fn number(text: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 9] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("ten", 10),
        ("twenty", 20),
        ("fifty", 50),
        ("one hundred", 100),
    ];
    let word = text.to_ascii_lowercase();
    text.parse().ok().or_else(|| WORDS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| unreachable!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_of_calls_per_second_is_a_rate() {
        for (lang, text, expected) in [
            (Lang::Cn, "默认接口请求频率限制：20次/秒。", Some(20)),
            (Lang::Cn, "默认接口请求频率限制：**5次/秒**", Some(5)),
            (Lang::Cn, "接口默认限频：20次/秒", Some(20)),
            (Lang::Cn, "调用频率限制为：20次/秒，1200次/分钟", Some(20)),
            (Lang::Cn, "请求频率限制为1次/秒，已发布的频率限制50次/秒", None),
            (Lang::Cn, "频率限制：1次/15秒", None),
            (Lang::Cn, "频率限制：200次/10分钟", None),
            (Lang::Cn, "视频每秒传输帧数", None),
            (Lang::En, "A maximum of 20 requests can be initiated per second for this API.", Some(20)),
            (Lang::En, "The rate limit of this API is five calls per second.", Some(5)),
            (Lang::En, "The default API request rate limit is 5 requests per second.", Some(5)),
            (Lang::En, "A maximum of 20 requests can be initiated per second, 5 requests per second in trial.", None),
            (Lang::En, "the average traffic per second", None),
        ] {
            assert_eq!(rate(lang, text), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_list_that_clears_is_detected() {
        for text in [
            "标签列表，传空数组表示清空，不传表示不修改。",
            "如需清除，该字段传空数组",
            "Passing an empty array means clearing.",
            "To clear regions, input []. If not provided, the region is kept.",
            "An empty list indicates that all the security groups are unbound.",
        ] {
            assert!(clears_when_empty(text), "{text}");
        }
        for text in [
            "不传或传空数组时不增加筛选限制",
            "可以不传该参数，但不能是空数组，也不能清空",
            "取自 Data[].Id，清除缓存",
            "Clears the cache. An empty array is returned otherwise.",
            "An empty array indicates all images.",
        ] {
            assert!(!clears_when_empty(text), "{text}");
        }
    }

    #[test]
    fn a_first_page_of_0_is_detected() {
        assert!(starts_at_zero("页码，从0开始"));
        assert!(starts_at_zero("Page number, which starts from 0."));
        assert!(!starts_at_zero("页码，从1开始") && !starts_at_zero("starts from 01"));
    }
}
