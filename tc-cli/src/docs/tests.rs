//! HTML of the official text as lines, and the import of a small package.

use std::fs;

use super::{Imported, import, plain};

#[test]
fn html_becomes_lines() {
    for (html, expected) in [
        ("", ""),
        ("one &lt; two &amp;&amp; 3 &gt; 2 &#20013;&#x6587;&nbsp;!", "one < two && 3 > 2 中文 !"),
        ("<p>A</p><p>B</p>", "A\nB"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<ul><li>x</li><li></li><li><b>y</b> z</li></ul>", "- x\n- y z"),
        ("a < b and a <b>c</b>", "a < b and a c"),
        ("<a href=\"x\">link</a> &unknown; & alone", "link &unknown; & alone"),
        ("1<2", "1<2"),
        ("<unclosed", "<unclosed"),
        ("| a |\n|--|\n  spaced   out ", "| a |\n|--|\nspaced out"),
    ] {
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn a_package_is_imported_and_replaced_by_version() {
    let folder = std::env::temp_dir().join(format!("tcapi-docs-{}", std::process::id()));
    let package = folder.join("package");
    let module = package.join("tccli/services/cvm/v20170312");
    fs::create_dir_all(&module).unwrap();
    let metadata = |title: &str| {
        serde_json::json!({
            "metadata": {},
            "actions": {"DescribeZones": {"name": title, "document": "Lists <b>zones</b>.", "input": "I", "output": "O"}},
            "objects": {"DescribeZonesRequest": {"members": [{"name": "Limit", "document": "At most<br>100"}, {"name": "Offset", "document": ""}]}},
        })
    };
    let to = folder.join("docs");
    for title in ["查询可用区", "List zones"] {
        fs::write(module.join("api.json"), metadata(title).to_string()).unwrap();
        let done = import(&package, &to, &mut |_, _| {}).unwrap();
        assert_eq!(done, Imported { modules: 1, actions: 1 });
        assert_eq!(
            fs::read_to_string(to.join("titles.tsv")).unwrap(),
            format!("cvm\t2017-03-12\tDescribeZones\t{title}")
        );
    }
    let texts: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(to.join("cvm-2017-03-12.json")).unwrap()).unwrap();
    assert_eq!(texts["actions"]["DescribeZones"][1], "Lists zones.");
    assert_eq!(texts["objects"]["DescribeZonesRequest"], serde_json::json!({"Limit": "At most\n100"}));
    assert!(import(&folder.join("docs"), &to, &mut |_, _| {}).unwrap_err().to_string().contains("has no services"));
    fs::write(module.join("api.json"), "[]").unwrap();
    assert!(import(&package, &to, &mut |_, _| {}).unwrap_err().to_string().contains("has no `actions`"));
    fs::remove_dir_all(folder).unwrap();
}
