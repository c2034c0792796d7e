//! `tcapi docs import`, and where the imported text is shown.

use serde_json::json;

use crate::support::{Cloud, Run, finish};

fn run(cloud: &Cloud, words: &[&str]) -> Run {
    let mut command = cloud.command();
    command.args(words);
    finish(&mut command)
}

#[test]
fn imported_text_is_shown_by_show_help_and_search() {
    let cloud = Cloud::plain();
    let module = cloud.home().join("package/services/mps/v20190612");
    std::fs::create_dir_all(&module).unwrap();
    let metadata = json!({
        "actions": {"DescribePersonSamples": {"name": "查询素材样本列表", "document": "Lists <b>samples</b>."}},
        "objects": {
            "DescribePersonSamplesRequest": {"members": [{"name": "Limit", "document": "How many<br>to return"}]},
            "AiSamplePerson": {"members": [{"name": "PersonId", "document": "Who it is"}]},
        },
    });
    std::fs::write(module.join("api.json"), metadata.to_string()).unwrap();
    let shown = ["show", "mps", "DescribePersonSamples"];
    assert!(!run(&cloud, &shown).out.contains("Lists samples."));
    let imported = run(&cloud, &["docs", "import", "package"]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert!(imported.out.ends_with("1 actions in 1 modules\n"), "{}", imported.out);
    let page = run(&cloud, &shown).out;
    for expected in
        ["查询素材样本列表", "Lists samples.", "        How many\n        to return\n", "        Who it is\n"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(run(&cloud, &["mps", "DescribePersonSamples", "help"]).out.contains("Lists samples."));
    // A title is found by its own words.
    let found = run(&cloud, &["search", "素材样本"]);
    assert_eq!(
        (found.code, found.out.as_str()),
        (0, "mps  DescribePersonSamples  查询素材样本列表\n"),
        "{}",
        found.err
    );
    let refused = run(&cloud, &["docs", "import", "nothing"]);
    assert!(refused.code == 255 && refused.err.contains("has no services"), "{}", refused.err);
}
