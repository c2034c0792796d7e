//! Conditions, recommendations and other parameters.

use super::{default, items, length, range, values};

#[test]
fn a_limit_under_a_condition_is_not_read() {
    range("大小。当类型为A时，最大值为100", "");
    range("大小，类型为A时取值范围为[1, 100]，类型为B时取值范围为[1, 200]", "");
    range("Size. If the type is A, value range: 1-100.", "");
    range("Size. Value range: 1-100 when Type is A.", "");
    items("名称列表，仅当类型为A时支持，最多10个。如果类型为B，则最多5个", "");
    length("名称。如果选择自定义，则最多20个字符", "");
    length("编号。在绝对定位方式下，长度不能超过30", "");
    values("string", "模式，当类型为A时，可选值：fast、safe", "");
}

#[test]
fn a_condition_above_a_list_applies_to_its_lines() {
    range("大小。\n当类型为A时：\n- 最大值为100", "");
}

#[test]
fn the_absence_of_the_parameter_is_not_a_condition() {
    default("int", "条数。如果不填写该参数，默认值为20", "20");
    default("int", "条数，不传时默认为20", "20");
    default("int", "Count. If it is left empty, the default value is 20.", "20");
    range("Count. If this parameter is not specified, all are returned. Value range: 1-100.", "1..100");
}

#[test]
fn a_recommendation_is_not_a_limit() {
    range("大小，建议最大值为100", "");
    length("名称，推荐长度不超过20个字符", "");
    items("Names. It is recommended to pass up to 10 names.", "");
}

#[test]
fn a_recommendation_after_the_number_is_not_a_limit() {
    range("Count. Default value: 20. Maximum value: 100 is recommended.", "");
    range("Count. Maximum value: 100 recommended.", "");
}

#[test]
fn a_limit_is_not_read_if_the_server_cuts_off_the_excess() {
    length("名称最长255字符，超过截断", "");
    length("Name, up to 255 characters. The extra characters will be truncated.", "");
    items("名称列表，最多10条，超出保留最新10条", "");
    range("大小，最大值为100，超出会被截断为100", "");
    range("强度，可选值：0.0-1.0。小于0.0的默认为0.0，大于1.0的默认为1.0。", "");
    // The rest of another text is cut off.
    items("1. 列表最多 40 条\n2. 模型输入有上限，超过则会截断最前面的内容", "..40");
}

#[test]
fn a_comparison_that_describes_something_else_is_not_a_limit() {
    range("任务编号。有效期为24小时，超过24小时的任务请不要再查询。", "");
    range("大小，大于0的正整数", "1..");
}

#[test]
fn limits_that_contradict_each_other_are_not_read() {
    range("大小，最大值为100。最大值为200", "");
    default("int", "大小，默认值：1。默认值：2", "");
    items("名称列表，最多10个。最多20个", "");
}

#[test]
fn a_limit_of_another_parameter_is_not_read() {
    range("偏移量，MaxCount 的取值范围：[1, 100]", "");
    default("int", "页码，PageSize 默认为10", "");
    length("编号，UserName 最多32个字符", "");
    items("权限列表，当前仅支持参数：max_connections，max_connections不能大于10240", "");
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in [
        "",
        "[",
        "([",
        "取值：",
        "0:",
        "1-",
        "默认",
        "<",
        "&",
        "长度",
        "0：",
        "取值[0",
        "「",
        "\u{2063}",
        "1,",
        "é:1,ü:2",
    ] {
        for ty in ["int", "float", "string", "bool", "[int]", "[string]"] {
            super::read("Size", ty, text);
        }
    }
}

#[test]
fn a_limit_is_not_read_if_the_server_replaces_the_excess() {
    for text in [
        "条数，最大值为100，超过100按100处理",
        "条数，最大值为100，大于100时取100",
        "条数，最大值为100，超出时自动收敛到上限",
        "条数，最大值为100，超过100则为100",
        "张数，最大值为10，超出10的最多只给10张",
        "条数，最大值为100，输入非法值自动转换为20",
        "Count. Maximum value: 100. Values exceeding 100 are treated as 100.",
        "Count. Maximum value: 100. If the number exceeds 100, 100 items are returned.",
        "Count. Range: 10-100. Values below 10 are set to 10.",
        "Count. Range: 10-100. Other numbers are clamped.",
        "Count. Maximum value: 100. If exceeded, the default is used automatically.",
    ] {
        range(text, "");
    }
    items("名称列表，最多10个，若传了多个只会使用第一个", "");
    // A limit that rejects more.
    range("条数，最大值为100，不能超过100，返回的条数以实际为准", "..100");
}

#[test]
fn a_condition_on_another_parameter_is_seen_in_each_form() {
    for text in [
        "条数，当 Zone 为空时，最大值为100",
        "条数，当Zone不为空时最大值为100",
        "条数，当使用快照的话，最大值为100",
        "条数，若开启备份，最大值为100",
        "条数，SourceType为直播，最大值为100",
        "切片大小。自定义切片：最大值为100",
        "大小，包年包月实例取值范围：1-100",
        "大小，集群架构支持的取值范围为[1, 100]",
        "监听器数。四层支持最多30，最大值为30",
        "Count. During the trial, the maximum value is 100.",
        "Count. If ZoneName is empty, the maximum value is 100.",
    ] {
        range(text, "");
    }
    range("大小，包年包月实例取值范围：[1, 90]，按量计费实例取值范围：[1, 90]", "1..90");
    // The absence of the member itself is not a condition.
    default("int", "条数，当Mode为空时，默认值为20", "20");
    default("string", "类型，有效值：fast、safe，标准引擎默认为fast", "");
    length("名称，最大128个字符。Custom 时最大255个字符", "");
}

#[test]
fn a_quota_is_no_limit_of_one_call() {
    range("个数，默认上限为10", "");
    items("Names. The default maximum quota is 10 names.", "");
}

#[test]
fn a_usual_parameter_is_another_one() {
    range("偏移量，Limit最大取值为100", "");
    items("过滤条件，Values上限为10", "");
}

#[test]
fn lines_for_kinds_of_the_value_state_no_limit() {
    range("Target. Ranges:\nCPU_USE (in %): [1, 100)\nNET_OUT (in Mbps): >0", "");
    length("Path.\nftp: up to 50 characters\nlog: 1 to 90 characters", "");
}
