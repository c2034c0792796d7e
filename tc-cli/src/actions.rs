//! Services and actions of the catalog, by the words of a command line.

mod hidden;
mod octet_stream;

pub(crate) use hidden::{hidden, hide};

use serde_json::Value;
use tc_catalog::{Action, Catalog, CatalogError, Module, Service, Site};
use tc_core::AnyAction;
use tc_spec::{ActionSpec, BodyForm};

use crate::args::{Options, did_you_mean};
use crate::error::{Error, Kind, arguments};
use crate::profile::Settings;

/// An action that a command line names.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name of the service in tccli and in profiles: `autoscaling`.
    pub folder: &'static str,
    /// The spec of the action.
    pub spec: &'static ActionSpec,
    /// The site it was found on.
    pub site: Site,
}

impl Target {
    /// The action with its parameters.
    pub fn action(&self, params: Value) -> AnyAction {
        AnyAction::from_spec(self.spec).params(params)
    }

    /// The same, for sending: an empty list that was given is sent, as tccli sends it.
    pub(crate) fn as_given(&self, action: AnyAction, params: &Value) -> AnyAction {
        if !has_empty_list(params) || self.spec.body != BodyForm::Json {
            return action;
        }
        let spec = self.spec;
        let mut given = AnyAction::new(spec.service, spec.version, spec.name).params(params.clone());
        if let Some(rate) = spec.rate {
            given = given.rate(rate);
        }
        if spec.idempotent {
            given = given.idempotent();
        }
        given
    }

    /// Where the answer has the items of a page, by wire names.
    pub fn items(&self) -> Option<Vec<&'static str>> {
        let path = self.spec.response.get().path(self.spec.page?.items)?;
        Some(path.into_iter().map(|param| param.name).collect())
    }
}

fn has_empty_list(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty() || items.iter().any(has_empty_list),
        Value::Object(members) => members.values().any(has_empty_list),
        _ => false,
    }
}

/// The catalog of this program.
///
/// # Errors
/// The program is damaged.
pub fn catalog() -> Result<&'static Catalog, Error> {
    Catalog::embedded().map_err(|error| Error::new(Kind::Other, error.to_string()))
}

/// The site that `--site` names; the Chinese one if nothing does.
///
/// # Errors
/// There is no such site.
pub fn site(options: &Options) -> Result<Site, Error> {
    options
        .get("site")
        .map_or(Ok(Site::China), |name| name.parse().map_err(|error| arguments(format!("--site: {error}"))))
}

/// The service of this name.
///
/// # Errors
/// There is no such service; the message names similar ones.
pub fn service(name: &str) -> Result<Service<'static>, Error> {
    let catalog = catalog()?;
    catalog.service(name).map_err(|_| no_service(catalog, name, None))
}

/// The service that the first word of a command line names.
///
/// # Errors
/// There is no such service; the message names similar services and similar names of `commands`.
pub(crate) fn service_or_command(name: &str, commands: &[&str]) -> Result<Service<'static>, Error> {
    let catalog = catalog()?;
    catalog.service(name).map_err(|_| no_service(catalog, name, Some(commands)))
}

fn no_service(catalog: &'static Catalog, name: &str, commands: Option<&[&str]>) -> Error {
    let what = if commands.is_some() { "service or command" } else { "service" };
    let services = services_of(catalog, name);
    if !services.is_empty() {
        return arguments(format!(
            "Invalid choice: there is no {what} `{name}`; {name} is in {}: name the service, too",
            listed(&services)
        ));
    }
    if let Some(rest) = name.strip_prefix('-') {
        let near = crate::args::did_you_mean_option(rest, ["help", "version", "verbose"]);
        let near = match rest {
            "V" => "; did you mean `--version`?",
            "v" => "; did you mean `--version` or `--verbose`?",
            _ => &near,
        };
        return arguments(format!("there is no option `{name}`{near}\nAll options: tcapi help"));
    }
    // `cvm DescribeZones` as one word, `cvm.DescribeZones`, `cvm:DescribeZones`.
    if let Some((first, action)) = name.split_once([' ', '.', ':', '/'])
        && catalog.service(first).is_ok()
    {
        return arguments(format!(
            "Invalid choice: there is no {what} `{name}`; write two words: tcapi {first} {action}"
        ));
    }
    let lower = name.to_lowercase();
    // A short name of a service, such as `as`, is not among the names.
    let near = if catalog.service(&lower).is_ok() {
        format!("; did you mean `{lower}`?")
    } else {
        let commands = commands.unwrap_or_default().iter().copied();
        did_you_mean(name, commands.chain(catalog.services().map(Service::name)))
    };
    let all = if commands.is_some() { "services and commands" } else { "services" };
    arguments(format!("Invalid choice: there is no {what} `{name}`{near}\nAll {all}: tcapi help"))
}

/// The services that have an action of this name, in any version on any site.
pub(crate) fn services_of(catalog: &'static Catalog, action: &str) -> Vec<&'static str> {
    let found = Site::ALL.into_iter().flat_map(|site| catalog.search(site, action));
    let mut services: Vec<&str> = found.filter(|found| found.action == action).map(|found| found.service).collect();
    services.sort_unstable();
    services.dedup();
    services
}

/// The names of all actions that contain an `e` or an `i`, which nearly all do.
pub(crate) fn names(catalog: &'static Catalog) -> Vec<String> {
    let pairs = Site::ALL.into_iter().flat_map(|site| ["e", "i"].map(|letter| (site, letter)));
    let mut names: Vec<String> =
        pairs.flat_map(|(site, letter)| catalog.search(site, letter)).map(|found| found.action).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The first eight names.
fn listed(names: &[impl AsRef<str>]) -> String {
    let shown = names.iter().take(8).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if names.len() > 8 { format!("{shown}, …") } else { shown }
}

/// The action that a service's name and an action's name mean, in the version that options and profile say.
///
/// # Errors
/// There is no such action; the message names the version, site or service that has it, or similar names.
pub fn find(service: &str, action: &str, settings: &Settings, options: &Options) -> Result<Target, Error> {
    let service = self::service(service)?;
    let site = site(options)?;
    let version = settings.version(options, service.name());
    let found = service.module(site, version.as_deref()).and_then(|module| module.action(action));
    match found {
        Ok(action) => target(service, site, action),
        Err(error) => Err(missing(service, site, action, &error)),
    }
}

/// The target of an action of the catalog.
///
/// # Errors
/// The catalog is damaged.
pub fn target(service: Service<'static>, site: Site, action: Action<'static>) -> Result<Target, Error> {
    let spec = action.spec().map_err(|error| Error::new(Kind::Other, error.to_string()))?;
    let spec = octet_stream::of(spec).unwrap_or(spec);
    Ok(Target { folder: service.name(), spec, site })
}

/// The actions of a service, in its default version unless another is given.
///
/// # Errors
/// The service has no such version on this site.
pub fn module(service: Service<'static>, site: Site, version: Option<&str>) -> Result<Module<'static>, Error> {
    service.module(site, version).map_err(|error| missing(service, site, "", &error))
}

/// The documented error codes of the action's version of its service.
///
/// # Errors
/// The catalog is damaged.
pub fn error_codes(target: &Target) -> Result<Vec<&'static str>, Error> {
    let module = module(service(target.folder)?, target.site, Some(target.spec.version))?;
    let codes = module.error_codes().map_err(|error| Error::new(Kind::Other, error.to_string()))?;
    Ok(codes.collect())
}

fn missing(service: Service<'static>, site: Site, action: &str, error: &CatalogError) -> Error {
    let name = service.name();
    let message = match error {
        CatalogError::OtherSite { site, .. } | CatalogError::ActionOnOtherSite { site, .. } => {
            format!("{name} has this on the {} site only: add --site {}", site.other(), site.other())
        }
        CatalogError::UnknownVersion { version, versions, .. } => {
            format!("{name} has no version {version}; available versions: {}", versions.join(" "))
        }
        CatalogError::OtherVersion { action, version, versions, .. } => format!(
            "{name} {version} has no action {action}; add --version {}",
            versions.first().map_or("", String::as_str)
        ),
        CatalogError::OtherService { action, services, .. } => {
            let version = service.versions(site).next();
            let near =
                service.module(site, version).map(|module| did_you_mean(action, module.actions().map(Action::name)));
            let near = near.unwrap_or_default();
            format!(
                "{name} has no action `{action}`{near}\n\
                 Other services have {action}: {}\nAll actions: tcapi {name} help",
                listed(services)
            )
        }
        CatalogError::UnknownAction { version, .. } => {
            let near = service
                .module(site, Some(version))
                .map(|module| did_you_mean(action, module.actions().map(Action::name)));
            format!(
                "{name} {version} has no action `{action}`{}\nAll actions: tcapi {name} help",
                near.unwrap_or_default()
            )
        }
        other => other.to_string(),
    };
    arguments(format!("Invalid choice: {message}"))
}
