//! Parameters without the values of sensitive ones.

use serde_json::{Value, json};
use tc_catalog::Site;
use tc_spec::{ModelSpec, Type};

use super::{catalog, target};

/// The parameters, with asterisks for sensitive ones.
pub(crate) fn hidden(value: &Value, model: &ModelSpec) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let shown = members.iter().map(|(name, value)| {
        let shown = match model.param(name) {
            Some(param) if param.sensitive => json!("******"),
            Some(param) => match (param.ty, value) {
                (Type::Model(nested), Value::Array(items)) => {
                    items.iter().map(|item| hidden(item, nested.get())).collect()
                }
                (Type::Model(nested), value) => hidden(value, nested.get()),
                _ => value.clone(),
            },
            None => value.clone(),
        };
        (name.clone(), shown)
    });
    Value::Object(shown.collect())
}

/// The parameters of a request, with asterisks for sensitive ones; null for an unknown action.
pub(crate) fn hide(service: &str, version: &str, action: &str, params: &Value) -> Value {
    let find = || {
        let service = catalog().ok()?.service(service).ok()?;
        Site::ALL.into_iter().find_map(|site| {
            let action = service.module(site, Some(version)).ok()?.action(action).ok()?;
            target(service, site, action).ok()
        })
    };
    find().map_or(Value::Null, |target| hidden(params, target.spec.request))
}
