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
