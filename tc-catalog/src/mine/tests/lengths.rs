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
    assert_eq!(read("Tags", "[string]", "标签名称，长度不超过16个字符").length, None);
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
