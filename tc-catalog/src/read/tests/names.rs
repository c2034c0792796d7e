//! Services, versions and actions are found by name, and search results are ranked.

use crate::Site;
use crate::read::Catalog;

#[track_caller]
fn missing(site: Site, service: &str, version: Option<&str>, action: &str) -> String {
    let found = Catalog::embedded().unwrap().action(site, service, version, action);
    found.expect_err("the action was found").to_string()
}

#[test]
fn the_error_of_a_missing_name_names_its_place_or_a_similar_name() {
    let china = Site::China;
    for (message, expected) in [
        (missing(china, "cvn", None, "RunInstances"), "there is no service `cvn`; did you mean `cvm`?"),
        (missing(china, "vcm", None, "RunInstances"), "there is no service `vcm`; did you mean `cvm`?"),
        (
            missing(china, "cvm", Some("2017-03-13"), "RunInstances"),
            "cvm has no version `2017-03-13` on the china site; its version is 2017-03-12",
        ),
        (
            missing(china, "cvm", None, "RunInstance"),
            "cvm 2017-03-12 has no action `RunInstance`; did you mean `RunInstances`?",
        ),
        (
            missing(china, "cvm", None, "DescribeInstance"),
            "cvm has no action DescribeInstance; did you mean `DescribeInstances`? (DescribeInstance is in cdwch, cdwdoris, \
             cdwpg, iotexplorer, mqtt, trocket)",
        ),
        (missing(china, "cvm", None, "Xyz"), "cvm 2017-03-12 has no action `Xyz`"),
        (
            missing(china, "tke", None, "DescribeNodePools"),
            "tke 2018-05-25 has no action DescribeNodePools; version 2022-05-01 has it: write `tke(\"2022-05-01\")`",
        ),
        (
            missing(china, "iai", None, "DescribePersonSamples"),
            "iai has no action DescribePersonSamples; DescribePersonSamples is in mps, vod",
        ),
        (
            missing(china, "mdl", None, "DescribeStreamLiveChannels"),
            "mdl is not on the china site; the international site has it: write `mdl(international)`",
        ),
    ] {
        assert_eq!(message, expected);
    }
    let long = missing(china, "mps", None, "DescribeInstances");
    assert!(long.contains("DescribeInstances is in ") && long.contains("cvm, ") && long.ends_with(" others"), "{long}");
}

#[test]
fn a_service_is_found_by_its_folder_and_by_its_name_on_the_wire() {
    let catalog = Catalog::embedded().unwrap();
    for name in ["autoscaling", "as"] {
        let service = catalog.service(name).unwrap();
        assert_eq!((service.name(), service.wire_name()), ("autoscaling", "as"));
    }
}

#[test]
fn the_default_version_is_that_of_tccli() {
    let catalog = Catalog::embedded().unwrap();
    for (service, expected) in
        [("tke", "2018-05-25"), ("vod", "2018-07-17"), ("iai", "2020-03-03"), ("ams", "2020-12-29")]
    {
        assert_eq!(catalog.module(Site::China, service, None).unwrap().version(), expected);
    }
}

#[test]
fn search_ranks_whole_words_and_default_versions_first() {
    let catalog = Catalog::embedded().unwrap();
    let found = catalog.search(Site::China, "Person Samples");
    assert_eq!((found[0].action.as_str(), found[0].is_default), ("DescribePersonSamples", true));
    let found = catalog.search(Site::China, "cvm runinstances");
    assert_eq!((found[0].service, found[0].action.as_str()), ("cvm", "RunInstances"));
    let found = catalog.search_parameters(Site::China, "createlaunchtemplateversion instancetype").unwrap();
    assert_eq!(
        (found[0].action.as_str(), found[0].parameter.as_deref()),
        ("CreateLaunchTemplateVersion", Some("InstanceType"))
    );
    assert!(catalog.search(Site::China, "cvm dryrun").is_empty());
    let found = catalog.search_parameters(Site::China, "cvm dryrun").unwrap();
    assert!(found.iter().any(|found| found.action == "RunInstances" && found.parameter.as_deref() == Some("DryRun")));
    assert!(catalog.search(Site::China, " ").is_empty() && catalog.search(Site::China, "zzzz").is_empty());
}
