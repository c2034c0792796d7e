//! The default of a member.

use super::cases;
use super::doubt::{is_conditional, names_another, narrows};
use super::number::number;
use super::pattern::pattern;
use super::split::Sentence;
use super::{Kind, Subject};
use crate::Scalar;

/// The default that the description states without a condition; `None` if it states several.
pub(super) fn find(subject: &Subject<'_>, sentences: &[Sentence<'_>]) -> Option<Scalar> {
    if subject.is_list || !subject.mentions_default {
        return None;
    }
    // A JSON text states the defaults of its members.
    let whole = sentences.first().map_or("", |sentence| sentence.whole);
    let of_json = subject.kind == Kind::Text
        && pattern!(r#"(?i)json ?(?:字符串|串|格式|string)|\{[^{}]{0,40}["'][A-Za-z_]+["']\s*:|\((?:string|int|integer|float|bool|object)\) ?:"#)
            .is_match(whole);
    // "cbcs for FairPlay by default, cenc for PlayReady by default".
    if pattern!(r"(?i)\bfor [a-z0-9+]+(?: and [a-z0-9+]+)? by default").find_iter(whole).count() > 1
        || cases::differ(whole)
    {
        return None;
    }
    let mut found: Option<Scalar> = None;
    for sentence in sentences {
        for piece in &sentence.pieces {
            for stated in in_piece(subject, piece) {
                // "The number of partitions is limited (50 by default)".
                let of_a_quota = pattern!("(?i)有限制|\\bis limited\\b").is_match(sentence.through(piece));
                let conditional = sentence.is_conditional(piece) || narrows(stated.rest) || of_a_quota;
                match &found {
                    _ if conditional && stated.is_gloss => {}
                    Some(first) if *first != stated.value => return None,
                    // "Other values are treated as the default 0": the same value.
                    Some(_) if conditional => {}
                    _ if conditional => return None,
                    _ => found = Some(stated.value),
                }
            }
        }
    }
    if of_json && found.as_ref().is_some_and(|value| !subject.lists_value(&value.to_string())) {
        return None;
    }
    // "Default value for UDP listeners: 300".
    if let Some(Scalar::Number(known)) = &found
        && pattern!(r"(?i)default(?: value)? for [^:.\n\d]{1,40}: ?(-?\d+)|(?:默认|缺省)值?为? ?:? ?(\d+)s?[,。;\n]")
            .captures_iter(whole)
            .filter_map(|found| found.get(1).or(found.get(2)))
            .any(|other| number(other.as_str()).is_some_and(|read| read.value != *known))
    {
        return None;
    }
    // Another default of this text was not read: "images: the default is 5, videos: …".
    if let Some(Scalar::Number(known)) = &found {
        let named = pattern!(r"(?:默认|缺省)(?:值|取值|为|是|设为|:|\s)*-?\d");
        for sentence in sentences {
            for other in named.find_iter(sentence.text) {
                let words = other.as_str().trim_end_matches(|mark: char| mark.is_ascii_digit() || mark == '-');
                let is_another = number(&sentence.text[other.start() + words.len()..])
                    .is_some_and(|read| subject.units.fits(read.unit) && read.value != *known);
                if is_another {
                    return None;
                }
            }
        }
    }
    found
}

struct Stated<'a> {
    value: Scalar,
    rest: &'a str,
    /// Whether the text names the explanation of the value instead of the value.
    is_gloss: bool,
}

fn in_piece<'a>(subject: &Subject<'_>, piece: &'a str) -> Vec<Stated<'a>> {
    let lead = pattern!(
        r"(?i)(?:默认|缺省)(?:该选项|该参数|该值|此参数|此值)?(?:取值|值|配置值|数值|数量|大小|个数|条数|端口号?|类型|状态码|格式|方式|级别|编码|版本)?(?:不填|不传|设置为|设置|设定|设|置为|置|返回|取|查询|显示|展示|拉取|保留|填|传|选|选择|是|为|第|版本|:|=|等于|\s)*",
        r"|\b(?:the )?default (?:option|type|format)\s*(?:\b(?:is|to|as|value)\b|:|=)\s*",
        r"|\b(?:the )?defaults?(?:ed)?(?: value| size| number| page size)?(?:\s*(?:\b(?:is|are|to|as|of|set to|value|being|will be|will|be)\b|:|=))*\s*",
    );
    let mut stated = Vec::new();
    for found in lead.find_iter(piece) {
        let head = &piece[..found.start()];
        if names_another(head, subject.name) || pattern!(r"(?i)非$|不$|\bnon-?$|\bno $|[A-Za-z]-$").is_match(head) {
            continue;
        }
        let tail = &piece[found.end()..];
        let value = match subject.kind {
            // "默认值-20": the dash may be a sign or a separator.
            Kind::Number if tail.starts_with('-') && !found.as_str().ends_with([':', ' ', '为', '是', '=']) => None,
            Kind::Number => a_number(subject, tail),
            Kind::Text if uses_a_default(subject, head, found.as_str(), tail) => None,
            Kind::Text => a_text(subject, found.as_str(), tail)
                .and_then(|(value, rest)| Some((of_the_list(subject, value)?, rest))),
            Kind::Bool => a_bool(tail),
            Kind::Other => None,
        };
        let gloss = if value.is_none() { of_a_gloss(subject, head, found.as_str(), tail) } else { None };
        let is_gloss = gloss.is_some();
        if let Some((value, rest)) = value.or(gloss) {
            stated.push(Stated { value, rest, is_gloss });
        }
    }
    if stated.is_empty() {
        stated.extend(by_default(subject, piece));
    }
    stated
}

/// The listed value that a default names: a default may be the explanation of a value instead of the value itself.
fn of_the_list(subject: &Subject<'_>, value: Scalar) -> Option<Scalar> {
    let word = value.to_string();
    if subject.lists_value(&word) {
        return Some(value);
    }
    let mut explained = subject.listed.iter().filter(|(_, explanation)| {
        explanation.split(|mark: char| !mark.is_ascii_alphanumeric()).any(|part| part.eq_ignore_ascii_case(&word))
    });
    match (explained.next(), explained.next()) {
        (None, _) => Some(value),
        // "on: enabled, the default of the platform is 32MB" is not about the list.
        (Some((_, explanation)), None) if pattern!("(?i)默认|缺省|default").is_match(explanation) => None,
        (Some((listed, _)), None) => Some(listed.clone()),
        _ => None,
    }
}

/// The listed value whose explanation is what the default is called: "1: off, 2: on, the default is on".
fn of_a_gloss<'a>(subject: &Subject<'_>, head: &str, lead: &str, tail: &'a str) -> Option<(Scalar, &'a str)> {
    let is_used = subject.kind == Kind::Text && uses_a_default(subject, head, lead, tail);
    if is_used || !matches!(subject.kind, Kind::Number | Kind::Text) {
        return None;
    }
    let end = pattern!(r"[,;。)(\n]|\.(?:\s|$)").find(tail).map_or(tail.len(), |end| end.start());
    let plain = |text: &str| {
        let text = pattern!(r"[,;。()\n]|\.(?:\s|$)").split(text).next().unwrap_or("").to_ascii_lowercase();
        let text = text.trim().trim_matches(['"', '\'']);
        pattern!("(?:状态|模式|方式|类型)$").replace(text, "").into_owned()
    };
    let named = plain(&tail[..end]);
    if named.is_empty() {
        return None;
    }
    let mut found = subject.listed.iter().filter(|(_, explanation)| plain(explanation) == named);
    match (found.next(), found.next()) {
        // "default: the default library" explains a value with that name.
        (Some((value, _)), None) if !value.to_string().eq_ignore_ascii_case("default") => {
            Some((value.clone(), &tail[end..]))
        }
        _ => None,
    }
}

/// Whether the words are "use the default X": X is a kind of thing and not a value.
fn uses_a_default(subject: &Subject<'_>, head: &str, lead: &str, tail: &str) -> bool {
    let plain = pattern!(r"(?i)^(?:the )?(?:默认|缺省|defaults?)\s*$").is_match(lead);
    let quoted = pattern!(r#"^"[^"\s]+"$"#).is_match(tail);
    let listed = pattern!(r"^[A-Za-z0-9_-]+").find(tail).is_some_and(|word| subject.lists_value(word.as_str()));
    let is_the_value = head.trim().is_empty() && lead.is_ascii() && (quoted || listed);
    plain
        && !is_the_value
        && (lead.is_ascii()
            || pattern!("(?:使用|采用|的|为|到|及|或|选择|走|用|在|按|是|和|与|有|即)\\s*$").is_match(head))
}

fn a_number<'a>(subject: &Subject<'_>, tail: &'a str) -> Option<(Scalar, &'a str)> {
    let read = number(tail)?;
    let is_share = read.unit == "%" && pattern!(r"^\s*(?:of\b|的)").is_match(read.rest);
    if is_share
        || cases::has_other_unit(subject, read.unit)
        || !subject.units.fits(read.unit)
        || !ends(read.rest)
        || subject.is_int && read.value.as_int().is_none()
    {
        return None;
    }
    // `0.0` for a whole number is two numbers: "the default is 0.0: off, 1: on".
    if subject.is_int && tail[..tail.len() - read.rest.len()].contains('.') {
        return None;
    }
    Some((Scalar::Number(read.value), read.rest))
}

/// Whether nothing after the number changes it or adds another number.
fn ends(rest: &str) -> bool {
    !pattern!(
        r"(?i)^\s*(?:[-~/|、+*×%]|或|和|与|及|到|至|以上|以下|以内|以前|左右|及以|对应|的秒数|or\b|and\b|to\b|times\b|x\d|\()?"
    )
    .find(rest)
    .is_some_and(|found| !found.as_str().trim().is_empty() && found.as_str().trim() != "(")
}

fn a_text<'a>(subject: &Subject<'_>, lead: &str, tail: &'a str) -> Option<(Scalar, &'a str)> {
    if let Some(quoted) = tail.strip_prefix(['"', '\'']) {
        let mark = tail.as_bytes()[0] as char;
        let end = quoted.find(mark)?;
        let (text, rest) = (&quoted[..end], &quoted[end + 1..]);
        let named = pattern!(r"(?i)值|value").is_match(lead);
        let plain = !text.is_empty() && !text.contains(',') && (named || !text.contains(' ')) && text.is_ascii();
        return (plain && closes(rest)).then(|| (Scalar::Text(text.to_owned()), rest));
    }
    let token = pattern!(r"^(?:\$\{[A-Za-z_]+\}|[A-Za-z0-9_/+*.$-][A-Za-z0-9_./:+*%#@$-]*)").find(tail)?;
    let text = token.as_str().trim_end_matches(['.', ':', '-', '/']);
    let text = match text.split_once(':') {
        // "small:vip-2c8g": either word may be the value.
        Some((value, _)) if subject.lists_value(value) => return None,
        _ => text,
    };
    let rest = &tail[text.len()..];
    // "4C8G: rabbit-vip-basic-1": the second word may be the value.
    if text.is_empty() || !closes(rest) || pattern!(r"^: ?[A-Za-z0-9]+-[A-Za-z0-9-]+").is_match(rest) {
        return None;
    }
    let strong = pattern!(r"(?i)值|:|=|\b(?:is|to|are|as|of)\s*$|为|是").is_match(lead);
    let is_switch =
        pattern!("^(?:ON|OFF|TRUE|FALSE|true|false)$").is_match(text) && pattern!(r"(?i)值|value").is_match(lead);
    if is_word(text) && !subject.lists_value(text) && !is_switch {
        return None;
    }
    (strong
        || text.chars().any(|mark| mark.is_ascii_digit() || mark.is_ascii_uppercase())
        || subject.lists_value(text)
        || !lead.is_ascii())
    .then(|| (Scalar::Text(text.to_owned()), rest))
}

/// Whether the text after a value does not change it.
fn closes(rest: &str) -> bool {
    pattern!(r"(?i)^\s*(?:$|[,;。)(]|表示|代表|即|则|\.\s|\.$|which |means |indicating |indicates |represent|meaning |- |:|if |when )").is_match(rest)
}

/// Whether the word describes a default instead of being its value.
fn is_word(text: &str) -> bool {
    pattern!(
        r"(?i)^(?:none|null|nil|empty|no|yes|not|unlimited|blank|current|today|now|na|n/a|off|on|all|any|enabled?|disabled?|the|an?|random|required|optional|value|values|system|false|true|this|is|public|private|open|opened|close|closed|automatic|unset|undefined|used|string|int|integer|asc\w+ing|desc\w+ing|json|second|seconds|hour|hours|day|days|month|year)$"
    )
    .is_match(text)
}

fn a_bool(tail: &str) -> Option<(Scalar, &str)> {
    let found = pattern!(r#"(?i)^["']?(true|false)\b["']?"#).captures(tail)?;
    let whole = found.get(0)?;
    let rest = &tail[whole.end()..];
    if pattern!(r"(?i)^\s*(?:或|/|or\b|and\b|、)").is_match(rest) {
        return None;
    }
    Some((Scalar::Bool(found[1].eq_ignore_ascii_case("true")), rest))
}

/// "20 by default", "which is false by default".
fn by_default<'a>(subject: &Subject<'_>, piece: &'a str) -> Option<Stated<'a>> {
    let found = pattern!(r#"(?i)(?:^|\bis |\bare |\bset to |: ?|,)"?(-?[A-Za-z0-9_.-]+)"?(?: (?:will be|is|are|will|be|used|[a-z]+)){0,3} by default"#)
        .captures(piece)?;
    let word = found.get(1)?;
    let rest = &piece[found.get(0)?.end()..];
    if names_another(&piece[..word.start()], subject.name) {
        return None;
    }
    let value = match subject.kind {
        Kind::Number => {
            let read = number(&piece[word.start()..])?;
            if !subject.units.fits(read.unit) {
                return None;
            }
            Scalar::Number(read.value)
        }
        Kind::Bool => a_bool(word.as_str())?.0,
        Kind::Text if subject.lists_value(word.as_str()) || piece[word.end()..].starts_with('"') => {
            Scalar::Text(word.as_str().to_owned())
        }
        _ => return None,
    };
    Some(Stated { value, rest, is_gloss: false })
}

/// The one word that is marked as the default in parentheses: "`cdn` (default) or `ecdn`".
pub(super) fn marked_word(subject: &Subject<'_>, text: &str, sentences: &[Sentence<'_>]) -> Option<Scalar> {
    let mark = pattern!(r"(?i)\(\s*(?:默认|默认值|缺省|缺省值|(?:the )?default(?: value)?)\s*\)");
    let mut marks = mark.find_iter(text);
    let only = marks.next()?;
    if marks.next().is_some() {
        return None;
    }
    let word = pattern!(r#"(?:^|[\s,;:、/"(]|[^\x00-\x7f])"?([A-Za-z0-9][A-Za-z0-9_.-]*)"?\s*$"#)
        .captures(&text[..only.start()])?;
    let word = word.get(1)?;
    let head = &text[..word.start()];
    // "ResourceType=CVM (default)", "1: 48000 (default)" and a word of a sentence.
    if head.ends_with('=')
        || pattern!(r"\d ?[:=]\s*$").is_match(head)
        || is_word(word.as_str()) && !subject.lists_value(word.as_str())
    {
        return None;
    }
    let at = text.as_ptr() as usize + word.start();
    let sentence = sentences.iter().find(|sentence| {
        let start = sentence.text.as_ptr() as usize;
        (start..start + sentence.text.len()).contains(&at)
    })?;
    if sentence.pieces.iter().any(|piece| sentence.is_conditional(piece)) {
        return None;
    }
    match subject.kind {
        Kind::Number => {
            let read = number(word.as_str())?;
            (read.rest.is_empty() && read.unit.is_empty() && (!subject.is_int || read.value.as_int().is_some()))
                .then_some(Scalar::Number(read.value))
        }
        Kind::Text => subject.lists_value(word.as_str()).then(|| Scalar::Text(word.as_str().to_owned())),
        _ => None,
    }
}

/// The one item of a list of values that is marked as the default: `0: off (default)`.
pub(super) fn marked(items: &[(Scalar, String)]) -> Option<Scalar> {
    let mark = pattern!(
        r"(?i)[(\[]\s*(?:默认|默认值|缺省|缺省值|(?:the )?default(?: value)?)\s*[)\],;:]|(?:^|[,;]\s*)(?:默认值|默认|缺省值|default(?: value)?)\s*(?:[)\].,;。]|$)"
    );
    // "Linux: `EXT3` (default)" marks another word than the listed one.
    let mut marked = items.iter().filter(|(_, explanation)| mark.is_match(explanation));
    let first = marked.next()?;
    (marked.next().is_none() && !first.1.contains('"')).then(|| first.0.clone())
}

/// `true` or `false`, marked as the default in the list of both.
pub(super) fn marked_bool(text: &str) -> Option<Scalar> {
    let word = pattern!(r"(?i)\b(?:true|false)\b");
    let mark = pattern!(
        r#"(?i)^["']?[^\n]{0,60}?[(\[,]\s*(?:默认|默认值|缺省|缺省值|(?:the )?default(?: value)?)\s*(?:[)\],;:。]|$)"#
    );
    let mut found: Option<bool> = None;
    for this in word.find_iter(text) {
        let end = word.find_at(text, this.end()).map_or(text.len(), |next| next.start());
        let explanation = &text[this.end()..end];
        let Some(marked) = mark.find(explanation) else { continue };
        let value = this.as_str().eq_ignore_ascii_case("true");
        if is_conditional(marked.as_str()) || found.is_some_and(|first| first != value) {
            return None;
        }
        found = Some(value);
    }
    found.map(Scalar::Bool)
}
