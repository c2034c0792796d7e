//! Detects lists of values that are not complete.

use super::super::Subject;
use super::super::pattern::pattern;
use crate::Scalar;

/// Whether the text around a list, or an explanation in it, states that there may be other values.
pub(super) fn is_open(subject: &Subject<'_>, text: &str, start: usize, end: usize, items: &[(Scalar, String)]) -> bool {
    let examples = pattern!(
        r"(?i)例如|比如|譬如|示例|例:|(?:^|[,;。(\s])如:?\s*$|such as|e\.g|\beg\b|for example|for instance|example|including but|包括但不限|参考值|取值参考|参考取值|推荐|常用|常见|reference values?|for reference|commonly|common values?|(?:部分|示例)(?:取值|值)"
    );
    let head = text.floor_char_boundary(start.saturating_sub(36));
    let head = text[head..start].trim_end().rsplit(['\n', '。']).next().unwrap_or("");
    if examples.is_match(head) {
        return true;
    }
    let more = pattern!(
        r"(?i)^\s*[,)\]]?\s*等|等(?:\)|,|。|;|$|\n)|等(?:值|类型|取值|多种|枚举)|\betc\b|\.\.\.|…|and (?:so on|more|others)|详见|参见|参考|请参|请见|查看|可通过|通过.{0,40}(?:获取|查询)|接口(?:获取|返回|查询)|\bsee\b|\brefer|can be obtained|you can (?:call|use|obtain|query)|其他|其它|自定义值|任意|other values?|\belse\b|otherwise|\bothers?\b\s*:|custom value"
    );
    let tail = text.ceil_char_boundary((end + 60).min(text.len()));
    let tail = text[end..tail].split('\n').next().unwrap_or("");
    let tail = pattern!(r"。|\.\s").split(tail).next().unwrap_or("");
    if more.is_match(tail) {
        return true;
    }
    let span = &text[start..end];
    if pattern!(r"(?i)废弃|弃用|下线|不再支持|已停止|不推荐|暂不支持|暂未|不支持(?:该|此)?(?:值|取值)|deprecat|no longer|obsolete|discontinued|disused|(?:currently|temporarily) (?:not |un)supported|(?:not |un)supported(?:[.,;)\n]|$| (?:yet|currently|now|temporarily|at)\b)|to be supported|coming soon|即将|removed|do not use|not used|sold out|售罄|停售|预留").is_match(span) {
        return true;
    }
    if items.last().is_some_and(|(_, explanation)| {
        pattern!(r"(?i)等$|\betc\.?$|\.\.\.$|(?:其他|其它|其余|\belse|\bothers?|\botherwise)\s*:").is_match(explanation)
    }) || pattern!(r"(?i)\.\.\.|…|\betc\b").is_match(span)
    {
        return true;
    }
    let whole = pattern!(
        r"(?i)不区分大小写|大小写不敏感|忽略大小写|case[- ]insensitive|not case[- ]sensitive|包括但不限|including but not|and so on|以下为部分|支持自定义(?:创建|模板|取值|值)|部分(?:取值|枚举)|更多(?:取值|枚举|类型)|(?:其他|其它|其余)(?:非[^,。;\n]{0,8})?[取数的]?值|(?:其他|其它)非|(?:any )?other values?|more (?:values|options|types)|(?:full|complete) list|完整(?:的)?列表|完整枚举|所有(?:取值|枚举)(?:请|参见|见)|等等|[A-Z][A-Za-z]{2,} ?时(?:传|填) ?[A-Z]|commonly used (?:values?|colors?|ones|options?)|some common|也可以?自定义|\bor (?:a )?custom(?:ize)?\b|其[他它](?:优先级|[负正]?数|数字)|或其[他它]|具体的?项目 ?ID|(?:^|\n)(?:\d+[.、] ?)?(?:(?:特定|指定)的?[^,。;\n]{0,6}ID|specific [a-z]+ ID)"
    );
    if whole.is_match(text) {
        return true;
    }
    // "click: always 1, stay: 1 to 100": values of another parameter, each with its own value.
    if pattern!(r"固定填|(?:,|时)填 ?\d|取值 ?[\[(]").is_match(span) {
        return true;
    }
    // "else: your own number", in a separate line.
    if pattern!(r"(?m)^(?:else|[Oo]thers?|其[他它余]) ?:")
        .find_iter(text)
        .any(|found| !items.iter().any(|(value, _)| found.as_str().starts_with(&value.to_string())))
    {
        return true;
    }
    // "For now, only A is supported".
    if let Some(found) = pattern!(r"(?i)(?:暂时?|目前|当前|[一本]期)(?:仅|只)支持 ?\x22?([A-Za-z0-9_-]+)\x22?(?:类型|模式)?(?:[,。;\s)]|$)|\bcurrently,? only \x22?([A-Za-z0-9_-]+)\x22? is supported").captures(text)
        && items.len() > 1
        && let Some(word) = found.get(1).or(found.get(2))
        && items.iter().any(|(value, _)| value.to_string() == word.as_str())
    {
        return true;
    }
    if items.iter().any(|(value, _)| pattern!(r"(?i)xxx|\*\*").is_match(&value.to_string())) {
        return true;
    }
    // The first and the last day of a week are not a list of days.
    let are_digits = items.iter().all(|(value, _)| value.to_string().bytes().all(|byte| byte.is_ascii_digit()));
    if items.len() == 2 && are_digits && pattern!("(?i)monday|sunday|周一|周日|星期|礼拜").is_match(span) {
        return true;
    }
    if subject.is_number() {
        // "> 0: the limit" includes numbers that are not listed.
        if pattern!(r"[<>]=? ?-?\d+ ?(?:[:=表代-]|means|indicates)|(?:大于|小于|超过) ?-?\d+ ?[:表代为]|\d ?[~-] ?\d+ ?(?:[:=]|-[^\d\s]|表示|代表|为|means|indicates)|\d ?(?:to|至|到) ?\d+ ?(?:表示|代表|为|means|indicates)").is_match(text) {
            return true;
        }
        // "0/absent: …" beside a list without 0.
        let has_zero = items.iter().any(|(value, _)| value.to_string() == "0");
        if !has_zero && pattern!(r"(?i)(?:^|[\s,;:(])0 ?/ ?(?:不填|不传|空|not\b|empty|absent|blank|null)|(?:^|[^\d.~,\[于过-])0 ?(?:[-:=] ?[^\x00-\x7f]|全|[^\x00-\x7f点的时]{2})|(?:set to|or|更为|传|填) ?0(?:[^\d.]|$)").is_match(text) {
            return true;
        }
        return pattern!("(?i)按位|位运算|bitmask|bitwise|相加|之和|累加|多选.{0,6}[加和]|组合值").is_match(text);
    }
    // Bits, and "-" as a value.
    if pattern!(r#"(?i)二进制|\bbinary (?:bit|digit)|"-" ?[-:]"#).is_match(text) {
        return true;
    }
    let extensions = items.iter().any(|(value, _)| value.to_string().starts_with('.'));
    if extensions && items.iter().any(|(value, _)| value.to_string() == "*") {
        return true;
    }
    let formats = items.iter().any(|(value, _)| {
        pattern!(r"(?i)^\.?(?:png|jpe?g|bmp|gif|webp|pdf|mp3|mp4|wav|flv|mov|avi|mkv|aac|m4a|ogg|amr|glb|obj|fbx|stl|m3u8|docx?|xlsx?|txt|csv)$")
            .is_match(&value.to_string())
    });
    if formats && !pattern!(r"(?i)format|type|ext|suffix|container|codec|output").is_match(subject.name) {
        return true;
    }
    if subject.is_list {
        return false;
    }
    // The members of an object in a JSON text are not values of the text.
    if pattern!(r"(?i)\bjson\b[^。\n]{0,12}(?:string|串|格式|数组|键值对)|序列化|serialized").is_match(text)
    {
        return true;
    }
    // "Pixel: Npx, range of N: 0 to 100" describes ways of writing a value.
    if pattern!(r"(?i)value range|取值范围|\bN(?:px|%)").is_match(span) {
        return true;
    }
    // "compact, delete" in quotes is one value.
    if pattern!(r#""[A-Za-z_]+ ?, ?[A-Za-z_]+""#).is_match(text) {
        return true;
    }
    pattern!(r#"(?i)(?:逗号|分号|竖线|冒号|空格|[,;|]|"[,;|]"|英文逗号).{0,6}(?:分隔|分割|隔开|拼接|连接|间隔)|多个.{0,20}(?:分隔|分割|隔开|拼接|用)|可多选|支持多选|可组合|separated (?:by|with)|\bcommas?\b|semicolon-sep|multiple (?:values|choices|selections)|combinations? of (?:values|types|options|the following)|combined values|can be combined|空字符串|空串|(?:^|[;,。\n、|/(])(?:空|null|empty) ?[:=/]|/(?:空|null|empty)[:=]|empty string|空值|或(?:者)?(?:为)?空|""|''"#)
        .is_match(text)
}
