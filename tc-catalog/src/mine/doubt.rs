//! What makes a statement doubtful: conditions, recommendations, other parameters.

use super::pattern::pattern;

/// Whether a part of a sentence, or the text before it, states a condition.
///
/// "If the parameter is absent" does not count as a condition, because defaults are described in this way.
pub(super) fn is_conditional(text: &str) -> bool {
    if !pattern!(r"(?i)[当若时除否其不分对针场情下版取根依只仅如架层付户引例群类智自]|\b(if|when|unless|otherwise|only|depend\w*|respectively|var(y|ies)|other|for|under|in|mode|versions?|scenario|during|edition|architecture|layer)\b").is_match(text) {
        return false;
    }
    let text = without_absence(text);
    pattern!(
        "当.{0,40}(?:时|的话)|当[^前中天月日地年次期周作成该此本取值参,。;:][^,。;:]{0,30}?(?:为|是|等于|=|大于|小于|选择|使用|开启)|如果|假如|若(?:为|是|选|传|该|使|需|指|设|不?开启|不?启用|不?使用|[A-Za-z\"'此])|[A-Z][A-Za-z]{2,}\"? ?时[^间长区候段延刻钟效戳代差机的]|如.{1,30}?(?:时|则)|如(?:需|选择|传)|仅当|仅(?:在|对|适|支持.{1,10}时)|只有|只在|只对|否则|除非|其[他它](?:情况|类型|场景|模式|产品|实例|地域|协议|引擎|时|[^,。]{0,8}(?:默认|最大|最多|支持|不超过))|",
        "不同(?:的)?(?:类型|版本|场景|模式|地域|实例|规格|引擎|产品|协议|套餐)|(?:因|根据|随|按).{0,12}不同|不同[^,。;]{0,12}(?:支持|限制|默认|上限|范围)|分别|对于|针对|场景|模式下|方式下|情况下|系统下|环境下|架构下|引擎默认|实例默认|版默认|类型默认|集群默认|用户默认|[^的]类型为[^:\\s]|版本(?:为|下|中|时|支持|默认|最|不|限)|[0-9]版本|的时候|取决|根据|依赖|依据|有关|时[,:;为则]|时$|时最|时不|时默|[^,。;:]架构(?:下|支持|最|为|:|的|中)|[四七]层(?:支持|最|规则)|",
        "(?:预付费|后付费|包年包月|按量(?:计费|付费)?|竞价|传统|标准|高级|普通|基础|专业|企业|旗舰|共享|独享|免费|付费)(?:版|型|账户|用户|实例|集群|类型|模式|计费){1,2}(?:的)?(?:取值|数值|支持)?(?:的)?(?:范围|区间|最大|最多|上限)|(?:智能|自动|自定义)(?:切片|分段|拆分):|(?:预付费|后付费|包年包月|按量计费):|",
        r"(?i:\b(?:if|when|unless|otherwise|only (?:if|when|for|in|by|on)|depend\w*|respectively|var(?:y|ies)|other|in case|during (?:the )?(?:beta|trial|test|preview|promotion)|layer[- ]?[47] supports?|(?:edition|architecture) (?:supports?|allows?)|(?:in|under|for) (?:the )?[a-z-]+ (?:modes?|versions?|scenarios?|editions?))\b)"
    )
    .is_match(&text)
}

/// Whether the text after a limit narrows it: "100 for type A".
pub(super) fn narrows(rest: &str) -> bool {
    let rest = pattern!(
        r"(?i)\bfor (?:each|every|a|one|a single|this) (?:request|time|call|query|parameter|page|operation)\b|\bfor (?:example|instance|details|more|further)\b"
    )
    .replace_all(rest, "");
    pattern!(r"(?i)\bfor\b|^\s*(?:(?:is|are) )?(?:recommended|suggested|advised)\b|^\s*during\b|^\s*(?:为宜|较佳|为佳)")
        .is_match(&rest)
        || is_conditional(&rest)
}

/// Whether the server accepts what exceeds a limit and cuts it off or replaces it: such a limit rejects nothing.
pub(super) fn takes_excess(text: &str) -> bool {
    pattern!(
        r"(?i)\d(?:[^\d.\n]|\.\d)[^\n]{0,60}?(?:超出|超过|超长|超限|多余|多出)[^,。;\n]{0,12}?(?:截断|截取|忽略|丢弃|舍弃|回退|保留(?:前|最新|最近))",
        // "If it exceeds 100, 100 is used", "values below 5 are treated as 5".
        r"|(?:^|[^不得能可许应要宜会])(?:超过|超出|大于|高于|多于|小于|低于|少于) ?-?\d[\d.]* ?[^\d,。;\n]{0,6}?,? ?(?:则|时|的|将|会|系统|自动|默认|统一|均|都|也|只|仅|强制)*(?:按照?|取|视为|当作|当做|置为|设为|设置为|调整|收敛|修正|改为|处理为|不处理|不生效|返回 ?-?\d|(?:API|系统|后台)? ?强制使用)",
        r"|(?:小于|大于|低于|高于|超过|超出) ?-?\d[\d.]* ?(?:的|时|则)[^,。;\n]{0,2}默认为",
        r"|(?:^|[^不得能可许应要宜会])(?:超过|超出) ?\d+ ?[^\d,。;\n]{0,4}?(?:则|时|将|会)为 ?\d",
        r"|(?:越界|超限|超长|超[出过](?:了)?(?:最大|最小|取值|上限|限制|范围|该|此)?[值]?(?:范围|上限)?)(?:时|的|后)?,? ?[^,。;\n不]{0,6}(?:收敛|调整(?:为|到|至)|修正|取最|取上限|取下限|回退|强制(?:使用|取|按|为)|按最|按上限|按默认|为默认|视为 ?(?:\d|最|上限|默认)|自动(?:收敛|取[最上默]|按|调整|截|转为|转换|使用|改为|设|置|修正|返回))",
        r"|(?:超过|超出)[^,。;\n]{0,8}(?:只|仅)会?(?:给|返回|取|保留|处理|使用)|其[他它](?:参数|值|取值|数值|情况)?[^,。;\n]{0,4}(?:不生效|按默认|均视为|视为)",
        r"|(?:非法|无效|不合法)(?:的)?(?:参数|输入|数|取)?(?:值)?[^,。;\n]{0,6}(?:自动|默认|则|将|会|按)[^,。;\n]{0,6}(?:转换|转为|取|使用|为|按|置)",
        r"|(?:多个|多条|多项|多组|多于)[^。;\n]{0,12}(?:只|仅)(?:会|取|使用|以|处理|识别)[^。;\n]{0,6}(?:第一|首)",
        r"|\d(?:[^\d.\n]|\.\d)[^\n]{0,60}?\b(?:truncated?\b[^.;\n]{0,40}\b(?:exceed|if|to)|(?:exceed|extra|excess|longer|beyond)[^.;\n]{0,40}\b(?:truncated|ignored|discarded|cut off))\b",
        r"|\b(?:exceed(?:s|ed|ing)?|(?:greater|more|larger|less|smaller|lower|higher) than|below|above|over|beyond) (?:the (?:limit|range|maximum|minimum)(?: value)?|-?\d[\d.]*)[^.;\n]{0,40}\b(?:(?:treated|processed|regarded|considered|calculated) as|set to|clamped|capped|adjusted|converted|rounded|reset to|(?:items|entries|records|results) (?:are|will be) returned|(?:is|are|will be) (?:automatically )?(?:used|applied|ignored|not processed))\b",
        r"|\b(?:if|when) (?:[a-z]+ ){0,4}exceed(?:s|ed)?,[^.;\n]{0,40}\b(?:automatically|roll(?:s|ed)? back|default|adjust)|\bclamp(?:s|ed)?\b|\b(?:maximum|minimum|upper limit|lower limit)(?: value)? (?:is|will be) (?:automatically )?(?:used|applied)\b"
    )
    .is_match(text)
}

/// Removes phrases that mean "if the parameter is absent", and words that only contain the character 时.
fn without_absence(text: &str) -> String {
    let text = pattern!("不同[^,。;]{1,10}指定了不同[^,。;]*|在?调用(?:此|该|本|当前)?接口时|同时|实时|小时|时间|时长|定时|及时|暂时|时区|时段|时延|计时|超时|延时|耗时|时刻|按时|临时|时效|时候内|时戳|时序|平时|准时|工时|时钟|限时|时差|时分|不限|取值|其中|其值").replace_all(text, "");
    let text = pattern!(
        "(?:如果|如|若|当|在)?(?:用户|该|此|本)?(?:参数|字段|值)?(?:不|未|没有?|无)(?:进行)?(?:填写|填充|填入|填值|填|传入|传递|传值|传参|传|指定|设置|设定|配置|提供|输入|赋值|选择|选|填充|带|写)(?:任何)?(?:该|此|本)?(?:参数|字段|值|项)?(?:的)?(?:话|时候|情况下|时|则)?",
        "|(?:缺省|默认|缺失|省略|留空)(?:时|情况下)|(?:如果|若|当)?(?:参数|字段|值|传)?(?:为空|留空)(?:时|则|的话)?"
    )
    .replace_all(&text, "");
    let text = without_effect(&text);
    pattern!(
        r"(?i)\b(?:if|when|where)\s+(?:(?:this|the|it|that|you|your|value|parameter|field|item|option|input|request|do|does|is|are|not)\s+){0,5}(?:is |are )?(?:left )?(?:(?:not |un)(?:be )?(?:specified|set|passed(?: in)?|provided|configured|filled(?: in)?|entered|given|input|present|specify|pass|set|fill)|empty|blank|omitted|missing|absent|not specified|null)(?: (?:this|the) (?:parameter|field))?(?: in)?",
        r"|\b(?:can |may |must |should )?only (?:support|contain|consist|include|allow|be composed|accept|compris|letter|chinese|digit|english|number|lowercase|be letters)\w*|\b(?:support|contain|allow|accept|include)\w* only\b",
        r"|\bif not\b|\bunless (?:otherwise )?(?:specified|set)\b|\botherwise specified\b"
    )
    .replace_all(&text, "")
    .into_owned()
}

/// Removes conditions on when a parameter is required or has an effect: they do not limit its values.
fn without_effect(text: &str) -> std::borrow::Cow<'_, str> {
    pattern!(
        "必填时不能为空串?|(?:仅|只)?(?:当|在|对|适用于|限|仅支持)?(?:[^,。;:()]|\\([^()]*\\)){1,100}(?:时|下)?(?:才|为)?(?:必填|必传|必选|需填|有效|生效|可用|选填|发挥作用|起作用|有意义|需要设置|需要传递?|需要填写?|需设置)|[^,。;:()]{1,40}(?:时使用|(?:时|才)可选)(?:[,。;)]|$)|仅适用于[^,。;:()]{1,40}"
    )
    .replace_all(text, "")
}

/// Whether a text names a parameter other than `name`: a word such as `PageSize` or `Filter.Values`.
pub(super) fn names_another(text: &str, name: &str) -> bool {
    pattern!(r"[A-Za-z][A-Za-z0-9]*(?:[._][A-Za-z0-9]+)*").find_iter(text).any(|word| {
        let rest = &text[word.end()..];
        let word = word.as_str().trim_end_matches('.');
        (is_identifier(word) || is_usual_parameter(word, rest, word.len() == text.trim().len())) && !same(word, name)
    })
}

/// Whether a word is the name of a usual parameter, such as `Limit`: in quotes, before a Chinese word or at the end.
fn is_usual_parameter(word: &str, rest: &str, alone: bool) -> bool {
    let before_chinese = rest.trim_start().starts_with(|mark: char| !mark.is_ascii() && mark.is_alphabetic());
    match word {
        "Values" if alone => true,
        "Value" | "Values" | "Keys" | "Names" | "Tags" => before_chinese,
        "Limit" | "Offset" | "Filter" | "Filters" => {
            before_chinese || rest.trim().is_empty() || rest.starts_with(['"', ':'])
        }
        _ => false,
    }
}

/// Whether a text states what holds if another parameter is absent or present: "if `Zone` is empty".
///
/// The absence of the member itself is not a condition.
pub(super) fn absence_of_another(text: &str, name: &str) -> bool {
    pattern!(
        r"(?i)(?:当|若|如果|如|在|(?:if|when)(?: the)?) ?\x22?((?-i:[A-Z])[A-Za-z0-9_.]{2,})\x22? ?(?:参数|字段|(?:parameter|field) )?(?:不?为空|[未不没](?:有)?(?:填|传|指定|设置|配置)|非空|有值|存在|is (?:not )?(?:empty|specified|set|null|provided|left)|(?:is )?un(?:set|specified))"
    )
    .captures_iter(&without_effect(text))
    .any(|found| {
        let word = &found[1];
        !same(word, name)
            && !matches!(word.to_ascii_lowercase().as_str(), "this" | "the" | "value" | "parameter" | "field" | "not")
    })
}

/// Whether a text names a value of another parameter: `Type 为 A`.
pub(super) fn value_of_another(text: &str, name: &str) -> bool {
    pattern!(
        r"\x22?\b([A-Z][A-Za-z0-9]*[a-z][A-Z][A-Za-z0-9]*)\x22? ?(?:的?值)?(?:为|==?|等于|选择|是) ?[^\s,。;:必空可否]"
    )
    .captures_iter(&without_effect(text))
    .any(|found| !same(&found[1], name))
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

/// Whether a limit is that of an account, which can be raised: "the default limit is 10".
pub(super) fn is_quota(text: &str) -> bool {
    pattern!(r"(?i)默认(?:的)?(?:创建|最大|上限|最多|配额|限额)(?:创建)?(?:的)?(?:上限|最大值?|最多|数量|限制|支持|不|为|:|是)|default (?:creation )?(?:maximum|quota|upper limit|limit)").is_match(text)
}

/// Removes what follows the words "example value" in the text of a limit: "up to 64 characters, example value: a".
pub(super) fn without_examples(text: &str) -> &str {
    pattern!(r"(?i)\s示例(?:值)?:|\b(?:such as|including)\b").find(text).map_or(text, |found| &text[..found.start()])
}

/// Whether a text recommends a value instead of limiting it.
pub(super) fn recommends(text: &str) -> bool {
    pattern!(r"(?i)建议|推荐|最好|recommend|suggest|例如|比如|如:|示例|eg:|e\.g|for example|such as|约|approximately|about \d|by default, up").is_match(text)
}

/// Whether a text has lines for several kinds of the value, each with its own limit: "ftp: up to 50 characters".
pub(super) fn has_labels(text: &str, name: &str, limit: &regex::Regex) -> bool {
    pattern!(r"(?m)^\x22?([A-Za-z][A-Za-z0-9_()/:-]{1,30})\x22? ?(?:\([^()\n]{1,20}\) ?)?:(.*)$")
        .captures_iter(text)
        .filter(|found| {
            !found[1].eq_ignore_ascii_case(name)
                && limit.is_match(&found[2])
                && found[2].contains(|mark: char| mark.is_ascii_digit())
                && !pattern!("(?i)^(?:length|limits?|notes?|range|rules?|format|maximum|minimum|max|min|constraints?|restrictions?|remarks?|description|defaults?|values?|units?|quantity|count|example)$").is_match(&found[1])
        })
        .count()
        >= 2
}
