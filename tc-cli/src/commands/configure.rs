//! `tcapi configure`: the files of a profile, as tccli keeps them.

use std::io::{self, IsTerminal, Write};

use serde_json::Value;
use tc_core::Region;

use super::usage;
use crate::actions;
use crate::args::CommandLine;
use crate::call::written;
use crate::error::{Error, arguments, configuration};
use crate::output::Format;
use crate::profile::{Profile, SETTINGS, Settings, mask};
use crate::region::{self, DEFAULT_REGION};
use crate::warning::warn;

/// The members of the credential, in the order of `list`.
const CREDENTIAL: [&str; 6] = ["secretId", "secretKey", "token", "role-arn", "role-session-name", "use-cvm-role"];
/// Those that are never shown whole.
const SECRET: [&str; 3] = ["secretId", "secretKey", "token"];
/// The settings of a service that calls use, and those of the section `waiter`.
const SERVICE: [&str; 2] = ["version", "endpoint"];
const WAITER: [&str; 2] = ["timeout", "interval"];

const USAGE: &str = "\
Usage:
  tcapi configure                         ask for key, region and output; the key is not shown
  tcapi configure set NAME VALUE …        set values; `-` reads one from standard input
  tcapi configure get NAME …              print values; secrets masked
  tcapi configure list                    print all values; secrets masked
  tcapi configure remove                  remove the files of the profile
  tcapi configure set-root-domain DOMAIN  use hosts below this domain

Options:
  --profile NAME  another profile than `default`

Names: secretId secretKey token role-arn role-session-name use-cvm-role
       region output arrayCount warning language request-client
       <service>.version <service>.endpoint";

/// `tcapi configure …`.
///
/// # Errors
/// The arguments cannot be read, or a file cannot be read or written.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    line.only_options()?;
    let words: Vec<&str> = line.words.iter().map(String::as_str).collect();
    if line.options.has("help") || words.last() == Some(&"help") {
        return usage::help("configure", USAGE, out);
    }
    if words == ["remove"] {
        // Their contents may be invalid.
        for absent in Profile::unread(&Settings::profile_name(&line.options))?.remove()? {
            anstream::eprintln!("nothing to remove: {absent} does not exist");
        }
        return Ok(());
    }
    // A profile that does not exist yet can be configured.
    let settings = Settings::load_new(&line.options)?;
    if matches!(words.as_slice(), ["list" | "get", ..]) && settings.explicit && settings.is_missing() {
        warn(format_args!("there is no profile `{}`; these are the default values", settings.profile.name()));
    }
    let mut profile = settings.profile;
    match words.as_slice() {
        [] => ask(&mut profile, out),
        ["list"] => list(&profile, out),
        ["get", names @ ..] if !names.is_empty() => {
            names.iter().try_for_each(|name| written(writeln!(out, "{name} = {}", get(&profile, name)?)))
        }
        ["set", pairs @ ..] if !pairs.is_empty() && pairs.len() % 2 == 0 => set(&mut profile, pairs, out),
        ["set-root-domain", domain] => set_root_domain(&mut profile, domain),
        _ => Err(usage::refused("configure", USAGE)),
    }
}

/// The names of the settings of a profile, without those of services.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    CREDENTIAL.into_iter().chain(SETTINGS)
}

/// A value as `get` prints it.
fn get(profile: &Profile, name: &str) -> Result<String, Error> {
    if let Some(value) = profile.system(name).filter(|_| SETTINGS.contains(&name)) {
        return Ok(value);
    }
    if let Some(value) = profile.secret(name) {
        return Ok(if SECRET.contains(&name) { mask(&value) } else { value });
    }
    let known = match name.split_once('.') {
        Some((service, key)) => profile.service(service, key).or_else(|| assumed(service, key)),
        None => default(name).map(str::to_owned),
    };
    if let Some((service, _)) = name.split_once('.').filter(|(service, _)| known.is_none() && *service != "waiter") {
        actions::service(service)?;
    }
    known.ok_or_else(|| {
        let near =
            crate::args::did_you_mean(name, CREDENTIAL.into_iter().chain(SETTINGS).filter(|known| *known != name));
        configuration(format!("profile `{}` has no value for `{name}`{near}", profile.name()))
    })
}

/// What tccli writes into a new profile.
fn default(name: &str) -> Option<&'static str> {
    match name {
        "region" => Some(DEFAULT_REGION),
        "output" => Some("json"),
        "arrayCount" => Some("10"),
        "warning" => Some("off"),
        _ => None,
    }
}

/// The version and the endpoint that a service has where the profile does not say.
fn assumed(service: &str, key: &str) -> Option<String> {
    let service = actions::service(service).ok()?;
    match key {
        "version" => service.versions(tc_catalog::Site::China).next().map(str::to_owned),
        "endpoint" => Some(format!("{}.tencentcloudapi.com", service.wire_name())),
        _ => None,
    }
}

fn list(profile: &Profile, out: &mut dyn Write) -> Result<(), Error> {
    let mut services: Vec<&str> = actions::catalog()?
        .services()
        .filter(|service| service.versions(tc_catalog::Site::China).len() > 0)
        .map(tc_catalog::Service::name)
        .collect();
    services.extend(
        profile
            .configure
            .iter()
            .filter(|(name, value)| value.is_object() && *name != "_sys_param")
            .map(|(name, _)| name.as_str()),
    );
    services.sort_unstable();
    services.dedup();
    let print = |out: &mut dyn Write| -> io::Result<()> {
        writeln!(out, "credential:")?;
        for name in CREDENTIAL {
            if let Some(value) = profile.secret(name) {
                writeln!(out, "{name} = {}", if SECRET.contains(&name) { mask(&value) } else { value })?;
            }
        }
        writeln!(out, "configure:")?;
        for name in SETTINGS {
            if let Some(value) = profile.system(name).or_else(|| default(name).map(str::to_owned)) {
                writeln!(out, "{name} = {value}")?;
            }
        }
        for service in &services {
            for key in ["version", "endpoint"] {
                if let Some(value) = profile.service(service, key).or_else(|| assumed(service, key)) {
                    writeln!(out, "{service}.{key} = {value}")?;
                }
            }
        }
        Ok(())
    };
    written(print(out))?;
    if let Some(warning) = profile.warning() {
        warn(warning);
    }
    Ok(())
}

fn set(profile: &mut Profile, pairs: &[&str], out: &mut dyn Write) -> Result<(), Error> {
    let (mut credential, mut configure) = (false, false);
    for pair in pairs.chunks(2) {
        let &[name, value] = pair else { continue };
        let value = &if value == "-" { line_of(name)? } else { value.to_owned() };
        match name {
            "use-cvm-role" => {
                let kind = match value.to_lowercase().as_str() {
                    "true" => "cvm-role",
                    "false" => "default",
                    _ => return Err(arguments("use-cvm-role must be true or false")),
                };
                profile.set_secret("type", kind);
                credential = true;
            }
            _ if CREDENTIAL.contains(&name) => {
                if ["secretKey", "token"].contains(&name) && !pairs.contains(&"-") {
                    warn(format_args!(
                        "the shell keeps the {name} of this command in its history; `tcapi configure` asks for it instead"
                    ));
                }
                profile.set_secret(name, value);
                credential = true;
            }
            _ if SETTINGS.contains(&name) => {
                profile.set_system(name, accepted(name, value, out)?);
                configure = true;
            }
            _ => {
                let Some((service, key)) = name.split_once('.') else {
                    let near = crate::args::did_you_mean(name, CREDENTIAL.into_iter().chain(SETTINGS));
                    return Err(configuration(format!("unknown setting `{name}`{near}")));
                };
                let folder = if service == "waiter" { service } else { actions::service(service)?.name() };
                check_service(folder, key, value)?;
                profile.set_service(folder, key, value)?;
                configure = true;
            }
        }
    }
    if configure {
        profile.save_configure()?;
    }
    if credential {
        profile.save_credential()?;
    }
    Ok(())
}

/// A value that the setting accepts; as tccli, the default with a word about it instead of one that it does not.
fn accepted<'a>(name: &str, value: &'a str, out: &mut dyn Write) -> Result<&'a str, Error> {
    if name == "output" && value.parse::<Format>().is_err() {
        written(writeln!(out, "Output format must be {}. Set as default: json", output_formats()))?;
        return Ok("json");
    }
    if name == "region" {
        Region::new(value.to_owned()).check().map_err(|error| arguments(error.to_string()))?;
        region::warning(value).into_iter().for_each(warn);
    }
    if name == "language" && !["zh-CN", "en-US"].contains(&value) {
        written(writeln!(out, "Language must be zh-CN or en-US. Set as default: zh-CN"))?;
        return Ok("zh-CN");
    }
    Ok(value)
}

/// Checks a setting of a service. A key that no call uses, and a version that the catalog does not have, are warnings.
fn check_service(folder: &str, key: &str, value: &str) -> Result<(), Error> {
    let keys = if folder == "waiter" { WAITER } else { SERVICE };
    if !keys.contains(&key) {
        let near = crate::args::did_you_mean(key, keys);
        warn(format_args!(
            "`{folder}.{key}` has no effect; calls use {}{near}",
            keys.map(|key| format!("`{folder}.{key}`")).join(" and ")
        ));
    }
    if folder == "waiter" {
        return Ok(());
    }
    if key == "endpoint" {
        tc_core::Endpoint::parse(value).map_err(|error| arguments(format!("{folder}.endpoint: {error}")))?;
    }
    let service = actions::service(folder)?;
    let mut versions: Vec<&str> = tc_catalog::Site::ALL.into_iter().flat_map(|site| service.versions(site)).collect();
    versions.sort_unstable();
    versions.dedup();
    if key == "version" && !versions.contains(&value) {
        warn(format_args!(
            "{folder} has no version {value} in the catalog; available versions: {}",
            versions.join(" ")
        ));
    }
    Ok(())
}

/// The accepted output formats: `json, text, … or ndjson`.
fn output_formats() -> String {
    let names = Format::ALL.map(Format::name);
    match names.split_last() {
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn set_root_domain(profile: &mut Profile, domain: &str) -> Result<(), Error> {
    tc_core::Endpoint::root_domain(domain).map_err(|error| arguments(error.to_string()))?;
    for service in actions::catalog()?.services() {
        if service.versions(tc_catalog::Site::China).len() > 0 {
            profile.set_service(service.name(), "endpoint", &format!("{}.{domain}", service.wire_name()))?;
            if let Some(version) = assumed(service.name(), "version")
                && profile.service(service.name(), "version").is_none()
            {
                profile.set_service(service.name(), "version", &version)?;
            }
        }
    }
    profile.save_configure()
}

/// Asks for key, region and output. On a terminal the key is not shown.
fn ask(profile: &mut Profile, out: &mut dyn Write) -> Result<(), Error> {
    let kind = profile.secret("type");
    if let Some(method) = match kind.as_deref() {
        Some("sso") => Some("SSO"),
        Some("oauth") => Some("OAuth"),
        Some("cvm-role") => Some("CVM Role"),
        _ => None,
    } {
        written(writeln!(
            out,
            "Current authentication method: {method}.\nContinuing will switch to static SecretId/SecretKey credentials.\n\
             The existing credential refresh capability will no longer be used."
        ))?;
        if !prompt(out, "Continue? [y/N]: ")?.trim().eq_ignore_ascii_case("y") {
            return written(writeln!(out, "Configuration cancelled. No changes were saved."));
        }
        profile.credential.clear();
    }
    for name in ["secretId", "secretKey"] {
        let old = profile.secret(name);
        let shown = old.as_deref().map_or_else(|| "None".to_owned(), |old| mask(old)[15..].to_owned());
        let answer = hidden(out, &format!("TencentCloud API {name}[{shown}]: "), name == "secretKey")?;
        if !answer.is_empty() {
            profile.set_secret(name, &answer);
            if name == "secretId" {
                // A token belongs to the key before.
                profile.credential.shift_remove("token");
            }
        }
    }
    let region = profile.system("region").unwrap_or_else(|| DEFAULT_REGION.to_owned());
    let answer = prompt(out, &format!("Default region name[{region}]: "))?;
    let given = Region::new(if answer.is_empty() { region.clone() } else { answer });
    match given.check() {
        Ok(()) => {
            region::warning(given.as_str()).into_iter().for_each(warn);
            profile.set_system("region", given.as_str());
        }
        Err(error) => {
            written(writeln!(out, "{error}. Not changed: {region}"))?;
            profile.set_system("region", &region);
        }
    }
    let output = profile.system("output").unwrap_or_else(|| "json".to_owned());
    let answer = prompt(out, &format!("Default output format[{output}]: "))?;
    if !answer.is_empty() && answer.parse::<Format>().is_err() {
        written(writeln!(out, "Output format must be {}. Not changed: {output}", output_formats()))?;
    }
    profile.set_system("output", if answer.parse::<Format>().is_ok() { &answer } else { &output });
    for (name, value) in [("arrayCount", Value::from(10)), ("warning", Value::from("off"))] {
        if profile.system(name).is_none() {
            profile.set_system_value(name, value);
        }
    }
    profile.save_configure()?;
    profile.save_credential()?;
    if profile.secret("secretId").is_none() || profile.secret("secretKey").is_none() {
        return written(writeln!(
            out,
            "Warning: SecretId or SecretKey is empty. Subsequent API requests may fail authentication."
        ));
    }
    written(writeln!(out, "Configure saved successfully."))
}

fn prompt(out: &mut dyn Write, question: &str) -> Result<String, Error> {
    written(write!(out, "{question}").and_then(|()| out.flush()))?;
    read_line()?.ok_or_else(|| {
        configuration(format!("standard input ended at the question `{}`; nothing was saved", question.trim()))
    })
}

/// The line of standard input that is the value of a setting.
fn line_of(name: &str) -> Result<String, Error> {
    match read_line()? {
        Some(line) if !line.is_empty() => Ok(line),
        Some(_) => Err(configuration(format!("the line of standard input for {name} is empty; nothing was saved"))),
        None => Err(configuration(format!("standard input has no line for {name}; nothing was saved"))),
    }
}

/// An answer that is not shown, where it comes from a terminal and is a secret.
fn hidden(out: &mut dyn Write, question: &str, secret: bool) -> Result<String, Error> {
    if !secret || !io::stdin().is_terminal() {
        return prompt(out, question);
    }
    written(write!(out, "{question}").and_then(|()| out.flush()))?;
    let answer = rpassword::read_password().map_err(|error| configuration(format!("cannot read the key: {error}")))?;
    Ok(answer.trim().to_owned())
}

/// The next line; `None` at the end.
fn read_line() -> Result<Option<String>, Error> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    let read = read.map_err(|error| configuration(format!("cannot read standard input: {error}")))?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}
