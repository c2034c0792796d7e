//! Forms of real actions.

use serde_json::json;
use tc_catalog::Site;
use tc_spec::{ModelSpec, Type};

use super::{action, filled, part};
use crate::actions::{self, Target};
use crate::emulator::request;
use crate::explorer::target;

fn target(service: &str, action: &str) -> Target {
    target::find(service, None, action, Site::China).unwrap()
}

/// The text between the first `from` and the next `to`.
fn between<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    let start = html.find(from).unwrap_or_else(|| panic!("{from} in {html}"));
    let rest = &html[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[test]
fn every_service_has_forms_empty_and_filled() {
    let catalog = actions::catalog().unwrap();
    let mut forms = 0;
    for service in catalog.services() {
        for version in service.versions(Site::China) {
            let module = service.module(Site::China, Some(version)).unwrap();
            for found in module.actions().take(if service.name() == "csip" { 60 } else { 2 }) {
                let target = actions::target(service, Site::China, found).unwrap();
                let empty = action(&target).into_string();
                let whole = filled(&target, &request(target.spec, true)).into_string();
                for param in target.spec.request.params {
                    let name = format!("data-name=\"{}\"", param.name);
                    assert!(empty.contains(&name) && whole.contains(&name), "{} {}", target.spec.name, param.name);
                }
                forms += 1;
            }
        }
    }
    assert!(forms > 500, "{forms}");
}

#[test]
fn each_type_has_its_control() {
    let form = |service: &str, name: &str| action(&target(service, name)).into_string();
    let samples = form("mps", "DescribePersonSamples");
    let menu = between(&samples, "<select id=\"f-Type\"", "</select>");
    for option in ["not set (default UserDefine)", "value=\"Default\"", "another value"] {
        assert!(menu.contains(option), "{menu}");
    }
    assert!(between(&samples, "id=\"f-Limit\"", ">").contains("placeholder=\"default 100\""));
    assert!(between(&samples, "id=\"f-Limit-note\"", "</span>").contains("at most 100"));
    assert!(samples.contains("<label for=\"f-Limit\">Limit</label>"));
    assert!(between(&samples, "id=\"f-Names\"", ">").contains("data-part=\"Names\""));
    let reset = form("cvm", "ResetInstancesPassword");
    assert!(reset.contains("type=\"password\" id=\"f-Password\""), "a sensitive value is not shown");
    let run = form("cvm", "RunInstances");
    assert!(run.contains("data-part=\"Placement\""), "an optional object is loaded when it is opened");
}

#[test]
fn what_was_given_is_in_the_form_whatever_it_is() {
    let samples = target("mps", "DescribePersonSamples");
    let params = json!({
        "Type": "Other", "Limit": "20", "Offset": 18_446_744_073_709_551_615_u64, "Names": ["", "a\nb"], "Tags": "text",
        "PersonIds": [], "Unknown": {"a": [1]},
    });
    let html = filled(&samples, &params).into_string();
    assert!(html.contains("value=\"Other\" aria-label=\"another value\""), "a value beyond the menu");
    assert!(between(&html, "id=\"f-Offset\"", ">").contains("value=\"18446744073709551615\""));
    assert!(between(&html, "id=\"f-Limit\"", ">").contains("value=\"20\""));
    assert!(between(&html, "id=\"f-Names-0\"", ">").contains("data-empty"), "an empty text is not an absent one");
    assert!(between(&html, "id=\"f-Names-1\"", "</textarea>").ends_with(">a\nb"));
    assert!(between(&html, "id=\"f-Tags\"", "</textarea>").contains("data-raw=\"json\""), "a text for a list stays");
    assert!(
        html.contains("data-name=\"PersonIds\" data-shape=\"list\" data-given"),
        "an empty list is not an absent one"
    );
    assert!(between(&html, "data-name=\"Unknown\"", "</textarea>").contains("&quot;a&quot;"));
}

/// A path from a model back to itself.
fn recursion(model: &'static ModelSpec, path: &str, within: &mut Vec<&'static str>) -> Option<String> {
    for param in model.params {
        let Type::Model(nested) = param.ty else { continue };
        let nested = nested.get();
        let index = if param.is_list() { ".0" } else { "" };
        let path = format!("{path}{}{index}", param.name);
        if within.contains(&nested.name) {
            return Some(path);
        }
        within.push(nested.name);
        if let Some(found) = recursion(nested, &format!("{path}."), within) {
            return Some(found);
        }
        within.pop();
    }
    None
}

#[test]
fn a_model_that_contains_itself_is_loaded_level_by_level() {
    let catalog = actions::catalog().unwrap();
    let mut found = 0;
    for service in catalog.services() {
        let Ok(module) = service.module(Site::China, None) else { continue };
        for one in module.actions() {
            let target = actions::target(service, Site::China, one).unwrap();
            let Some(path) = recursion(target.spec.request, "", &mut Vec::new()) else { continue };
            found += 1;
            let form = action(&target).into_string();
            assert!(form.len() < 2_000_000, "{}", target.spec.name);
            let opened = part(&target, &path).unwrap_or_else(|refused| panic!("{}: {}", path, refused.message()));
            assert!(!opened.into_string().is_empty());
        }
    }
    assert!(found > 0, "the catalog has such models");
    let run = target("cvm", "RunInstances");
    assert!(part(&run, "DataDisks.3").unwrap().into_string().contains("id=\"f-DataDisks-3-DiskSize\""));
    assert!(part(&run, "Placement").unwrap().into_string().contains("id=\"f-Placement-Zone\""));
    for bad in
        ["", "Nothing", "ImageId", "ImageId.0", "DataDisks", "DataDisks.x", "Placement.Zone", "DataDisks.0.Nothing"]
    {
        assert!(part(&run, bad).is_err(), "{bad}");
    }
    assert!(part(&run, &"Placement.".repeat(200)).is_err());
}
