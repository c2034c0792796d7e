//! One value, and the mark between the value and its explanation.

use super::super::Subject;
use super::super::pattern::pattern;

/// The mark between a value and its explanation. All items of a list have the same mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Colon,
    Dash,
    Word,
    Blank,
    Dot,
}

/// A value and its mark, with their positions in the text.
#[derive(Debug)]
pub(super) struct MarkedValue<'a> {
    pub(super) start: usize,
    pub(super) word: &'a str,
    pub(super) mark: Mark,
    /// Where the explanation starts.
    pub(super) explanation: usize,
}

/// Reads one value and the mark of its explanation.
pub(super) fn marked_value<'a>(subject: &Subject<'_>, text: &'a str, start: usize) -> Option<MarkedValue<'a>> {
    let rest = text.get(start..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let rest = &rest[blanks..];
    let start = start + blanks;
    let pattern = if subject.is_number() {
        pattern!(
            r#"^(?:["'])?(?P<value>-?\d{1,12}(?:\.\d+)?)["']?(?: ?\((?:默认|默认值|(?i:default)(?: value)?)\) ?(?P<after>[:=-])|\s?(?P<colon>[:=])| *(?P<word>表示|代表|为|是|即|指|[-=]+>|for\b|means?\b|indicates?\b|represents?\b|stands for\b|denotes\b|is\b|refers to\b|corresponds to\b)| *(?P<dash>-+)| *(?P<dot>[.、])|(?P<blank> *))"#
        )
    } else {
        pattern!(
            r#"^(?P<number>\d{1,2}[.、)]\s?)?(?:["'])?(?P<value>[A-Za-z0-9_*+][A-Za-z0-9_.+/#*-]*(?::\d+)?)["']?(?: ?\([^()\n]{1,40}\) ?(?P<after>[:=-])| ?(?P<colon>[:=])| *(?P<word>表示|代表|为|是|即|指|[-=]+>|for\b|means?\b|indicates?\b|represents?\b|stands for\b|denotes\b|refers to\b)| *(?P<dash>-+)|(?P<blank> *))"#
        )
    };
    let found = pattern.captures(rest)?;
    let raw = found.name("value")?;
    // "5.7" is one value, "5. seven" is a numbered line.
    if found.name("number").is_some_and(|number| number.as_str().ends_with('.'))
        && raw.as_str().starts_with(|next: char| next.is_ascii_digit())
    {
        return None;
    }
    let mut word = raw.as_str();
    let end = found.get(0)?.end();
    let explanation = &rest[end..];
    let next = explanation.trim_start_matches(' ').chars().next();
    let has = |name: &str| found.name(name).is_some();
    let cjk = |mark: Option<char>| mark.is_some_and(|mark| !mark.is_ascii() && mark.is_alphabetic());
    let mark = if has("colon") || has("after") {
        let ratio = explanation.starts_with(|next: char| next.is_ascii_digit())
            && !pattern!(r"^\d+(?:\.\d+)?\s?(?:[^\x00-\x7f]|[a-zA-Z-])").is_match(explanation);
        if ratio && subject.is_number() || explanation.starts_with("//") {
            return None;
        }
        Mark::Colon
    } else if has("word") {
        Mark::Word
    } else if has("dash") {
        // `1-100` is an interval, `a-b` one word.
        // "5-minute" is one word.
        if next.is_some_and(|next| next.is_ascii_digit())
            || subject.is_number()
                && pattern!(r"(?i)^(?:second|minute|hour|day|week|month|year|bit|byte|core|level|fold|point)")
                    .is_match(explanation)
        {
            return None;
        }
        Mark::Dash
    } else if has("dot") {
        if !cjk(next) && !next.is_some_and(|next| next.is_ascii_alphabetic()) {
            return None;
        }
        Mark::Dot
    } else if !subject.is_number() && word.ends_with('-') && cjk(next) {
        Mark::Dash
    } else if cjk(next) && !is_counter(explanation.trim_start())
        || subject.is_number()
            && explanation.len() < rest.len() - raw.len()
            && next.is_some_and(|next| next.is_ascii_alphabetic())
            && rest[raw.end()..].starts_with(' ')
    {
        Mark::Blank
    } else {
        return None;
    };
    word = word.trim_end_matches(['-', '.']);
    let quoted = rest[..raw.start()].ends_with(['"', '\'']);
    let says_default =
        word == "default" && mark == Mark::Word && pattern!("(?:表示|代表|means?|indicates?)$").is_match(&rest[..end]);
    let is_value = quoted
        || is_in_capitals(word)
        || says_default
        || word.eq_ignore_ascii_case("default") && is_named_default(text, start, explanation);
    if word.is_empty() || !is_value && is_stop_word(word) {
        return None;
    }
    Some(MarkedValue { start, word, mark, explanation: start + end })
}

/// Whether a word in capitals, such as `RANGE`, is a value although it begins a sentence in other texts.
fn is_in_capitals(word: &str) -> bool {
    word.len() >= 3
        && word.bytes().all(|mark| mark.is_ascii_uppercase())
        && !matches!(word, "NOTE" | "NOTES" | "TIP" | "TIPS" | "REMARK")
}

pub(super) fn is_counter(text: &str) -> bool {
    if pattern!("^(?:天御|年龄|年度|次数|条件|条码|项目|台湾|台账|周期|日志|日常|月报|个人|个性|个体|类型|类别|元数据|页面|片段|段落|时间|时长|位置|字段|字符串|字典|核心|核验|倍速|种类|以太|级联|等待|等级|等于|路由|路径|张量|到期|到账|到货|分机|分组|分类|分布|分发|分析|分区|之前|之后|小时级|天级|分钟级)").is_match(text) {
        return false;
    }
    pattern!("^(?:个|条|项|张|台|次|秒|天|小时|分|年|月|日|周|毫秒|以|到|至|或|和|与|及|之|的|万|亿|级别|位|字|倍|核|片|开头|版本|时|路|段|元|页|类|种|等|(?:(?:minutes?|hours?|days?|seconds?|months?|years?|weeks?|times|items?|characters?|bytes?|[KMGT]B|Mbps|px|ms|s)(?:[^A-Za-z]|$)))").is_match(text)
}

/// Whether `Default:` at the beginning of a line is a value with its explanation. Otherwise it states the default.
fn is_named_default(text: &str, start: usize, explanation: &str) -> bool {
    let line = explanation.split(['\n', '。']).next().unwrap_or("").trim();
    let explains = line.contains(' ') || line.chars().filter(|mark| !mark.is_ascii()).count() >= 2;
    let stated = pattern!(r"(?i)default value|默认值|默认取值|默认为").is_match(text);
    let long = line.chars().filter(|mark| !mark.is_ascii()).count() >= 4 || line.split(' ').count() >= 4;
    text[..start].ends_with(['\n', '"']) && explains && (stated || long && text[start..].starts_with(['d', '"']))
}

pub(super) fn is_stop_word(word: &str) -> bool {
    pattern!(r"(?i)^(?:note|notes|recommendation|recommendations|suggestion|important|description|usage|reason|instructions?|constraints?|restrictions?|rules?|format|returns?|purpose|scope|range|details|required|input|output|tips?|optional|remarks?|limits?|limitation|caution|valid|value|values|supported|default|example|unit|warning|tip|see|where|default_value|ps|p\.s|e\.g|eg|i\.e|remark|attention|limit|enum|if|when|the|this|which|that|it|these|they|from|currently)$").is_match(word)
}
