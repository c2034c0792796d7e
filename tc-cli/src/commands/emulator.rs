//! `tcapi emulator`: a server on loopback that answers every action of the catalog.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{CommandFactory, Parser};
use serde_json::Value;
use tc_core::emulator::{Emulator, Received, SECRET_ID, SECRET_KEY};
use tc_core::{Clock, SystemClock};

use super::arguments;
use crate::actions;
use crate::args::expand;
use crate::call::written;
use crate::emulator::{
    Answers, CatalogDirectory, Certificates, Maker, NAMES, declared, fault_names, fault_text, parse_fault,
};
use crate::error::{Error, Kind, configuration};
use crate::profile::{Keys, Settings, home};
use crate::warning::warn;

/// Serves every action of the catalog on 127.0.0.1: verifies signatures and parameters like the real gateway, and
/// generates responses from the documented types and limits.
///
/// The first line on standard output is its URL. Use it as the endpoint of any client (tcapi: --endpoint URL). The
/// example key of the official documentation is accepted, and the key of your environment or profile. Each request is
/// printed on standard error when it arrives.
#[derive(Debug, Parser)]
#[command(name = "tcapi emulator", no_binary_name = false, after_help = faults())]
struct Arguments {
    /// The port on 127.0.0.1; 0 chooses a free port
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// A fault to inject: 'code:RequestLimitExceeded x2', 'late:1.5 always', 'status:502 10% @DescribeZones'
    #[arg(long, value_name = "FAULT")]
    fault: Vec<String>,
    /// Return an error for more calls per second than are documented
    #[arg(long)]
    rate: bool,
    /// A JSON file with your own responses: {"cvm.DescribeZones": {"TotalCount": 0}}
    #[arg(long, value_name = "FILE")]
    answer: Vec<String>,
    /// The number of items in every list that is paged
    #[arg(long, default_value_t = 42)]
    items: u64,
    /// The seed of the generated values
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The profile whose key is also accepted
    #[arg(long)]
    profile: Option<String>,
    /// Serve HTTPS, with a new certificate authority for this run; how to trust it is printed on standard error
    #[arg(long)]
    tls: bool,
    /// The file for the certificate of that authority (default: ~/.tcapi/emulator-PORT.pem, removed at the end)
    #[arg(long, value_name = "FILE", requires = "tls")]
    ca_file: Option<String>,
    /// Do not print requests
    #[arg(long)]
    quiet: bool,
    /// End after this many seconds
    #[arg(long, value_name = "SECONDS")]
    seconds: Option<f64>,
}

/// The parser of its arguments.
pub(super) fn parser() -> clap::Command {
    Arguments::command()
}

/// Runs the emulator until it is interrupted.
///
/// # Errors
/// An argument cannot be used, a file cannot be written, or the port is in use.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let Some(arguments) = arguments::<Arguments>("tcapi emulator", args, out)? else { return Ok(()) };
    let faults = arguments
        .fault
        .iter()
        .map(|text| parse_fault(text).map_err(|error| crate::error::arguments(format!("--fault: {error}"))));
    let faults = faults.collect::<Result<Vec<_>, _>>()?;
    let directory = CatalogDirectory::new(
        actions::catalog()?,
        Maker { seed: arguments.seed, items: arguments.items },
        answers(&arguments.answer)?,
    );
    let quiet = arguments.quiet;
    let mut builder = Emulator::builder()
        .key(SECRET_ID, SECRET_KEY)
        .port(arguments.port)
        .seed(arguments.seed)
        .without_recording()
        .directory(directory)
        .observer(move |received| {
            if !quiet {
                anstream::eprintln!("{}", line(received));
            }
        });
    if arguments.rate {
        builder = builder.enforce_rates();
    }
    let certificates = if arguments.tls { Some(certificates()?) } else { None };
    if let Some(Certificates { chain, key, .. }) = &certificates {
        builder = builder.tls(chain.clone(), key.clone());
    }
    let mut options = crate::args::Options::default();
    if let Some(profile) = &arguments.profile {
        options.set("profile", profile)?;
    }
    if let Keys::Static { secret_id, secret_key, token, .. } = Settings::load(&options)?.keys(&options)? {
        builder = match token {
            Some(token) => builder.temporary_key(secret_id, secret_key, token),
            None => builder.key(secret_id, secret_key),
        };
    }
    let seconds = arguments.seconds.map(Duration::try_from_secs_f64).transpose();
    let seconds = seconds.map_err(|error| crate::error::arguments(format!("--seconds: {error}")))?;
    let runtime = tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Kind::Other, format!("cannot start: {error}")))?;
    runtime.block_on(async {
        let emulator = builder.start().await;
        let emulator = emulator.map_err(|error| {
            Error::new(Kind::Configuration, format!("cannot listen at 127.0.0.1:{}: {error}", arguments.port))
        })?;
        for fault in faults {
            emulator.inject(fault);
        }
        let authority = match &certificates {
            Some(certificates) => Some(AuthorityFile::write(arguments.ca_file.as_deref(), &emulator, certificates)?),
            None => None,
        };
        written(writeln!(out, "{}", emulator.url()).and_then(|()| out.flush()))?;
        if !quiet {
            if let Some(authority) = &authority {
                anstream::eprintln!("{}", how_to_trust(&authority.path));
            }
            anstream::eprintln!("accepted key: {SECRET_ID} / {SECRET_KEY}; end with Ctrl-C");
        }
        let interrupted = tokio::signal::ctrl_c();
        match seconds {
            Some(time) => {
                let _ = tokio::time::timeout(time, interrupted).await;
            }
            None => {
                let _ = interrupted.await;
            }
        }
        Ok(())
    })
}

/// The faults of `--fault`, for help.
fn faults() -> String {
    let mut lines = vec![String::new()];
    for name in fault_names() {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < 90 => {
                line.extend([if line.is_empty() { "  " } else { ", " }, name]);
            }
            _ => lines.push(format!("  {name}")),
        }
    }
    format!(
        "Faults, of which one is injected into the next request:\n{}\n\
         After a fault: how often (x2, always, 10%), and of which action (@DescribeZones)",
        lines.join(",\n")
    )
}

fn certificates() -> Result<Certificates, Error> {
    Certificates::create(SystemClock.now())
        .map_err(|error| Error::new(Kind::Other, format!("cannot create certificates: {error}")))
}

/// The file with the certificate of the authority.
struct AuthorityFile {
    path: PathBuf,
    /// Whether the program chose the path. Then it removes the file at the end.
    is_default: bool,
}

impl AuthorityFile {
    fn write(path: Option<&str>, emulator: &Emulator, certificates: &Certificates) -> Result<Self, Error> {
        let port = emulator.host().rsplit(':').next().unwrap_or_default();
        let file = match path {
            Some(path) => Self { path: expand(path), is_default: false },
            None => {
                let home = home().ok_or_else(|| configuration("there is no home directory: give --ca-file FILE"))?;
                Self { path: home.join(".tcapi").join(format!("emulator-{port}.pem")), is_default: true }
            }
        };
        let folder = if file.is_default { file.path.parent() } else { None };
        let written = folder.map_or(Ok(()), std::fs::create_dir_all);
        written.and_then(|()| std::fs::write(&file.path, &certificates.authority)).map_err(|error| {
            configuration(format!(
                "cannot write the certificate of the authority to {}: {error}; --ca-file FILE sets another file",
                file.path.display()
            ))
        })?;
        Ok(file)
    }
}

impl Drop for AuthorityFile {
    fn drop(&mut self) {
        if self.is_default {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn how_to_trust(path: &Path) -> String {
    let (path, names) = (path.display(), NAMES.join(", "));
    format!(
        "certificate for {names}; the certificate of its authority, which is new in each run: {path}\n\
         trust it with\n  \
         tcapi       --ca-file {path}, or SSL_CERT_FILE={path}\n  \
         curl        --cacert {path}\n  \
         Node.js     NODE_EXTRA_CA_CERTS={path}\n  \
         Go          SSL_CERT_FILE={path}\n  \
         Python SDK  HttpProfile(certification=\"{path}\")\n  \
         tccli       cat {path} >> \"$(python3 -m certifi)\", with the python3 of tccli"
    )
}

/// The responses of all files. A later file replaces the responses of an earlier one.
fn answers(files: &[String]) -> Result<Answers, Error> {
    let mut all = serde_json::Map::new();
    for file in files {
        let path = expand(file);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| configuration(format!("cannot read {}: {error}", path.display())))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| Error::new(Kind::Options, format!("{} is not valid JSON: {error}", path.display())))?;
        let Value::Object(answers) = value else {
            let message = format!("{} must contain a JSON object with a response for each action", path.display());
            return Err(Error::new(Kind::Options, message));
        };
        all.extend(answers);
    }
    let checked = declared::check(&all);
    let answers = Answers::new(Value::Object(all)).map_err(|error| configuration(format!("--answer: {error}")))?;
    for warning in checked? {
        warn(warning);
    }
    Ok(answers)
}

/// A request on one line, and below it the error that was returned.
fn line(received: &Received) -> String {
    let Received { service, version, action, region, params, .. } = received;
    let shown = shortened(&actions::hide(service, version, action, params).to_string());
    let [service, version, action, region] = [service, version, action, region].map(|name| printable(name));
    let first = format!("{} {service} {version} {action} {region} {shown}", received.method);
    let fault = received.fault.iter().map(|fault| format!("  injected fault: {}", printable(&fault_text(fault))));
    let error = received.error.iter().map(|error| format!("  error response: {error}"));
    let coercions = received.coercions.iter().map(|coercion| format!("  converted: {}", printable(coercion)));
    std::iter::once(first).chain(fault).chain(error).chain(coercions).collect::<Vec<_>>().join("\n")
}

/// A text of the client on one line: a control character could forge a line or change the terminal.
fn printable(text: &str) -> String {
    let escaped =
        |letter: char| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() };
    shortened(text).chars().map(escaped).collect()
}

fn shortened(text: &str) -> String {
    const MOST: usize = 300;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}
