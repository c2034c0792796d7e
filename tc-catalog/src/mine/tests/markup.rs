//! What the rules read of HTML and Markdown.

use super::super::text::{GROUP, normalize};

#[track_caller]
fn reads(document: &str, expected: &str) {
    assert_eq!(normalize(document), expected, "{document}");
}

#[test]
fn blocks_are_lines_and_inline_tags_are_nothing() {
    reads(
        "<p>One <b>two</b></p><ul><li>three;</li><li><code>four</code></li></ul>five<br/>six",
        "One two\nthree;\nfour\nfive\nsix",
    );
    reads("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb");
    reads("<P class=\"x\">one</P>", "one");
}

#[test]
fn bullets_links_and_emphasis_are_removed() {
    reads("- one\n* two\n• three\n-four", "one\ntwo\nthree\nfour");
    reads("see [the **list**](https://example.com/a).", "see the list.");
    reads("- 0: off\n-1: on", "0: off\n1: on");
    reads("-1: off", "-1: off");
}

#[test]
fn marks_have_one_spelling() {
    reads("取值：【１，２】；“a”～`b`", "取值:[1, 2];\"a\"~\"b\"");
    reads("1&le;x&lt;2&nbsp;&quot;&amp;", "1<=x<2 \"&");
    reads("1 – 2", "1 - 2");
    reads("valid values are:.\none", "valid values are:\none");
}

#[test]
fn a_comma_that_groups_digits_is_marked() {
    reads("up to 1,024 and 2,000,000", &format!("up to 1{GROUP}024 and 2{GROUP}000{GROUP}000"));
    reads("[1,100]", "[1,100]");
    reads("[1, 4,096]", &format!("[1, 4{GROUP}096]"));
    reads("1，100", "1, 100");
}
