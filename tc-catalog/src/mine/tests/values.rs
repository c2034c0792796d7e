//! Accepted values.

use super::{read, values};

#[test]
fn an_announced_list_is_read_in_each_spelling() {
    for text in [
        "模式，可选值：fast、safe",
        "模式，取值有：<li>fast：快速；</li><li>safe：安全。</li>",
        "模式。枚举值：\nfast：快速\nsafe：安全\n默认值：fast",
        "模式，取值：fast（快速）、safe（安全），默认为fast",
        "模式，取值为 fast 或者 safe。",
        "模式，取值范围：`fast`,`safe`",
        "模式，取值[fast（快速），safe（安全）]",
        "Mode. Valid values: `fast` and `safe`.",
        "Mode. Valid values: fast, safe",
        "Mode. Values: <li>`fast`: quick;</li><li>`safe`: careful.</li>",
        "Mode. Valid values: fast (quick), safe (careful (as far as possible)). Default value: fast.",
        "Mode. Valid values:\n<li>`fast` (default) </li>\n<li>`safe` </li>",
        "模式，取值范围：\n- fast\n- safe\n注：仅供测试",
        "模式，有效值：fast/safe，标准版默认为fast",
        "Mode. Enumeration values:\n- fast: quick\n- safe: careful",
    ] {
        values("string", text, "fast safe");
    }
}

#[test]
fn numbers_with_explanations_are_a_list_without_an_announcement() {
    for text in [
        "是否开启，0：否，1：是",
        "是否开启：0关闭，1开启，默认0",
        "是否开启。0-否；1-是",
        "是否开启，0表示否，1表示是",
        "是否开启。0：不开启1：开启",
        "是否开启[0:未开启|1:开启]",
        "Whether to enable. 0: no; 1: yes.",
        "Switch: 0 - off; 1 - on",
        "Kind. 0 indicates off. 1 indicates on.",
        "Kind (0: off, 1: on)",
    ] {
        values("int", text, "0 1");
    }
    values("int", "粒度，取值有：<li>5：5 分钟粒度</li><li>60：小时粒度</li>", "5 60");
    values("[int]", "状态。<ul><li>0：新建</li><li>-1：失败</li></ul>", "0 -1");
}

#[test]
fn a_list_with_an_unrecognised_value_is_not_read() {
    values("int", "类型 1: 甲 2: 乙 3 丙", "");
    values("int", "Rule. 0: equal; 1: present; 2 absent.", "");
    values("int", "状态：1-新建 2-完成 3,4-失败", "");
    values("string", "类型，可选值：A、B、自定义名称", "");
    values("string", "类型：one——甲，two——Second，three——丙", "");
    values("int", "类型，取值范围5、100-254", "");
    values("string", "Type. Valid values: A, B and the name of a group", "");
}

#[test]
fn an_open_list_is_not_read() {
    values("string", "模式，可选值：fast、safe等", "");
    values("string", "模式，例如：fast、safe", "");
    values("string", "模式，取值如：fast、safe，详见文档", "");
    values("string", "Mode. Valid values: fast, safe, etc.", "");
    values("string", "Mode, such as fast and safe", "");
    values("string", "Mode. Valid values: fast, safe. For more values, see the list.", "");
    values("int", "角色 1：管理员 2：成员 其他：自定义角色", "");
}

#[test]
fn a_list_whose_values_combine_or_change_is_not_read() {
    values("string", "模式，可选值：fast、safe，多个值用逗号分隔", "");
    values("string", "模式，可选值：FAST、SAFE，不区分大小写", "");
    values("string", "Mode. Valid values: fast, safe (deprecated).", "");
    values("string", "模式，可选值：fast、safe，空字符串表示全部", "");
    values("int", "权限：1：读，2：写，可按位组合", "");
    values("string", "Command mode. Valid values: fast, safe", "fast safe");
    values("string", "图片地址。图片格式支持：PNG、JPG", "");
}

#[test]
fn an_interval_is_no_list() {
    values("int", "大小，取值范围：[0, 500]", "");
    values("int", "大小，可选值：1-5", "");
    let found = read("Mode", "int", "布局，可选值[0,1]，默认0");
    assert_eq!(found.range, None);
    assert_eq!(found.values.map(|values| values.len()), Some(2));
}

#[test]
fn a_default_that_is_not_in_the_list_opens_it() {
    values("string", "模式，可选值：fast、safe，默认值：auto", "");
}

#[test]
fn a_list_is_not_read_if_other_values_are_accepted() {
    values("int", "开关。0为关闭，1为开启。其他非0非1值默认为0。", "");
    values("int", "开关，1：添加。0：不添加。其他数值：默认按1处理。", "");
}

#[test]
fn the_first_and_the_last_day_of_a_week_are_not_a_list() {
    values("string", "星期几，1代表星期一、7代表星期天", "");
}

#[test]
fn an_interval_with_units_is_not_a_list() {
    values("int", "Time. Value range: 0 seconds - 2 days.", "");
}

#[test]
fn a_list_in_the_explanation_of_an_item_is_not_read() {
    values("string", "Suppliers.\none: the first supplier. (Valid values: 1: audio; 2: video.)", "");
}

#[test]
fn a_value_without_a_colon_between_those_with_one_makes_no_list() {
    values("string", "资源类型 batch:批次, order_in 入库, order_out: 出入", "");
}

#[test]
fn a_word_that_ends_in_value_announces_no_list() {
    values("int", "类型：1为固定值，2为用户昵称，3为固定值+用户昵称", "1 2 3");
    values("int", "标记（0手动续费；1自动续费；2到期不续费）", "0 1 2");
}

#[test]
fn a_list_that_begins_after_a_skipped_value_is_not_read() {
    values("int", "类型0-全部，1-部分，2-单个", "0 1 2");
    values("int", "状态，可能返回值：0-创建中；1-运行中；2-停止", "");
    values("int", "计费，0,按量，1包月，2包年", "");
    values("int", "保留天数：3 - 3天；7 - 一周；30 - 一个月", "");
    values("string", "Actions.\nADD. adds an entry\nDELETE: deletes an entry\nUPDATE: changes an entry", "");
    values("string", "Presets.\n\"Preset one\" - all tracks\nShared: one key\nNone1: no key", "");
}

#[test]
fn a_list_before_a_value_in_another_form_is_not_read() {
    values("int", "开关。1：开启，2：关闭 0全部", "");
    values("int", "布局，动态（1：悬浮，2：屏幕，3：九宫格），静态（4：自选布局）", "");
    values("int", "指标，0表示失败，1表示超时\n，2写入速度", "");
    values("int", "State. 0: normal, 1: fault -2: unknown -9: lost", "0 1 -2 -9");
    values(
        "string",
        "Account. Valid values: \"own\" (this account), \"any\" (all accounts); \"other\" (another account)",
        "own any other",
    );
    values("string", "\"page\" indicates a page, \"panel\" indicates a panel, and \"all\" is used for both.", "");
    values("string", "费率\nSINGLE：按笔\nRATIO：按率\nRANGE：按分段", "SINGLE RATIO RANGE");
    values("string", "正反面\nFRONT 为正面\nBACK 为反面\nDOUBLE 支持两面", "");
}

#[test]
fn a_list_of_usual_values_is_open() {
    values("string", "类型，常见值包括 CVM、CLB、ENI", "");
    values("string", "Color. Some commonly used colors: Red: warm; Blue: cold.", "");
    values("int", "角色\n1:管理员\n2:成员\nelse:自有编号", "");
    values("int", "Timeout. 0: disabled; 30 to 86400 indicates enabled; 1: forever", "");
    values("string", "样式，可选值：fast、safe，等等", "");
    values("string", "模式，可选值：FAST、SAFE，目前仅支持FAST", "");
    values("string", "优先级。参考取值有：level_1：第一级；level_2：第二级", "");
}

#[test]
fn words_of_a_sentence_are_no_values() {
    values("string", "Provide at least one of this or InstanceName.", "");
    values("string", "The audio must be clean and noiseless.", "");
    values("string", "The value which means seconds. For example, 3.5s means 3.5 seconds.", "");
    values("string", "各型号可选值：A1:1K、2K、4K", "");
    assert_eq!(read("FileUrl", "string", "地址，支持 glb、obj").values, None);
    values("int", "Only 1-minute (60 seconds) and 5-minute (300 seconds) periods are supported.", "");
    values("string", "行为对应的值：show - 曝光，固定填1；stay - 停留，填秒数", "");
}

#[test]
fn the_values_of_a_fraction_beside_a_range_are_not_all() {
    values("float", "透明度，取值范围：(0, 1] 0：透明 1：不透明", "");
    values("float", "透明度，可选值0-1。0：不透明，1：全透明", "");
}

#[test]
fn a_list_with_the_default_in_parentheses_is_read() {
    values("int", "Mode.\n0 (default): off\n1: on", "0 1");
}

#[test]
fn a_list_with_another_word_after_it_is_not_read() {
    values("string", "权限。ReadWrite表示可读写，ReadOnly表示只读，DbOwner所有者", "");
    values("string", "返回码：\nnot0 表示错误，\nis0 表示正确，\nTimeOut 返回超时的日志", "");
    values("string", "Operation. Valid values: DeleteOne, DisableOne.\nUpgradeOne,\nResetOne", "");
    values("string", "类型，default 为自选，reserved 为系统，referenced 为引用", "");
    values("string", "排序\nNAME：名称\nVALUE：记录值\nWEIGHT：权重\nMX：优先级", "");
    values("int", "0:仅一，1:一和二，2, 仅二，默认为0", "");
    values("string", "Order by:\ntime\n\"rows\" - number of rows\n\"size\" - size", "");
}

#[test]
fn a_list_that_ends_with_its_default_is_read() {
    values("string", "排序方式：asc，desc，默认asc", "asc desc");
    values("string", "排序。desc，asc，默认为desc", "desc asc");
    values("string", "backend：vllm / sglang，默认 vllm", "vllm sglang");
    values("string", "IP type, ipv4 or ipv6. Default is ipv4.", "ipv4 ipv6");
    values("string", "规格，如micro,small,medium,large，默认为medium", "");
    values("int", "代码，目前仅支持 `301`，`302` 和 `307`。默认取值 `302`。", "");
    values("string", "Order, supports Id, Time, Name, and End. Default value: Time.", "");
}

#[test]
fn a_list_after_a_type_or_more_ways_of_an_announcement_is_read() {
    values("int", "Schedule type: 1 Continuous 2 Once", "1 2");
    values("int", "Authentication type\n0: none\n1: basic", "0 1");
    values("string", "通道类型，默认为amp，支持以下\namp\nwebhook", "amp webhook");
    values("string", "Direction. Valid values: `FROM`, `TO`.", "FROM TO");
    values("string", "Level. Options include HIGH, HIGHER, LOW.", "HIGH HIGHER LOW");
}

#[test]
fn a_sentence_about_when_the_member_is_used_does_not_open_its_list() {
    values(
        "string",
        "It is valid only when `Enabled` is `on`. Values: <li>`on`: yes.</li> <li>off: no.</li>",
        "on off",
    );
    values("string", "填充方式，当宽高不一致时的处理。可选值：\nstretch：拉伸\nblack：留黑", "stretch black");
    values("string", "Values.\nWhen the Name value is depth, one value is accepted. Valid values:\nA: one\nB: two", "");
    values("string", "Valid values:\na: one. It is not supported when `Kind` = `x`;\nb: two", "a b");
}

#[test]
fn a_list_with_an_unread_value_or_of_something_else_is_not_read() {
    values("string", "Action type: 1 for Block, 2 captcha, 3 for Observe", "");
    values("string", "强度，可选项：\n1. weak\n2.normal\n3.strong\n默认为weak", "");
    values("string", "Mode. Valid values: empty or `self`.", "");
    values("string", "节点。mongodb的可选项：proxy表示一，set表示二。", "");
    values("string", "Resolution. Available values for each model:\nA: 1K, 2K. Default: 1K.\nB: 1K, 2K.", "");
    values("string", "地址。图片格式的取值为：jpeg，jpg, png。", "");
    values("string", "场景。取值如下：\n当 ModelName 为 A 时： one 表示一； two 表示二", "");
}

#[test]
fn a_list_without_a_zero_that_the_text_accepts_is_not_read() {
    values("int", "接入类型，0/不传入：链接 1:扫码 2:密码", "");
    values("int", "任务状态0全查 1:生成中 2:待生成", "");
    values("int", "通知 1关闭 2开启 不变更为0", "");
    values("int", "1: one; 2: two. If it is left blank or set to 0, both are counted.", "");
}

#[test]
fn the_numbers_of_a_note_of_a_sentence_and_of_a_version_are_no_values() {
    values("string", "税号\n注:\n1.印章是发票类型时生效\n2.印章没有传入时取默认", "");
    values("int", "The number. If absent, 1 partition will be created and up to 10 partitions are allowed.", "");
    values("string", "版本。枚举值：\n5.7： 旧版本\n8.0： 新版本", "");
    values("string", "enum:\"no\"/\"yes\", no: absent; yes: present.", "");
    values("string", "控制位二进制（0:关闭；1：开启）", "");
    values("string", "Tokens, value: [1, 100].", "");
}
