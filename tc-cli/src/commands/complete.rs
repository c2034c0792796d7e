//! Completion: the candidates for `tcapi __complete`, and the scripts of the shells that call it.

use std::io::Write;

use tc_spec::{Limit, ModelSpec, ParamSpec, Type, Values};

use super::configure;
use super::words::{limits, type_name};
use super::{Accepts, COMMANDS, usage};
use crate::actions::{self, Target};
use crate::args::{CommandLine, OPTIONS, Opt, Takes, is_option};
use crate::call::written;
use crate::error::Error;
use crate::output::Format;
use crate::profile::Settings;

/// One candidate: the word, and its description.
type Offer = (String, String);

const USAGE: &str = "Usage: tcapi completion bash|zsh|fish|powershell";

/// `tcapi completion SHELL`: the script that a shell loads.
///
/// # Errors
/// The shell is unknown.
pub(crate) fn script(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let line = CommandLine::parse(args.iter().cloned())?;
    line.only("completion", &[])?;
    if line.options.has("help") {
        return usage::help("completion", USAGE, out);
    }
    let [shell] = line.words.as_slice() else { return Err(usage::refused("completion", USAGE)) };
    let script = match shell.as_str() {
        "bash" => include_str!("complete/tcapi.bash"),
        "zsh" => include_str!("complete/tcapi.zsh"),
        "fish" => include_str!("complete/tcapi.fish"),
        "powershell" | "pwsh" => include_str!("complete/tcapi.ps1"),
        "help" => return usage::help("completion", USAGE, out),
        _ => return Err(usage::refused("completion", USAGE)),
    };
    written(out.write_all(script.as_bytes()))
}

/// `tcapi __complete WORD… CURRENT`: a line for each candidate, its description after a tab.
///
/// # Errors
/// Standard output cannot be written. An incomplete line that cannot be read has no candidates.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let mut words = joined(args);
    let current = words.pop().unwrap_or_default();
    let offers = offers(&words, &current).unwrap_or_default();
    written(offers.into_iter().try_for_each(|(word, about)| {
        if about.is_empty() { writeln!(out, "{word}") } else { writeln!(out, "{word}\t{about}") }
    }))
}

/// Joins words that bash cut at `=`.
fn joined(args: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut glue = false;
    for arg in args {
        match words.last_mut() {
            Some(last) if arg == "=" && last.starts_with("--") && !last.contains('=') => {
                last.push('=');
                glue = true;
            }
            Some(last) if glue => {
                last.push_str(arg);
                glue = false;
            }
            _ => words.push(arg.clone()),
        }
    }
    words
}

fn offers(words: &[String], current: &str) -> Option<Vec<Offer>> {
    let place = Place::of(words);
    if let Some((name, value)) = current.strip_prefix("--").and_then(|rest| rest.split_once('=')) {
        let values = place.values(name)?;
        let whole = values.into_iter().filter(|(word, _)| word.starts_with(value));
        return Some(whole.map(|(word, about)| (format!("--{name}={word}"), about)).collect());
    }
    let mut offers = if current.starts_with('-') {
        place.options(current)
    } else if let Some(name) = &place.open {
        place.values(name).unwrap_or_default()
    } else {
        place.words()
    };
    offers.retain(|(word, _)| word.starts_with(current));
    Some(offers)
}

/// Where on the line the cursor is.
struct Place {
    /// Subcommand, service, action: the words that stand alone.
    words: Vec<String>,
    /// The option whose value comes next, if one does.
    open: Option<String>,
    options: crate::args::Options,
}

impl Place {
    fn of(line: &[String]) -> Self {
        let mut place = Self { words: Vec::new(), open: None, options: crate::args::Options::default() };
        // A parameter may have several words, an option of the program has one.
        let mut many = false;
        for word in line {
            if let Some((name, value)) = is_option(word) {
                let option = Opt::find(name).ok().flatten().filter(|_| name.starts_with(char::is_lowercase));
                many = option.is_none();
                place.open = match (value, option) {
                    (Some(value), Some(option)) => {
                        let _ = place.options.insert(option, value.to_owned());
                        None
                    }
                    (Some(_), None) => None,
                    (None, Some(option)) => matches!(option.takes, Takes::Value(_)).then(|| option.name.to_owned()),
                    (None, None) => Some(name.to_owned()),
                };
            } else if let Some(name) = place.open.clone() {
                if !many {
                    if let Ok(Some(option)) = Opt::find(&name) {
                        let _ = place.options.insert(option, word.clone());
                    }
                    place.open = None;
                }
            } else {
                place.words.push(word.clone());
            }
        }
        place
    }

    /// The service and the action on the line, whether it is a call or asks about one.
    fn named(&self) -> &[String] {
        match self.words.first().map(String::as_str) {
            Some("show" | "example" | "code" | "sign") => &self.words[1..],
            _ => &self.words,
        }
    }

    fn target(&self) -> Option<Target> {
        let [service, action, ..] = self.named() else { return None };
        let settings = Settings::load(&self.options).ok()?;
        actions::find(service, action, &settings, &self.options).ok()
    }

    fn words(&self) -> Vec<Offer> {
        let first = self.words.first().map(String::as_str);
        let plain = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), String::new())).collect();
        match (first, self.words.len()) {
            (None, _) => {
                let commands = COMMANDS.iter().map(|command| (command.name.to_owned(), command.about.to_owned()));
                commands.chain(self.services()).chain([("help".to_owned(), "help".to_owned())]).collect()
            }
            (Some("configure"), 1) => plain(&["list", "get", "set", "remove", "set-root-domain", "help"]),
            (Some("configure"), _) if matches!(self.words[1].as_str(), "get" | "set") => self.settings(),
            (Some("completion"), 1) => plain(&["bash", "zsh", "fish", "powershell"]),
            (Some("catalog"), 1) => plain(&["build", "dump"]),
            (Some("docs"), 1) => plain(&["import"]),
            (Some(command), _) if COMMANDS.iter().any(|known| known.name == command) => match self.named() {
                named if named.len() == self.words.len() => Vec::new(),
                [] => self.services(),
                [service] => self.actions(service),
                [_, _] if command == "example" => {
                    plain(&crate::snippet::Language::ALL.map(crate::snippet::Language::name))
                }
                _ => Vec::new(),
            },
            (Some(service), 1) => {
                let mut offers = self.actions(service);
                offers.push(("help".to_owned(), "the actions of the service".to_owned()));
                offers
            }
            (_, 2) => plain(&["help"]),
            _ => Vec::new(),
        }
    }

    /// The names of settings for `configure get` and `configure set`, which alternate with values in the latter.
    fn settings(&self) -> Vec<Offer> {
        let is_value = self.words[1] == "set" && self.words.len() % 2 == 1;
        let Some(name) = self.words.last().filter(|_| is_value) else {
            return configure::names().map(|name| (name.to_owned(), String::new())).collect();
        };
        match name.as_str() {
            "region" | "output" | "language" => self.values(name).unwrap_or_default(),
            "use-cvm-role" => ["true", "false"].map(|word| (word.to_owned(), String::new())).into(),
            _ => Vec::new(),
        }
    }

    fn services(&self) -> Vec<Offer> {
        let (Ok(catalog), Ok(site)) = (actions::catalog(), actions::site(&self.options)) else { return Vec::new() };
        let services = catalog.services().filter(|service| service.versions(site).len() > 0);
        services.map(|service| (service.name().to_owned(), String::new())).collect()
    }

    fn actions(&self, service: &str) -> Vec<Offer> {
        let find = || {
            let service = actions::service(service).ok()?;
            let settings = Settings::load(&self.options).ok()?;
            let version = settings.version(&self.options, service.name());
            let module = actions::module(service, actions::site(&self.options).ok()?, version.as_deref()).ok()?;
            Some(module.actions().map(|action| (action.name().to_owned(), String::new())).collect())
        };
        find().unwrap_or_default()
    }

    fn options(&self, current: &str) -> Vec<Offer> {
        let mut offers = Vec::new();
        if let Some(target) = self.target() {
            params(target.spec.request, current.trim_start_matches('-'), &mut offers);
        }
        let accepts = self.words.first().and_then(|first| super::named(first)).map(|command| command.accepts);
        let of_sign = ["at", "compare"];
        let is_accepted = |name: &str| match accepts {
            None => !of_sign.contains(&name),
            Some(Accepts::Calls(more)) => !of_sign.contains(&name) || more.contains(&name),
            Some(Accepts::These(names)) => names.contains(&name) || name == "help" || name == "exit-codes",
            Some(Accepts::Parser(_)) => name == "exit-codes",
        };
        if let Some(Accepts::Parser(parser)) = accepts {
            offers.extend(options_of(&self.parser(parser())));
        }
        let options = OPTIONS.iter().filter(|option| is_accepted(option.name));
        offers.extend(options.map(|option| (format!("--{}", option.name), option.help.to_owned())));
        if let Some(Accepts::Calls(more)) = accepts {
            let others = more.iter().filter(|name| OPTIONS.iter().all(|option| option.name != **name));
            offers.extend(others.map(|name| (format!("--{name}"), String::new())));
        }
        offers
    }

    /// The parser of the subcommand's own subcommand, if the line names one.
    fn parser(&self, parser: clap::Command) -> clap::Command {
        let inner = self.words.get(1).and_then(|word| parser.find_subcommand(word)).cloned();
        inner.unwrap_or(parser)
    }

    fn values(&self, name: &str) -> Option<Vec<Offer>> {
        let texts = |texts: &[&str]| texts.iter().map(|text| ((*text).to_owned(), String::new())).collect::<Vec<_>>();
        if name.starts_with(char::is_lowercase) {
            let option = Opt::find(name).ok()??;
            return Some(match option.name {
                "region" => tc_core::Region::KNOWN.iter().map(|region| (region.to_string(), String::new())).collect(),
                "profile" => profiles(),
                "version" => {
                    let service = actions::service(self.named().first()?).ok()?;
                    texts(&service.versions(actions::site(&self.options).ok()?).collect::<Vec<_>>())
                }
                "output" => texts(&Format::ALL.map(Format::name)),
                _ => texts(option.values),
            });
        }
        let target = self.target()?;
        let param = at_path(target.spec.request, name)?;
        Some(match param.ty {
            Type::Boolean => texts(&["true", "false"]),
            Type::Enum(values) => {
                values.values.iter().map(|value| (value.name.to_owned(), value.doc.to_owned())).collect()
            }
            _ => param.limits.iter().find_map(accepted).unwrap_or_default(),
        })
    }
}

/// The options that a parser accepts, with the first lines of their help.
fn options_of(parser: &clap::Command) -> Vec<Offer> {
    let help = |option: &clap::Arg| option.get_help().map(ToString::to_string).unwrap_or_default();
    let options = parser.get_arguments().filter_map(|option| Some((format!("--{}", option.get_long()?), help(option))));
    options.chain([("--help".to_owned(), "help".to_owned())]).collect()
}

/// The values that a limit names.
fn accepted(limit: &Limit) -> Option<Vec<Offer>> {
    let Limit::Values(values) = limit else { return None };
    let texts: Vec<String> = match values {
        Values::Texts(texts) => texts.iter().map(|text| (*text).to_owned()).collect(),
        Values::Integers(numbers) => numbers.iter().map(ToString::to_string).collect(),
        Values::Floats(numbers) => numbers.iter().map(|(_, text)| (*text).to_owned()).collect(),
    };
    Some(texts.into_iter().map(|text| (text, String::new())).collect())
}

/// The parameter at a path such as `Filters.0.Name`.
fn at_path(model: &'static ModelSpec, path: &str) -> Option<&'static ParamSpec> {
    let mut names = path.split('.').filter(|piece| piece.parse::<usize>().is_err());
    let mut param = model.param(names.next()?)?;
    for name in names {
        let Type::Model(nested) = param.ty else { return None };
        param = nested.get().param(name)?;
    }
    Some(param)
}

/// The parameters that can continue `current`: those at its level, and for objects the members one level below.
fn params(model: &'static ModelSpec, current: &str, offers: &mut Vec<Offer>) {
    let (before, _) = current.rsplit_once('.').map_or(("", current), |(before, last)| (before, last));
    let (model, prefix) = if before.is_empty() {
        (model, String::new())
    } else {
        match at_path(model, before) {
            Some(ParamSpec { ty: Type::Model(nested), .. }) => {
                // Members of a list have a number before them.
                let numbered = before.rsplit('.').next().is_some_and(|last| last.parse::<usize>().is_ok());
                let list = at_path(model, before).is_some_and(ParamSpec::is_list);
                let index = if list && !numbered { ".0." } else { "." };
                (nested.get(), format!("{before}{index}"))
            }
            _ => return,
        }
    };
    for param in model.params {
        let mut about = limits(param);
        about.insert(0, type_name(param));
        if param.required {
            about.insert(1, "required".to_owned());
        }
        let name = format!("{prefix}{}", param.name);
        offers.push((format!("--{name}"), about.join("; ")));
        if let Type::Model(nested) = param.ty {
            let index = if param.is_list() { ".0." } else { "." };
            let members = nested.get().params.iter();
            offers.extend(members.map(|member| (format!("--{name}{index}{}", member.name), type_name(member))));
        }
    }
}

fn profiles() -> Vec<Offer> {
    crate::profile::in_tccli().into_iter().map(|name| (name, String::new())).collect()
}
