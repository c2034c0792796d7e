//! Compares every member, action and error code of the catalog with the metadata it was built from.
//!
//! `round_trip CHINA INTERNATIONAL ERRORS [SAMPLE]` reads the unpacked packages with its own code. With `SAMPLE`,
//! it writes every five-hundredth member to that file, one line for each.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tc_catalog::{Action, Catalog, Member, Module, Site, Status};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [china, international, errors, rest @ ..] = arguments.as_slice() else {
        return Err("usage: round_trip CHINA INTERNATIONAL ERRORS [SAMPLE]".into());
    };
    let catalog = Catalog::embedded()?;
    let mut counts = Counts::default();
    for (site, directory) in Site::ALL.into_iter().zip([china, international]) {
        let services = Path::new(directory).join("tccli/services");
        let mut on_disk = 0;
        for service in folders(&services)? {
            for version in folders(&services.join(&service))? {
                let api: Value =
                    serde_json::from_slice(&fs::read(services.join(&service).join(&version).join("api.json"))?)?;
                let date = format!("{}-{}-{}", &version[1..5], &version[5..7], &version[7..9]);
                let module = catalog.module(site, &service, Some(&date))?;
                let codes = Path::new(errors).join("tencentcloud").join(&service).join(&version).join("errorcodes.py");
                compare(module, &api, &codes, &mut counts)
                    .map_err(|difference| format!("{site} {service} {version}: {difference}"))?;
                on_disk += 1;
            }
        }
        let in_file: usize = catalog.services().map(|service| service.versions(site).len()).sum();
        if in_file != on_disk {
            return Err(format!("the catalog has {in_file} modules of the {site} site, the package {on_disk}").into());
        }
    }
    if let Some(path) = rest.first() {
        fs::write(path, &counts.sample)?;
    }
    let Counts { actions, objects, members, codes, .. } = counts;
    println!("{actions} actions, {objects} objects, {members} members and {codes} error codes are as declared");
    Ok(())
}

#[derive(Default)]
struct Counts {
    actions: usize,
    objects: usize,
    members: usize,
    codes: usize,
    sample: String,
}

fn folders(directory: &Path) -> Result<Vec<String>, std::io::Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('_') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn compare(module: Module<'_>, api: &Value, codes: &Path, counts: &mut Counts) -> Result<(), String> {
    same("wire name", module.service().wire_name(), api["metadata"]["serviceShortName"].as_str().unwrap_or_default())?;
    let declared = api["actions"].as_object().ok_or("no actions")?;
    same("number of actions", &module.actions().len(), &declared.len())?;
    for (name, declared) in declared {
        counts.actions += 1;
        let action = module.action(name).map_err(|error| error.to_string())?;
        compare_action(action, declared).map_err(|difference| format!("{name}: {difference}"))?;
    }
    let declared = api["objects"].as_object().ok_or("no objects")?;
    same("number of objects", &module.objects().len(), &declared.len())?;
    for (name, declared) in declared {
        counts.objects += 1;
        let object = module.object(name).ok_or_else(|| format!("{name} is not in the catalog"))?;
        let declared = declared["members"].as_array().ok_or("no members")?;
        same("number of members", &object.members().len(), &declared.len())?;
        for (member, declared) in object.members().zip(declared) {
            counts.members += 1;
            let line = line(member);
            let place = format!("{} {} {} {name}", module.site(), module.service().name(), module.version());
            same(&place, &line, &declared_line(declared))?;
            if counts.members.is_multiple_of(500) {
                let _ = writeln!(counts.sample, "{place} {line}");
            }
        }
    }
    let text = fs::read_to_string(codes).unwrap_or_default();
    let declared: BTreeSet<&str> =
        text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\'').nth(1)).collect();
    let read: Vec<&str> = module.error_codes().map_err(|error| error.to_string())?.collect();
    counts.codes += read.len();
    same("error codes", &read, &declared.into_iter().collect::<Vec<_>>())
}

fn compare_action(action: Action<'_>, declared: &Value) -> Result<(), String> {
    same("request", action.request().name(), declared["input"].as_str().unwrap_or_default())?;
    same("response", action.response().name(), declared["output"].as_str().unwrap_or_default())?;
    same("skip_sign", &action.skips_signature(), &declared["skip_sign"].as_bool().unwrap_or_default())?;
    let status = match action.status() {
        Status::Online => "online",
        Status::Deprecated => "deprecated",
        Status::Offline => "offline",
    };
    same("status", status, declared["status"].as_str().unwrap_or("online"))
}

/// A member of the catalog as text: name, type, type of the value, and flags.
fn line(member: Member<'_>) -> String {
    let form = if member.is_list() { "list" } else { member.ty().form() };
    let flags = [member.is_required(), member.is_output_required(), member.is_nullable(), member.is_deprecated()];
    format!("{} {form} {} {flags:?}", member.name(), member.ty())
}

/// The same of the declared member.
fn declared_line(member: &Value) -> String {
    let text = |key: &str| member[key].as_str().unwrap_or_default().to_owned();
    let is_set = |key: &str| member[key] == true || member[key] == 1;
    let flags = ["required", "output_required", "value_allowed_null", "disabled"].map(is_set);
    format!("{} {} {} {flags:?}", text("name"), text("type"), text("member"))
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, catalog: &T, declared: &T) -> Result<(), String> {
    if catalog == declared {
        Ok(())
    } else {
        Err(format!("{what}: the catalog has {catalog:?}, the metadata {declared:?}"))
    }
}
