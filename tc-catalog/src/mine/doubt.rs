//! What makes a statement doubtful: conditions, recommendations, other parameters.

use super::pattern::pattern;

/// Whether a part of a sentence, or the text before it, states a condition.
///
/// "If the parameter is absent" does not count as a condition, because defaults are described in this way.
pub(super) fn is_conditional(text: &str) -> bool {
    if !pattern!(r"(?i)[当若时除否其不分对针场情下版取根依只仅如]|\b(if|when|unless|otherwise|only|depend\w*|respectively|var(y|ies)|other|for|under|in|mode|versions?|scenario)\b").is_match(text) {
        return false;
    }
    let text = without_absence(text);
    pattern!(
        "当.{0,40}时|如果|假如|若(?:为|是|选|传|该|使|需|指|设|[A-Za-z\"'此])|如.{1,30}?(?:时|则)|如(?:需|选择|传)|仅当|仅(?:在|对|适|支持.{1,10}时)|只有|只在|只对|否则|除非|其[他它](?:情况|类型|场景|模式|产品|实例|地域|协议|引擎|时|[^,。]{0,8}(?:默认|最大|最多|支持|不超过))|",
        "不同(?:的)?(?:类型|版本|场景|模式|地域|实例|规格|引擎|产品|协议|套餐)|(?:因|根据|随|按).{0,12}不同|不同.{0,12}(?:支持|限制|默认|上限|范围)|分别|对于|针对|场景|模式下|方式下|情况下|系统下|环境下|架构下|引擎默认|实例默认|版默认|类型默认|集群默认|用户默认|类型为|版本(?:为|下|中|时|支持|默认|最|不|限)|[0-9]版本|的时候|取决|根据|依赖|依据|有关|时[,:;为则]|时$|时最|时不|时默|",
        r"(?i:\b(?:if|when|unless|otherwise|only (?:if|when|for|in|by|on)|depend\w*|respectively|var(?:y|ies)|other|in case|(?:in|under|for) (?:the )?[a-z-]+ (?:modes?|versions?|scenarios?|editions?))\b)"
    )
    .is_match(&text)
}

/// Whether the text after a limit narrows it: "100 for type A".
pub(super) fn narrows(rest: &str) -> bool {
    let rest = pattern!(
        r"(?i)\bfor (?:each|every|a|one|a single|this) (?:request|time|call|query|parameter|page|operation)\b|\bfor (?:example|instance|details|more)\b"
    )
    .replace_all(rest, "");
    pattern!(r"(?i)\bfor\b|^\s*(?:(?:is|are) )?(?:recommended|suggested|advised)\b|^\s*(?:为宜|较佳|为佳)")
        .is_match(&rest)
        || is_conditional(&rest)
}

/// Whether the server accepts what exceeds a limit and cuts it off or replaces it: such a limit rejects nothing.
pub(super) fn takes_excess(text: &str) -> bool {
    pattern!(
        r"(?i)\d(?:[^\d.\n]|\.\d)[^\n]{0,60}?(?:超出|超过|超长|超限|多余|多出)[^,。;\n]{0,12}?(?:截断|截取|忽略|丢弃|舍弃|回退|保留(?:前|最新|最近))",
        r"|(?:小于|低于|大于|高于|超过) ?-?[\d.]+ ?的[^,。;\n]{0,4}(?:默认为|按|取|视为|当作)",
        r"|\d(?:[^\d.\n]|\.\d)[^\n]{0,60}?\b(?:truncated?\b[^.;\n]{0,40}\b(?:exceed|if|to)|(?:exceed|extra|excess|longer|beyond)[^.;\n]{0,40}\b(?:truncated|ignored|discarded|cut off))\b"
    )
    .is_match(text)
}

/// Removes phrases that mean "if the parameter is absent", and words that only contain the character 时.
fn without_absence(text: &str) -> String {
    let text = pattern!("同时|实时|小时|时间|时长|定时|及时|暂时|时区|时段|时延|计时|超时|延时|耗时|时刻|按时|临时|时效|时候内|时戳|时序|平时|准时|工时|时钟|限时|时差|时分|不限|取值|其中|其值").replace_all(text, "");
    let text = pattern!(
        "(?:如果|如|若|当|在)?(?:用户|该|此|本)?(?:参数|字段|值)?(?:不|未|没有?|无)(?:进行)?(?:填写|填充|填入|填值|填|传入|传递|传值|传参|传|指定|设置|设定|配置|提供|输入|赋值|选择|选|填充|带|写)(?:任何)?(?:该|此|本)?(?:参数|字段|值|项)?(?:的)?(?:话|时候|情况下|时|则)?",
        "|(?:缺省|默认|缺失|省略|留空)(?:时|情况下)|(?:如果|若|当)?(?:参数|字段|值|传)?(?:为空|留空)(?:时|则|的话)?"
    )
    .replace_all(&text, "");
    // A condition on when a parameter is required or has an effect does not limit its values.
    let text = pattern!(
        "(?:仅|只)?(?:当|在|对|适用于|限|仅支持)?[^,。;:()]{1,40}(?:时|下)?(?:才|为)?(?:必填|必传|必选|需填|有效|生效|可用|选填)|仅适用于[^,。;:()]{1,40}"
    )
    .replace_all(&text, "");
    pattern!(
        r"(?i)\b(?:if|when|where)\s+(?:(?:this|the|it|that|you|your|value|parameter|field|input|request|do|does|is|are|not)\s+){0,5}(?:is |are )?(?:left )?(?:(?:not |un)(?:be )?(?:specified|set|passed(?: in)?|provided|configured|filled(?: in)?|entered|given|input|present|specify|pass|set|fill)|empty|blank|omitted|missing|absent|not specified|null)(?: (?:this|the) (?:parameter|field))?(?: in)?",
        r"|\b(?:can |may |must |should )?only (?:support|contain|consist|include|allow|be composed|accept|compris|letter|chinese|digit|english|number|lowercase|be letters)\w*|\b(?:support|contain|allow|accept|include)\w* only\b",
        r"|\bif not\b|\bunless (?:otherwise )?(?:specified|set)\b|\botherwise specified\b"
    )
    .replace_all(&text, "")
    .into_owned()
}

/// Whether a text names a parameter other than `name`: a word such as `PageSize` or `Filter.Values`.
pub(super) fn names_another(text: &str, name: &str) -> bool {
    pattern!(r"[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)*").find_iter(text).any(|word| {
        let word = word.as_str().trim_end_matches('.');
        is_identifier(word) && !same(word, name)
    })
}

/// Whether a word is the name of a parameter: `PageSize`, `Filter.Values`, `page_size`. `Limit` and `IP` are not recognised,
/// and neither are names of products such as `TencentDB`.
fn is_identifier(word: &str) -> bool {
    if [
        "TencentDB",
        "MySQL",
        "DDoS",
        "WeChat",
        "PostgreSQL",
        "MongoDB",
        "GitHub",
        "ClickHouse",
        "CloudAudit",
        "IPv",
        "utf",
        "UTF",
    ]
    .iter()
    .any(|product| word.starts_with(product))
    {
        return false;
    }
    pattern!(r"^[A-Za-z]*[a-z0-9][A-Z][A-Za-z0-9]*$|^[A-Za-z]\w*\.[A-Za-z]\w*$|^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$")
        .is_match(word)
}

fn same(word: &str, name: &str) -> bool {
    let word = word.replace('_', "");
    let word = word.strip_suffix('s').unwrap_or(&word);
    let name = name.strip_suffix('s').unwrap_or(name);
    word.eq_ignore_ascii_case(name)
}

/// Whether a text recommends a value instead of limiting it.
pub(super) fn recommends(text: &str) -> bool {
    pattern!(r"(?i)建议|推荐|最好|recommend|suggest|例如|比如|如:|示例|eg:|e\.g|for example|such as|约|approximately|about \d|by default, up").is_match(text)
}
