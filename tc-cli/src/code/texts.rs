//! The texts of an unpacked package of metadata, as Markdown.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tc_catalog::rust::Texts;
use tc_catalog::{Module, Site};

use super::markdown::markdown;
use crate::error::{Error, configuration};

/// The texts for a module: those of `api.json` of its service and version in the package `tccli` (or, of the
/// international site, `tccli-intl-en`) that was unpacked at `package`.
///
/// # Errors
/// There is no such file, or it is not metadata.
pub(crate) fn texts(package: &Path, module: Module<'_>) -> Result<Texts, Error> {
    let folder = format!("v{}", module.version().replace('-', ""));
    let inner = Path::new(module.service().name()).join(folder).join("api.json");
    let places = [package.join("tccli/services"), package.join("services"), package.to_owned()];
    let Some(path) = places.iter().map(|place| place.join(&inner)).find(|path| path.is_file()) else {
        let wanted = Path::new("tccli/services").join(&inner);
        let name = match module.site() {
            Site::China => "tccli",
            Site::International => "tccli-intl-en",
        };
        return Err(configuration(format!(
            "{} does not contain {}; give the folder of the unpacked package {name}",
            package.display(),
            wanted.display()
        )));
    };
    let shown = path.display();
    let text = fs::read(&path).map_err(|error| configuration(format!("cannot read {shown}: {error}")))?;
    let json: Value =
        serde_json::from_slice(&text).map_err(|error| configuration(format!("{shown} is not valid JSON: {error}")))?;
    let (Some(actions), Some(objects)) = (json["actions"].as_object(), json["objects"].as_object()) else {
        return Err(configuration(format!("{shown} is not metadata of actions: it has no `actions` and `objects`")));
    };
    let host = match module.site() {
        Site::China => "https://cloud.tencent.com",
        Site::International => "https://www.tencentcloud.com",
    };
    let document = |value: &Value| value["document"].as_str().map(|text| markdown(text, host));
    let mut texts = Texts::default();
    for (name, action) in actions {
        texts.actions.extend(document(action).map(|text| (name.clone(), text)));
    }
    for (name, object) in objects {
        texts.objects.extend(document(object).map(|text| (name.clone(), text)));
        for member in object["members"].as_array().into_iter().flatten() {
            if let (Some(member_name), Some(text)) = (member["name"].as_str(), document(member)) {
                texts.members.insert((name.clone(), member_name.to_owned()), text);
            }
        }
    }
    Ok(texts)
}
