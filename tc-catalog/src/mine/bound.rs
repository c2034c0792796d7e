//! Phrases of an upper or a lower bound, with the number that follows.

use super::number::{Read, number};
use super::pattern::pattern;

/// Which end a phrase states, and whether the number itself is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    AtMost,
    Below,
    AtLeast,
    Above,
}

/// A bound at its place in a piece.
#[derive(Debug)]
pub(super) struct Stated<'a> {
    pub(super) bound: Bound,
    /// Whether the phrase is a term such as "maximum value", "upper limit" or "minimum".
    pub(super) named: bool,
    /// The text of the piece before the phrase.
    pub(super) head: &'a str,
    pub(super) phrase: &'a str,
    pub(super) read: Read<'a>,
    /// Whether another number belongs to this one: `3600 * 10`, `2 or -2`.
    pub(super) is_unclear: bool,
}

/// All bounds with a number in a piece, in their order.
pub(super) fn bounds(piece: &str) -> Vec<Stated<'_>> {
    if !piece.contains(|mark: char| mark.is_ascii_digit()) {
        return Vec::new();
    }
    let phrase = pattern!(
        r"(?i)",
        "(?P<most>不(?:能|可以?|可|得|允许|应|要|宜)?(?:超过|大于|高于|多于|超出|超)(?:最大值)?|小于?(?:或|或者)?等于|<=|至多|最多|最高|最大|最长|上限|以内)",
        "|(?P<least>不(?:能|可以?|可|得|允许|应)?(?:小于|低于|少于|短于)|大于?(?:或|或者)?等于|>=|至少|最少|最低|最小|最短|下限)",
        "|(?P<above>大于|高于|超过|>)|(?P<below>小于|低于|少于|<)",
        r"|(?P<emost>\b(?:up to|at most|no (?:more|greater|larger|longer|higher) than|(?:cannot|can't|can not|must not|should not|may not|shall not|does not|do not|not) (?:be )?(?:exceed(?:ing)?|(?:greater|more|larger|longer|higher) than)|not to exceed|(?:less|smaller|fewer|lower) than or equal to|(?:the )?(?:longest|largest)|limited to|equal to or (?:less|smaller) than|upper (?:limit|bound)|max(?:imum)?\b\.?))",
        r"|(?P<eleast>\b(?:at least|no (?:less|fewer|smaller|lower) than|(?:cannot|must not|should not|not) be (?:less|smaller|fewer|lower) than|(?:greater|more|larger|higher) than or equal to|equal to or (?:greater|more|larger) than|lower (?:limit|bound)|min(?:imum)?\b\.?))",
        r"|(?P<eabove>\b(?:greater|more|larger|higher) than)|(?P<ebelow>\b(?:less|smaller|fewer|lower) than)",
    );
    let link = pattern!(
        r"^(?i)(?:值|取值|数值|长度|数量|个数|条数|数目|数|支持|可支持|可以?|限制|设置|设置为|设|设为|传入|传递|传|指定|填写?|输入|返回|查询|拉取|获取|添加|开启|移除|移入|导入|导出|关联|解绑|勾选|上报|订阅|发送|购买|存在|携带|展示|挂载|申请|修改|更新|下载|释放|启动|停止|一次性|保存|授权|检索|搜索|输出|页面|超时时间|卸载|初始化|重试|同步|查|一次|识别|绑定|配置|包含|操作|选择?|创建|上传|删除|允许|接受|处理|提交|批量|同时|只能|只|能|应|需|须|必须|为|是|到|达|达到|在|有|取|定|上限|限定|不(?:能|可|得)?(?:超过|大于|超)|小于等于|[:=]|\s",
        r"|\b(?:number of (?:\x22?[A-Za-z.]+\x22? ){1,8}?(?:is|per request|in each request|allowed|at a time|:)|quantity|per request|deletions?|per call|for each request|supported by the list|values?|list|array|string|settable|page size|timeout|duration|number|limit|length|size|count|being|supported|allowed|permitted|is|are|of|to|a|be|can|cannot exceed|not exceed|not exceeding|set|the|on|total|exceed|no more than|in|input|integer|currently)\b)*"
    );
    let mut stated: Vec<Stated<'_>> = Vec::new();
    let mut from = 0;
    while let Some(found) = phrase.captures_at(piece, from) {
        let Some(whole) = found.get(0) else { break };
        from = whole.end();
        let group = |name: &str| found.name(name).is_some();
        let mut bound = if group("most") || group("emost") {
            Bound::AtMost
        } else if group("least") || group("eleast") {
            Bound::AtLeast
        } else if group("above") || group("eabove") {
            Bound::Above
        } else {
            Bound::Below
        };
        let tail = &piece[whole.end()..];
        let Some(linked) = link.find(tail) else { continue };
        let Some(read) = number(&tail[linked.end()..]) else { continue };
        // "cannot be less than 5 or more than 150": the negation is for both.
        if let Some(before) = stated.last()
            && pattern!(r"(?i)^(?:不|cannot|must not|should not|not )").is_match(before.phrase)
            && pattern!(r"(?i)^[\s个位字符]*(?:,|或者?|和|且|也不能|or|and)?\s*$")
                .is_match(&piece[piece.len() - before.read.rest.len()..whole.start()])
        {
            bound = match bound {
                Bound::Above => Bound::AtMost,
                Bound::Below => Bound::AtLeast,
                other => other,
            };
        }
        let is_unclear = !ends(read.rest);
        let phrase = &piece[whole.start()..whole.end() + linked.end()];
        let named = pattern!(r"(?i)[大小高低]值|上限|下限|最大取值|最大数值|maximum value|minimum value|max value|min value|limit|bound|max(?:imum)?\s*(?:is|:)|min(?:imum)?\s*(?:is|:)").is_match(phrase);
        stated.push(Stated { bound, named, head: &piece[..whole.start()], phrase, read, is_unclear });
        from = whole.end() + linked.end();
    }
    stated
}

/// Whether the number is the only one: nothing after it adds another number.
pub(super) fn ends(rest: &str) -> bool {
    let more = pattern!(
        r"(?i)^\s*(?:[~/|+*×]|、\s*\d|-\s*\d|或(?:者)?\s*\d|和\s*\d|与\s*\d|到|至(?:多|少)?\s*\d|左右|or\b|to\s*\d|times\b)"
    );
    let negated = pattern!(r"(?i)^\s*or (?:greater|more|larger|higher|longer|less|fewer|smaller|lower|shorter) than\b");
    !more.is_match(rest) || negated.is_match(rest)
}
