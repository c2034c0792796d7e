//! Defaults.

use super::default;

#[test]
fn a_stated_default_is_read_with_the_type_of_the_member() {
    for text in [
        "条数，默认值：20",
        "条数，默认为20。",
        "条数，默认20条",
        "条数，不填默认为 20，最大 100",
        "条数，缺省20",
        "条数（默认20）",
        "Count. Default value: 20.",
        "Count, which defaults to 20.",
        "Count. The default value is `20`.",
        "Count, 20 by default",
        "Count. If this parameter is not specified, the default value 20 is used.",
        "Count. Default: 20. Maximum: 100.",
    ] {
        default("int", text, "20");
    }
    default("float", "音量，默认1.0，最大10", "1");
    default("string", "条数，默认值为20", "20");
    default("string", "顺序，默认值：desc", "desc");
    default("string", "Order. Default value: `desc`.", "desc");
    default("string", "Order. The default is DESC", "DESC");
    default("string", "Rotation type, defaults to Clockwise.Note: this field may be null.", "Clockwise");
    default("bool", "是否保留，默认值：false。", "false");
    default("bool", "Whether to keep it. Default: TRUE", "true");
}

#[test]
fn the_value_marked_in_a_list_is_the_default() {
    default("int", "排序：0：升序（默认）；1：降序", "0");
    default("string", "Engine. Valid values: `small` (default), `large`.", "small");
    default("bool", "是否预检。true：只检查；false（默认）：直接执行", "false");
}

#[test]
fn a_default_in_words_is_not_read() {
    default("string", "时间，默认为当前时间", "");
    default("string", "Project. The default value is the current project.", "");
    default("string", "子网，不填则使用默认vpc。", "");
    default("string", "Leave it blank to use the default VPC.", "");
    default("string", "Name, empty by default. Default: none", "");
    default("bool", "是否开启，默认关闭", "");
    default("int", "排序方式，默认按时间降序", "");
}

#[test]
fn a_default_that_depends_on_something_is_not_read() {
    default("int", "节点数。类型为单机时默认为1", "");
    default("int", "默认值：TCP监听器默认为900，UDP监听器默认为300", "");
    default("int", "条数，默认值：20。当类型为A时，默认为30", "");
    default("int", "Count. The default value is 1 for A; the default value is 2 for B.", "");
}

#[test]
fn a_default_in_another_unit_or_with_a_doubtful_sign_is_not_read() {
    default("int", "过期时间，单位秒，默认1小时", "");
    default("int", "过期时间，单位秒，默认 60 秒", "60");
    default("int", "条数，默认值-20", "");
    default("int", "Expiration in seconds. Default value: 7,200", "7200");
    default("int", "模式，默认 0 或 1", "");
}

#[test]
fn a_default_that_may_be_either_of_two_words_is_not_read() {
    default("string", "规格。取值：small:vip-2c8g，large:vip-4c16g。默认值：small:vip-2c8g", "");
    default("string", "校验方式，取值为equal、none 和 null。默认配置值为equal，早期创建的默认值 null。", "");
}

#[test]
fn a_default_named_by_its_explanation_is_the_listed_value() {
    default(
        "string",
        "Order. Valid values: \"ASC\" - normal; \"DESC\" - inverted. The default value is inverted.",
        "DESC",
    );
}

#[test]
fn two_defaults_of_which_one_was_not_read_are_not_read() {
    default("int", "张数，GIF默认值为5，视频用的默认是8帧", "");
    default("int", "时长，默认9999天对应的秒数", "");
}

#[test]
fn a_default_named_by_the_explanation_of_a_number_is_that_number() {
    default("int", "是否记录 1:关闭；2:开启 ;默认开启", "2");
    default("int", "Whether to count. 0: no, 1: yes. Default value: no.", "0");
    default("string", "开关\non：开启\noff：关闭\n默认为关闭状态", "off");
    default("string", "类型。取值：\nUser：自定义\nDefault：默认库\n默认值：User", "User");
    default("string", "类型。取值：\ndefault：默认证书\nupload：用户上传", "");
}

#[test]
fn a_word_that_is_marked_as_the_default_is_read() {
    default("int", "粒度（分钟），支持5（默认）/ 60 / 1440", "5");
    default("int", "Value range: 1 (default) to 100.", "1");
    default("string", "Values: `low` (default): Low\n`high`: High", "low");
    default("int", "采样率。1：48000Hz（默认）; 2：44100Hz", "1");
}

#[test]
fn a_default_in_other_words_is_read() {
    default("string", "格式：json、file，默认不填为json", "json");
    default("string", "地址，默认值${host}。", "${host}");
    default("string", "Time zone. Default value: `China Standard Time`.", "China Standard Time");
    default("bool", "查看，默认该选项为false不查看", "false");
    default("int", "保留天数，默认保留7天", "7");
    default("int", "是否返回。默认为 0。其他非0非1值默认为0", "0");
    default("string", "开关。默认值：FALSE", "FALSE");
    default("string", "Address. The callback is in the default format of URL.", "");
}

#[test]
fn a_default_of_a_member_of_a_json_text_a_share_or_a_quota_is_not_read() {
    default("string", "参数，json字符串，rate 默认16000", "");
    default("string", "Parameters: model (string): the model. Default: first-model", "");
    default("int", "编号。分区数量是有限制的（默认50个）", "");
    default("int", "Size. The default is 5% of the height", "");
    default("int", "Timeout. Default value: 900. Default value for UDP listeners: 300.", "");
    default("string", "规格。默认值：4C8G: vip-basic-1", "");
}

#[test]
fn a_default_of_one_case_of_several_is_not_read() {
    default("string", "加密方式，可选值：\naa：一；\nbb：二；\n若不填\nFirst 默认aa;\nSecond 默认bb;", "");
    default(
        "string",
        "选项。\n- NFS 3.0默认值：vers=3,nolock\n- NFS 4.0默认值：vers=4,nolock\n- FAST默认值：user_attr",
        "",
    );
    default("int", "时长：\nmodel-3默认为 5，可选：1 - 16\nmodel-2默认为 5，可选：1 - 8", "");
    default("bool", "是否有声。支持此参数的模型：\nAlpha，默认 false。\nBeta，默认 false。", "");
    default("bool", "Sound. Models:\nAlpha. Default value: false.\nBeta. Default value: false.", "");
    default("int", "Hours. Values for different instances are as follows: 1. two nodes: default 120. 2. others", "");
    default("int", "保存天数，默认为7天。如果不配置，默认与自动备份的保留时间一致。", "");
    default("int", "消息长度，新版新建的队列默认1024KB", "");
    default("bool", "API默认false, 控制台默认使用的是true", "false");
}

#[test]
fn a_default_in_the_explanation_of_another_value_is_not_read() {
    default("string", "开关。可选值：TRUE（开）、FALSE（关）、UNSPECIFIED（默认为 TRUE）。", "");
    default("string", "Role name (default: My_Role).", "My_Role");
}

#[test]
fn a_default_in_a_unit_that_the_name_excludes_is_not_read() {
    assert_eq!(super::read("MaxBytes", "int", "每批的大小，默认：128KB").default, None);
}
