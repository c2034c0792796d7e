//! Finds the object of the catalog that a struct is compared with.

use syn::LitStr;
use syn::spanned::Spanned;
use tc_catalog::{Catalog, CatalogError, Module, Object, Site};
use tc_spec::suggest::did_you_mean;

use crate::diagnostics::Diagnostics;
use crate::model::Struct;
use crate::parse::{ActionArgs, Keyed, VerifyArgs};

/// An object of the catalog, with its name in messages.
pub(super) struct CatalogObject {
    /// "cvm DescribeInstances", "cvm Instance"
    pub(super) name: String,
    /// "parameter" or "member"
    pub(super) noun: &'static str,
    pub(super) object: Object<'static>,
}

/// The parameters of the action that `args` name. Missing keys are already reported.
pub(super) fn action(
    args: &ActionArgs,
    verify: &Keyed<VerifyArgs>,
    model: &Struct,
    errors: &mut Diagnostics,
) -> Option<CatalogObject> {
    let (service, version) = (&args.service.as_ref()?.value, &args.version.as_ref()?.value);
    let module = module(verify, service, version, errors)?;
    match module.action(&model.name) {
        Ok(action) => {
            let name = format!("{} {}", module.service().wire_name(), action.name());
            Some(CatalogObject { name, noun: "parameter", object: action.request() })
        }
        Err(error) => {
            match (&error, &args.name) {
                (CatalogError::OtherVersion { .. }, _) => errors.error(version, message(&error)),
                (_, Some(name)) => errors.error(&name.value, message(&error)),
                (_, None) => errors.error(&model.item.ident, message(&error)),
            }
            None
        }
    }
}

/// The object that `verify("cvm", "2017-03-12", "Instance")` names.
pub(super) fn object(verify: &Keyed<VerifyArgs>, errors: &mut Diagnostics) -> Option<CatalogObject> {
    let [service, version, object] = verify.value.names.as_slice() else {
        let message = "`verify` on #[tc_model] needs a service, a version and an object: write \
                       `verify(\"cvm\", \"2017-03-12\", \"Instance\")`";
        match verify.value.names.as_slice() {
            [.., last] => errors.error(last, message),
            [] => errors.at(verify.key.span(), message),
        }
        return None;
    };
    let module = module(verify, service, version, errors)?;
    let name = object.value();
    if let Some(found) = module.object(&name) {
        let name = format!("{} {name}", module.service().wire_name());
        return Some(CatalogObject { name, noun: "member", object: found });
    }
    let hint = match module.action(&name) {
        Ok(action) => {
            format!("; the response of the action {name} is `{}`", action.response().name())
        }
        Err(_) => did_you_mean(&name, module.objects().map(Object::name)),
    };
    let (service, version) = (module.service().name(), module.version());
    errors.error(object, format_args!("{service} {version} has no object `{name}`{hint}"));
    None
}

fn module(
    verify: &Keyed<VerifyArgs>,
    service: &LitStr,
    version: &LitStr,
    errors: &mut Diagnostics,
) -> Option<Module<'static>> {
    let site = match &verify.value.site {
        Some(site) if site == "international" => Site::International,
        _ => Site::China,
    };
    let found = Catalog::embedded().and_then(|catalog| catalog.module(site, &service.value(), Some(&version.value())));
    found
        .map_err(|error| {
            let place = match &error {
                CatalogError::UnknownService { .. } => service.span(),
                CatalogError::UnknownVersion { .. } => version.span(),
                CatalogError::OtherSite { .. } => verify.value.site.as_ref().map_or(service.span(), Spanned::span),
                _ => verify.key.span(),
            };
            errors.at(place, message(&error));
        })
        .ok()
}

/// The message of the error, with the advice for `verify`.
fn message(error: &CatalogError) -> String {
    match error {
        CatalogError::OtherSite { service, site } => {
            let other = site.other();
            format!("{service} is not on the {site} site; the {other} site has it: write `verify({other})`")
        }
        CatalogError::ActionOnOtherSite { service, version, action, site } => {
            let other = site.other();
            format!(
                "{service} {version} has no action {action} on the {site} site; the {other} site has it: write \
                 `verify({other})`"
            )
        }
        CatalogError::OtherVersion { service, version, action, versions } => {
            let first = versions.first().map_or("", String::as_str);
            let have = if versions.len() == 1 { "has" } else { "have" };
            let listed = versions.join(", ");
            format!("{service} {version} has no action {action}; {listed} {have} it: write `version = \"{first}\"`")
        }
        other => other.to_string(),
    }
}
