//! Numbers of items.

use super::{count, items, read};

#[test]
fn an_upper_limit_of_items_is_read_in_each_spelling() {
    for text in [
        "名称列表，数组长度限制：30。",
        "名称列表，最多支持30个",
        "名称列表。单次最多30条",
        "名称列表，每次请求的上限为30。",
        "名称列表，不超过30个",
        "名称列表，最大长度为30",
        "名称列表，数量上限为30",
        "名称列表，上限：30",
        "Names. Array length limit: 30.",
        "Names. Up to 30 names are allowed per request.",
        "Names. The maximum number of names is 30.",
        "Names, with a maximum of 30",
        "Names. The array length cannot exceed 30.",
        "Names (no more than 30)",
        "Names, 30 at most",
    ] {
        items(text, "..30");
    }
}

#[test]
fn both_ends_of_the_number_of_items_are_read() {
    items("名称列表（长度 1~10）", "1..10");
    items("名称列表，至少填写 1 个，最多 6 个", "1..6");
    items("Destinations. Quantity: [1, 2]", "1..2");
    items("名称列表，当前仅支持传入一个", "..1");
    items("名称列表，最多两个。", "..2");
    items("名称列表，但仅支持单个名称", "..1");
    items("Names (currently, only one is supported)", "..1");
    items("名称列表。支持1-4个名称。", "1..4");
}

#[test]
fn the_limit_of_filters_is_the_one_with_their_name() {
    let text = "每次请求的`Filters`的上限为10，`Filter.Values`的上限为5。";
    assert_eq!(read("Filters", "[Filter]", text).items, count("..10"));
    let text = "The maximum number of `Filters` in each request is 10. The maximum number of `Filter.Values` is 5.";
    assert_eq!(read("Filters", "[Filter]", text).items, count("..10"));
    let text = "Filters. The maximum number of Filter.Values is 20.";
    assert_eq!(read("Filters", "[Filter]", text).items, None);
    let text = "Each request can have up to 10 `Filters` and 5 `Filter.Values`.";
    assert_eq!(read("Filters", "[Filter]", text).items, count("..10"));
}

#[test]
fn what_does_not_count_items_is_no_number_of_items() {
    items("名称列表，每个名称最多64个字符", "");
    items("名称列表，单个文件大小不超过8M", "");
    items("Names. Each name can contain up to 64 characters.", "");
    items("Names. The total number of channels cannot exceed 5000.", "");
    items("名称列表，查询时间不超过7天", "");
    items("资产组（Id>0）", "");
    items("Only one value is allowed for the state filter, and no two are combined.", "");
    items("编号列表，N 从 0 开始取值，最大 19", "");
    items("名称列表，传入的过滤名字不超过5个", "");
}

#[test]
fn a_number_that_counts_something_else_is_not_read() {
    for text in [
        "List of users. If it is left empty, the streams of all users (max 20) in the room are used.",
        "List of files. N starts from 0, with a maximum of 19.",
        "规则列表，多值字段按笛卡尔积展开，一次请求展开后最多 100 条。",
        "Number of results to be returned. Default value: 10. Maximum value: 10000.",
        "List of tags. Up to 20 tags can be returned for a request.",
    ] {
        items(text, "");
    }
}

#[test]
fn both_bounds_of_one_number_are_read() {
    items("名称列表，元素数量大于0小于100", "1..99");
    items("名称列表，最多两个，最少一个", "1..2");
    items("对话列表，支持1-10轮（不超过10轮）", "1..10");
}

#[test]
fn a_limit_of_one_filter_is_not_that_of_the_filters() {
    for text in [
        "过滤条件列表。\nuid 按用户过滤，最多100个",
        "筛选列表。\n每个筛选最多只能传入10个值",
        "筛选列表。\n同名字的Key只能填写一个",
        "Conditions.\n- name: only one keyword is allowed",
    ] {
        assert_eq!(read("Filters", "[Filter]", text).items, None, "{text}");
    }
    assert_eq!(read("Filters", "[Filter]", "筛选列表，最多支持10个").items, count("..10"));
}

#[test]
fn a_number_for_another_list_or_each_value_is_not_read() {
    items("Networks. You can create up to 100 networks in a region.", "");
    items("Entries. Up to 500 allowed or 200 denied entries.", "");
    items("名称列表。与Domain至少传1个", "");
    items("别名限制 1.不能为空，2.不能重复", "");
    items("文件列表，扩展名长度在[1,64]", "");
    assert_eq!(read("Ports", "[int]", "端口列表，最大值为4096").items, None);
    assert_eq!(read("Ports", "[int]", "Ports. Maximum value: 4096.").items, None);
}

#[test]
fn only_a_number_of_items_is_a_greatest_number() {
    items("证书列表。目前仅支持添加 1 个证书", "..1");
    items("设备列表（单次限制1000个设备）", "..1000");
    items("设备列表，单次1-100个", "1..100");
    items("设备列表，最多支持一次传入20个", "..20");
    items("Zones. You can specify up to two zones.", "..2");
    items("Files, containing up to one file.", "..1");
    items("IDs, with the array size up to 20.", "..20");
    items("Rules.\nInput limits: non-empty, 1-100 in length", "1..100");
    items("Images. Upload at least 1 main image. * Note 1: Input limit is 3 images;", "1..3");
}

#[test]
fn the_length_of_a_word_or_a_limit_by_model_is_no_number_of_items() {
    items("格式列表。\n扩展名需满足数字、字母字符，长度在[1,64]范围内", "");
    items("图片列表。支持多图的模型：\nA：支持上传 1-7 张\nB：支持上传 1-4 张", "");
    items("Messages. A maximum of 4 rounds of conversations can be provided.", "");
    items("Images. A person can have up to 5 face images.", "");
}
