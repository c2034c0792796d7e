//! Numbers of characters.

use super::{count, length, read};

#[test]
fn an_upper_limit_of_characters_is_read_in_each_spelling() {
    for text in [
        "名称，长度限制：64 个字符。",
        "名称，长度不超过64",
        "名称，最大长度为64个字符",
        "名称，最长64字符",
        "名称，最多支持64个字符",
        "名称，64个字符以内",
        "名称，限64个字符",
        "名称，不得超过64个字符。",
        "名称，长度小于65个字符",
        "名称，不超过64字",
        "Name. Length limit: 64 characters.",
        "Name, with a length limit of 64 characters",
        "Name, which can contain up to 64 characters.",
        "Name. The maximum length is 64 characters",
        "Name. It cannot exceed 64 characters.",
        "Name, with length not exceeding 64 characters",
        "Name. Maximum length: 64",
        "Name (less than 65 characters)",
        "Name. Its maximum length is 64 ASCII characters.",
    ] {
        length(text, "..64");
    }
}

#[test]
fn both_ends_of_the_number_of_characters_are_read() {
    length("名称，长度为1~32个字符", "1..32");
    length("名称，1-32个字符", "1..32");
    length("密码，长度1-32位，不能以/开头", "1..32");
    length("名称，字符长度为[1,32]", "1..32");
    length("名称，长度范围 [0, 33)", "0..32");
    length("Password, with a length between 8 and 20 characters.", "8..20");
    length("Name. It should contain 1 to 32 characters.", "1..32");
    length("Name. Length range: 1-32", "1..32");
}

#[test]
fn bytes_and_chinese_characters_are_no_characters() {
    length("名称，长度不超过64个字节", "");
    length("Name. Maximum length: 64 bytes.", "");
    length("名称，最多20个汉字或60个字符", "");
    length("图片，Base64编码后不超过8M", "");
}

#[test]
fn the_length_of_something_else_is_not_read() {
    length("手机号前缀长度不超过4个字符", "");
    length("标签，多个以逗号分隔，每个标签最长16个字符", "");
    length("密码。建议长度不少于12个字符", "");
}

#[test]
fn each_text_of_a_list_has_a_length() {
    let found = read("Tags", "[string]", "标签，个数最多 10 个，每个标签长度最多 16 个字符。");
    assert_eq!((found.items, found.length), (count("..10"), count("..16")));
    let found =
        read("Tags", "[string]", "Tags. The number of tags is up to 10, and each tag can have up to 16 characters.");
    assert_eq!((found.items, found.length), (count("..10"), count("..16")));
    assert_eq!(read("Tags", "[string]", "标签名称，长度不超过16个字符").length, count("..16"));
}

#[test]
fn the_length_of_a_part_or_of_another_form_is_not_read() {
    length("地址列表，数组最大长度为30", "");
    length("邮箱，用户自定义部分的长度为3至40", "");
    length("Email. The custom part contains 3 to 40 characters.", "");
    length("姓名+地址长度不可超过114", "");
    length("内容，以Base64格式传入，原文长度不超过200字符", "");
    length("Content, encrypted with Base64. Up to 200 characters.", "");
}

#[test]
fn that_a_text_is_not_empty_is_no_length() {
    length("名称（参数长度大于0）", "");
}

#[test]
fn a_number_of_letters_digits_and_others_is_a_length() {
    length("Name, which can contain 2-60 letters, digits, underscores, and hyphens.", "2..60");
    length("Name, up to 25 letters and digits", "..25");
    length("Name (1-50 English letters, digits, or hyphens)", "1..50");
    length("规则：1-20个小写英文字母、数字或连接线", "1..20");
    length("Version, with up to 3 digits after the point", "");
    length("名称，取值范围为小写字母，0-9数字，'-'，长度范围为[0,64)", "0..63");
}

#[test]
fn a_length_in_parentheses_or_after_another_word_is_read() {
    length("Name (8-64 characters)", "8..64");
    length("Name. The value can contain 6 to 36 characters.", "6..36");
    length("Name. The value of this parameter cannot exceed 64 characters.", "..64");
    length("Length limit for the name of the template: 64 characters.", "..64");
    length("Name, with a character limit of 200 characters", "..200");
    length("名称。字符数不超过256", "..256");
    length("名称，限长256字符", "..256");
    length("名称，只允许字母和下划线，不能超过36位", "..36");
    length("名称，精度不能超过2位小数", "");
    length("编号，1～64 个可见 ASCII 字符（! 至 ~）", "1..64");
}

#[test]
fn a_word_for_chinese_characters_among_the_accepted_ones_does_not_hide_the_length() {
    length("名称。最大长度为40个字符，支持英文字母、数字、汉字", "..40");
    length("名称。最大长度为40个字符，一个汉字算两个", "");
}

#[test]
fn a_recommended_length_beside_the_limit_is_ignored() {
    length("Password. It can contain 8 to 30 characters. It is recommended to use more than 12 characters.", "8..30");
}

#[test]
fn the_length_of_each_text_of_a_list_needs_no_word_each() {
    let of = |text: &str| read("Tags", "[string]", text).length;
    assert_eq!(of("标签，长度限制：128 个字符。"), count("..128"));
    assert_eq!(of("Tag. Length limit: 128 characters."), count("..128"));
    assert_eq!(of("标签，最多支持15个关键字"), None);
    assert_eq!(of("标签，名称部分不超过 63 个字符"), None);
    assert_eq!(of("标签，以空格分隔，总长度不超过128个字符"), None);
}

#[test]
fn the_length_of_a_part_or_of_a_kind_is_not_read() {
    let path = read("ObjectPath", "string", "Path. The file name in the path can contain up to 64 characters.");
    assert_eq!(path.length, None);
    length("名称(cos：桶的名称，不能超过50字符； cls：主题的名称，字符长度为1-30个字符)", "");
    length("Parameters, a json encoded string. Each name is limited to 64 characters", "");
    length("Key, base64 string, length of the unencoded string: 32-48 characters", "");
}
