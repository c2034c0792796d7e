//! Answers of a file, checked against the catalog.

use serde_json::{Map, Value};
use tc_catalog::{Action, Module, Service, Site};
use tc_spec::{ModelSpec, Type};

use crate::actions;
use crate::args::did_you_mean;
use crate::error::{Error, configuration};

/// Checks that each key names an action. Returns a warning for each member that the response does not declare.
///
/// # Errors
/// A key names no action; the message names similar ones.
pub(crate) fn check(answers: &Map<String, Value>) -> Result<Vec<String>, Error> {
    let mut warnings = Vec::new();
    for (key, answer) in answers {
        let models = models(key)?;
        let items = if let Value::Array(items) = answer { items.as_slice() } else { std::slice::from_ref(answer) };
        for item in items {
            let item = item.get("Response").filter(|inner| inner.is_object()).unwrap_or(item);
            if item.get("Error").is_none() {
                members(key, "", item, &models, &mut warnings);
            }
        }
    }
    Ok(warnings)
}

/// The responses of the actions that a key names: `cvm.DescribeZones`, or `DescribeZones` of every service.
fn models(key: &str) -> Result<Vec<&'static ModelSpec>, Error> {
    let catalog = actions::catalog()?;
    let (service, action) = key.split_once('.').map_or((None, key), |(service, action)| (Some(service), action));
    let services: Vec<Service<'static>> =
        catalog.services().filter(|known| service.is_none_or(|service| known.wire_name() == service)).collect();
    if let Some(service) = service
        && services.is_empty()
    {
        let near = did_you_mean(service, catalog.services().map(Service::wire_name));
        return Err(configuration(format!("--answer: `{key}`: there is no service `{service}`{near}")));
    }
    let mut models = Vec::new();
    for site in Site::ALL {
        for found in catalog.search(site, action).into_iter().filter(|found| found.action == action) {
            let Some(of) = services.iter().find(|service| service.name() == found.service) else { continue };
            let module = of.module(site, Some(found.version));
            if let Ok(action) = module.and_then(|module| module.action(action)) {
                models.push(actions::target(*of, site, action)?.spec.response.get());
            }
        }
    }
    if !models.is_empty() {
        return Ok(models);
    }
    let message = match service {
        Some(service) => {
            let modules: Vec<Module<'static>> = services.iter().copied().flat_map(modules).collect();
            let near = did_you_mean(action, modules.iter().flat_map(|module| module.actions().map(Action::name)));
            format!("{service} has no action `{action}`{near}")
        }
        None => {
            let names = actions::names(catalog);
            format!("no service has an action `{action}`{}", did_you_mean(action, names.iter().map(String::as_str)))
        }
    };
    Err(configuration(format!("--answer: `{key}`: {message}")))
}

/// The versions of a service on both sites.
fn modules(service: Service<'static>) -> Vec<Module<'static>> {
    let of_site = |site| service.versions(site).filter_map(move |version| service.module(site, Some(version)).ok());
    Site::ALL.into_iter().flat_map(of_site).collect()
}

/// Adds a warning for each member that none of the models declares.
fn members(key: &str, path: &str, value: &Value, models: &[&'static ModelSpec], warnings: &mut Vec<String>) {
    let Value::Object(given) = value else { return };
    for (name, value) in given {
        if path.is_empty() && name == "RequestId" {
            continue;
        }
        let declared: Vec<Type> = models.iter().filter_map(|model| model.param(name)).map(|param| param.ty).collect();
        if declared.is_empty() {
            let near = did_you_mean(name, models.iter().flat_map(|model| model.params).map(|param| param.name));
            let warning = format!("--answer: `{key}`: the response declares no member `{path}{name}`{near}");
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
            continue;
        }
        let nested =
            declared.iter().filter_map(|ty| if let Type::Model(model) = ty { Some(model.get()) } else { None });
        let nested: Vec<&'static ModelSpec> = nested.collect();
        // A member of free JSON has any members.
        if nested.len() < declared.len() {
            continue;
        }
        let path = format!("{path}{name}.");
        let items = if let Value::Array(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        for item in items {
            members(key, &path, item, &nested, warnings);
        }
    }
}
