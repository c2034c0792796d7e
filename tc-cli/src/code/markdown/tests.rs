//! What official texts become.

use super::markdown;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(markdown(text, "https://host"), expected, "{text}");
}

#[test]
fn tags_become_markdown() {
    check("one<br>two<br/><BR />three", "one\n\ntwo\n\nthree");
    check("<p>a <b>bold </b>word</p><p>b</p>", "a **bold**word\n\nb");
    check("<ul><li>one</li><li>two</li></ul>after", "- one\n- two\n\nafter");
    check("<ol><li>one</li><li>two<ul><li>inner</li></ul></li></ol>", "1. one\n2. two\n  - inner");
    check(
        "<a href=\"/document/1\">here</a>, <a href='https://x/(y)'>there</a>",
        "[here](https://host/document/1), [there](https://x/%28y%29)",
    );
    check("<a>no target</a> <span style=\"a>b\">", "no target b\"\\>".replace("\\>", ">").as_str());
    check(
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>x\ny</td></tr></table>",
        "| A | B |\n|---|---|\n| 1 | x y |",
    );
    check("<code>a<b</code>", "`a<b`");
    check("<pre>let a\n  b</pre>", "```text\nlet a\n  b\n```");
}

#[test]
fn text_in_angle_brackets_stays() {
    check(
        "arn:<InstanceId> and a < b &lt;br&gt; &#65;&#x42;&unknown; &",
        "arn:\\<InstanceId> and a \\< b \\<br> AB&unknown; &",
    );
    check("`<br>` is `a<c`", "`<br>` is `a<c`");
    check("one ` and <br> two", "one ` and\n\ntwo");
}

#[test]
fn nothing_becomes_a_test_or_an_error_of_the_compiler() {
    check("    indented\n\ttab", "indented\ntab");
    check("```\nfn main() { panic!() }\n```", "```text\nfn main() { panic!() }\n```");
    check("```json\n{\"a\": \"<br>\"}", "```text\n{\"a\": \"<br>\"}\n```");
    check("a\r\nb\u{202e}c\u{200b}\u{feff}\u{7}", "a\nbc");
    check("- one\nstill one\n    - two", "- one\n  still one\n  - two");
    check("", "");
    check("\n\n<", "\\<");
}

#[test]
fn no_text_panics() {
    for text in [
        "<",
        "</",
        "<a",
        "<a href=",
        "<a href='",
        "&",
        "&#;",
        "&#x110000;",
        "</ul></ol></li></a></td>",
        "<td>|</tr>",
        "```",
        "<b></b>",
    ] {
        markdown(text, "");
    }
}
