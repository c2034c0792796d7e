//! Numeric ranges.

use super::{length, range, range_of, read};

#[test]
fn an_announced_interval_is_a_range_in_each_spelling() {
    for text in [
        "每批大小，取值范围：[3, 70]",
        "每批大小，取值范围为3-70。",
        "每批大小，取值范围在 3~70 之间",
        "每批大小，取值范围是 3 到 70",
        "每批大小。可选值：3-70",
        "每批大小，范围[3，70]。",
        "每批大小，取值范围：**3**-**70**",
        "每批大小，需要在[3, 70]之间。",
        "Size of a batch. Value range: [3, 70].",
        "Size of a batch. Value range: 3-70.",
        "Size of a batch, ranging from 3 to 70. Range: 3 - 70",
        "Size of a batch. The value ranges from 3 to 70",
        "Size of a batch. Valid values: 3-70.",
        "Size of a batch. Value range: [3,70]",
    ] {
        range(text, "3..70");
    }
}

#[test]
fn an_open_end_of_whole_numbers_is_the_next_number() {
    range("份数，取值范围：(0, 100]", "1..100");
    range("Share. Value range: [0, 65536)", "0..65535");
    range("份数，必须大于0", "1..");
    range("偏移，取值范围：[0, +∞)", "0..");
    range("偏移，取值范围大于等于0", "0..");
    range("间隔，范围`[1，14400]`", "1..14400");
    range("Threshold. Value range: 1 to 400, for example 100.", "1..400");
    range("Share, must be less than 20.", "..19");
    range_of("float", "比例，取值范围：(0, 1]", "0..1");
}

#[test]
fn a_named_end_is_a_bound() {
    range("返回条数，默认值为20，最大值为500。", "..500");
    range("返回条数，最小值为1、最大值为500", "1..500");
    range("返回条数，不能大于500", "..500");
    range("每页条目，默认30, 最大500", "..500");
    range("Number of entries. Default value: 20. Maximum value: 500.", "..500");
    range("Number of entries, 20 by default, up to 500", "..500");
    range("Number of entries. It cannot exceed 500.", "..500");
    range("Number of entries. Minimum 1, maximum 500.", "1..500");
    range("Count. It must be greater than 0 and less than or equal to 500.", "1..500");
}

#[test]
fn commas_that_group_digits_belong_to_the_number() {
    range("Width in px. Value range: [128, 4,096].", "128..4096");
    range("Number of entries. Maximum value: 50,000", "..50000");
    range("音量：范围是0到100，100为原始音量", "0..100");
}

#[test]
fn a_range_with_an_exception_is_not_read() {
    range("超时秒数，取值范围：[10, 60]，-1表示不限", "");
    range("Timeout. Value range: [10, 60]. 0 means no timeout.", "");
    range("宽度，取值范围：0 和 [128, 4096]", "");
    range("Width. Valid values: 0 and [128, 4096].", "");
    range("大小。取值范围：1-100，200", "");
}

#[test]
fn units_that_differ_make_no_range() {
    range("缓存时间，单位：秒，最大值为365天", "");
    range("保留天数（7-7320天，最长20年）", "");
    range("布局，1：悬浮，2：屏幕。最多25个画面。最大值25", "");
    range("Capacity in bytes. Value range: 1 GB to 9 GB", "");
    range("保留时长，单位：天，取值范围：1-30天", "1..30");
    range("Expiration (in seconds), with a maximum value of 86400 seconds (1 day).", "..86400");
    range("有效期，单位：小时，默认72小时（3天），最大可设置720小时（30天）", "..720");
    range("Timeout in seconds. Value range: 2-300 seconds.", "2..300");
}

#[test]
fn a_default_outside_of_the_range_contradicts_it() {
    let read = read("Size", "int", "保留大小，取值范围：[100, 900]，默认值：-1");
    assert_eq!(read.range, None);
    assert_eq!(read.default.map(|default| default.to_string()).as_deref(), Some("-1"));
}

#[test]
fn the_numbers_of_a_list_have_a_range_but_not_by_a_count() {
    range_of("[int]", "小时列表，取值范围：[0, 23]。", "0..23");
    range_of("[int]", "规则ID列表，上限为10", "");
}

#[test]
fn bounds_of_something_else_are_not_read() {
    range("开始与结束的时间跨度不超过7天", "");
    range("权重，所有权重的总和不超过100", "");
    range("偏移量，PageSize 最大为100", "");
}

#[test]
fn a_unit_in_parentheses_is_the_unit_of_the_member() {
    range("滚动的时长（毫秒），范围1 天到90 天", "");
    range("等待时长(秒)，取值范围：1-60秒", "1..60");
    range("Number of item(s). Value range: 1-60.", "1..60");
}

#[test]
fn an_end_that_is_excluded_is_not_in_the_range() {
    range("大小，最大值为100（不包含）", "..99");
    range("Size. Maximum value: 100 (excluding)", "..99");
}

#[test]
fn a_range_with_an_end_that_was_not_read_is_not_read() {
    range("时长，单位：分钟，最大90天，最小1min", "");
    range("容量(byte)，下限为1GB，上限为9PB", "");
    range("时长，必须大于0，支持1个月～12个月", "");
    range("行数，>=2 或者 <=-2", "");
    range("时长，小于 3600 * 10", "");
    range("秒数，最短1小时，最长24小时", "");
}

#[test]
fn a_negation_is_for_both_ends() {
    length("名称，长度不能小于5大于150", "5..150");
    range("Size. It cannot be less than 5 or greater than 150.", "5..150");
}

#[test]
fn a_number_that_describes_a_kind_is_no_end() {
    range("分片数，大于1为分片集群，最大值为10", "..10");
    range("有效期，最小值为1，Size == -1表示永久", "");
}

#[test]
fn a_total_or_a_part_is_not_the_number() {
    range("节点数，所有地域的节点总数应大于等于3，小于等于50", "");
    range("宽度。像素：Npx，N范围：[0, 4096]", "");
}

#[test]
fn a_number_of_things_is_no_bound_of_an_identifier() {
    let found = read("Project", "int", "Project ID. Up to 30 names can be queried.");
    assert_eq!(found.range, None);
    let found = read("Count", "int", "Number of names. Up to 30 names can be queried.");
    assert_eq!(found.range, Some((None, Some(super::number("30")))));
}

#[test]
fn an_interval_that_is_a_whole_part_of_the_text_is_a_range() {
    range("优先级（1-9，数字越大优先级越高）", "1..9");
    range("节点数量，2-9。", "2..9");
    range("周期(分钟)，1~1440分钟", "1..1440");
    range("Keyframe interval, 300-10000, optional.", "300..10000");
    range("超时时间，单位为秒，要求10 ~ 300之间", "10..300");
    range("范围 0-全部资产，1-自选资产", "");
    assert_eq!(read("Status", "int", "状态 (0-100)").range, None);
}

#[test]
fn a_number_in_words_and_an_open_end_are_read() {
    range("Size. Maximum value: 10 million", "..10000000");
    range("Offset. Value ranges from 0 to +∞", "0..");
    range("Size. Value range: >=1", "1..");
    range("Size, 20 by default and can be up to 100", "..100");
}

#[test]
fn what_is_returned_if_the_member_is_absent_is_no_bound() {
    range("Number of records. If this parameter is not specified, up to 50 records will be returned.", "");
    range("Number of records, 10 if not specified, maximum value: 20.", "..20");
}

#[test]
fn a_range_for_a_value_of_another_member_is_not_read() {
    range("取值范围：0-10。该参数仅对SwapType（类型）取值1-5生效", "0..10");
    range("policy为1时必选。范围300-43200，单位秒", "300..43200");
    range("该参数仅在当 Type（类型）为 MX 时生效，范围0~50", "0..50");
    range("Value.\nWhen AdjustType is set to EXACT, the value is the new number. It must be at least 0.", "");
}
