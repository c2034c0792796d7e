//! `tcapi explorer`: a page on this machine for every action.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::{CommandFactory, Parser};

use super::arguments;
use crate::call::written;
use crate::error::{Error, Kind};
use crate::explorer::Explorer;
use crate::profile::{home, write_private};
use crate::warning::warn;

/// The program ends after this time without a request.
const IDLE: Duration = Duration::from_hours(1);
/// The time after which the file for the browser is removed.
const OPENING: Duration = Duration::from_secs(30);

/// A page on this machine for every action: search, forms with their limits, calls, signatures, code.
///
/// The only line on standard output is the URL of the page. It works once: the browser that opens it gets a cookie. Calls
/// go to an emulator in this program unless you choose the cloud. The program ends after an hour without a request.
#[derive(Debug, Parser)]
#[command(name = "tcapi explorer", no_binary_name = false)]
struct Arguments {
    /// The port of 127.0.0.1 to listen at; 0: a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
}

/// The parser of its arguments.
pub(super) fn parser() -> clap::Command {
    Arguments::command()
}

/// Runs the Explorer until it is interrupted or idle.
///
/// # Errors
/// An argument cannot be used, or the port is taken.
pub(crate) fn run(args: &[String], out: &mut dyn Write) -> Result<(), Error> {
    let Some(arguments) = arguments::<Arguments>("tcapi explorer", args, out)? else { return Ok(()) };
    let runtime = tc_core::tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Kind::Other, format!("cannot start: {error}")))?;
    runtime.block_on(async {
        let explorer = Explorer::start(arguments.port, IDLE).await.map_err(|error| {
            Error::new(Kind::Configuration, format!("cannot listen at 127.0.0.1:{}: {error}", arguments.port))
        })?;
        written(writeln!(out, "{}", explorer.url()).and_then(|()| out.flush()))?;
        let page = Page::of(explorer.url(), !arguments.no_open);
        let ended = tokio::select! {
            ended = explorer.ended() => ended,
            _ = tokio::signal::ctrl_c() => Ok(()),
            never = page.open() => match never {},
        };
        ended.map_err(|error| Error::new(Kind::Other, format!("the server failed: {error}")))
    })
}

/// A file that redirects the browser to the page. The URL contains the token, and every user of a machine can read the arguments of its
/// processes, so the browser is given a file that only its owner can read.
struct Page(Option<(PathBuf, String)>);

impl Page {
    fn of(url: &str, is_wanted: bool) -> Self {
        let path = home()
            .filter(|_| is_wanted)
            .map(|home| home.join(".tcapi").join(format!("explorer-{}.html", std::process::id())));
        let page = format!(
            "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url={url}\"><title>tcapi explorer</title>"
        );
        Self(path.map(|path| (path, page)))
    }

    /// Opens the file in the browser, and removes it later.
    async fn open(self) -> std::convert::Infallible {
        if let Some((path, page)) = &self.0 {
            let opened = write_private(path, page.as_bytes()).and_then(|()| open::that_detached(path));
            if let Err(error) = opened {
                warn(format_args!("cannot open a browser ({error}); open the URL above"));
            }
            tokio::time::sleep(OPENING).await;
            let _ = std::fs::remove_file(path);
        }
        std::future::pending().await
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some((path, _)) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}
