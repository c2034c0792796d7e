//! Lists that are not, or not all, the accepted values.

use super::{read, values};

#[test]
fn a_list_of_bounds_or_of_parameters_is_not_read() {
    values("int", "Validity period. Minimum: 1 day. Maximum: 365 days.", "");
    values("string", "操作，取值：ENABLE 开启、DISABLE 关闭。关闭时，PackageName 参数传空即可", "");
    values("string", "执行方式，OneJob为定时，TwoJob为周期，Mode为空时，永久生效", "");
    values("string", "当 OtherType = 2 时有效，表示类型：\nmedia_one => 一\nmedia_two => 二", "");
    values("string", "ID. Valid values: OtherId and Mode (at least one is required).", "");
}

#[test]
fn a_list_beside_other_accepted_values_is_not_read() {
    values("int", "是否返回。0 为否，1 为是。非 1 值均视为否。", "");
    values("int", "Whether to return it. 0: no; 1: yes. If the value is not 1, it will be deemed as no.", "");
    values("int", "类型：1：甲；2：乙。若该字段不填，或值不为1-2，则认为是甲", "");
    values("string", "备份源：\nFromLive -直播\nFromVod -点播\n将该参数置为空，则去除备份源。", "");
    values("string", "取值如下：\n“before”: 处理前\n“origin”：原图\n\" \":不返回", "");
    values("[string]", "组件列表。可选组件查询组件版本；\n填写实例值：hive、flink。", "");
    values("string", "语言。列举部分常用取值\nzh_en：中英\nmulti：其他", "");
    values("string", "The user. User:* means any user. The format requires the [User:] prefix.", "");
}

#[test]
fn a_list_of_which_one_value_is_supported_is_not_read() {
    values("int", "版本：0 基础版，1 专业版。目前仅支持基础版", "");
    values("int", "优先级，0表示可被打断，1表示不会。目前仅支持传入0，如果需要传入1，请提工单。", "");
    values("string", "接入类型，值包括：cvm(自建),dcg(专线),cdb(实例). 目前只支持cdb.", "");
    values("int", "取证类型：1-网页 2-过程(暂不提供)", "");
}

#[test]
fn a_list_without_a_value_in_another_form_is_not_read() {
    values(
        "string",
        "列表形式，可选值：\nNoFile：不存储; \nUseInfo：默认，同一位置；\nInfoSet 存储的Id：指定的位置。",
        "",
    );
    values("string", "方式：\nSMS :短信\nALL :全部\nNONE : 不通知\n枚举值：\nSMS： 短信\nALL： 全部\nNODE： 无", "");
    values("string", "规则。非mongo产品的枚举值为: table-按表，pk-按主键。mongo的枚举值为：collection-按集合。", "");
    values("string", "源地址类型：ip-IP地址，domain-域名，template-参数模板", "");
    values("string", "来源类型：domain-域名，template-参数模板", "domain template");
}

#[test]
fn explanations_are_not_read_as_values() {
    values("string", "支付类型。\n被扫：SWIPE, 主扫：SCAN, \nH5：WAP, 公众号：PUBLIC, \nAPP-SDK：SDK", "");
    values("string", "Unit. Options: day:d, month:m", "");
    values("string", "统计类型，各产品已支持的统计类型如下：\np_one（甲）：comm、day\np_two（乙）：minute", "");
}

#[test]
fn a_list_of_which_the_translation_changed_the_case_is_not_read() {
    values("string", "Type. Valid values:\nimage: image;\nText: text;\nsvg: SVG.", "");
    values("string", "类型。\n- Ribbon：一\n- Zuul：二\n- customize：自定义", "Ribbon Zuul customize");
    values("string", "Field. Values: createTime, endTime", "createTime endTime");
}

#[test]
fn words_between_underscores_in_one_line_are_names() {
    let names = read("Fields", "[string]", "元数据，可选值为 __SOURCE__、__HOST__。").values;
    assert_eq!(
        names.map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")).as_deref(),
        Some("__SOURCE__ __HOST__")
    );
    values("string", "环境\n__release__:生产\n__sandbox__:沙箱", "release sandbox");
}
