//! Printing a response: members in order, the result of a query or chosen columns, in the chosen format.

use std::cell::Cell;
use std::io::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use tc_core::Response;

use super::{missing_rows, unknown_members, written};
use crate::actions::Target;
use crate::args::CommandLine;
use crate::error::{Error, arguments};
use crate::output::{Columns, Filter, Format, Members, Screen, arrange, write};
use crate::profile::Settings;
use crate::warning::warn;

/// How a response is printed.
pub(super) struct Printer<'a> {
    pub(super) target: &'a Target,
    pub(super) format: Format,
    pub(super) filter: Option<Filter>,
    pub(super) columns: Option<Columns>,
    members: Members,
    pub(super) screen: Screen,
    quiet: bool,
    verbose: bool,
    warning: bool,
    /// Whether the warning about missing rows was printed.
    warned: Cell<bool>,
}

impl<'a> Printer<'a> {
    /// Reads the options and the profile.
    ///
    /// # Errors
    /// A query cannot be compiled, or a format does not exist.
    pub(super) fn new(
        line: &CommandLine,
        settings: &Settings,
        target: &'a Target,
        screen: Screen,
    ) -> Result<Self, Error> {
        let options = &line.options;
        let format = settings.output(options)?;
        let query =
            |name: &str| -> Result<Option<&str>, Error> { Ok(options.get(name).filter(|text| !text.is_empty())) };
        let filter = query("filter")?.map(Filter::new).transpose();
        let filter = filter.map_err(|error| arguments(format!("argument --filter: {error}")))?;
        let columns = query("columns")?.map(Columns::new).transpose();
        let columns = columns.map_err(|error| arguments(format!("argument --columns: {error}")))?;
        unknown_members::warnings(target, filter.as_ref(), columns.as_ref()).into_iter().for_each(warn);
        let members = match options.get("members") {
            Some(name) => name.parse().map_err(arguments)?,
            // The members that tccli prints; for JSON also the undeclared ones.
            None => match format {
                Format::Json => Members::All,
                Format::Text | Format::Table => Members::Declared,
                Format::Yaml | Format::Ndjson => Members::Sent,
            },
        };
        Ok(Self {
            target,
            format,
            filter,
            columns,
            members,
            screen,
            quiet: options.has("quiet"),
            verbose: options.has("verbose"),
            warning: options.has("warning") || settings.profile.system("warning").as_deref() == Some("on"),
            warned: Cell::new(false),
        })
    }

    /// Returns the response with its members in order and its RequestId. Warnings and coercions go to standard error.
    pub(super) fn answer(&self, response: Response<Value>) -> Value {
        if self.verbose {
            for coercion in response.coercions() {
                warn(format_args!("the response does not match its schema: {coercion}"));
            }
            anstream::eprintln!("request {}, {} attempt(s)", response.request_id(), response.attempts());
        }
        if let Some(warning) = response.deprecated_warning().filter(|_| self.warning) {
            warn(warning);
        }
        let request_id = response.request_id().to_owned();
        let mut answer = arrange(response.into_inner(), self.target.spec.response.get(), self.members);
        if let Value::Object(members) = &mut answer
            && !request_id.is_empty()
        {
            // Last, as it is declared.
            members.shift_remove("RequestId");
            members.insert("RequestId".to_owned(), Value::String(request_id));
        }
        answer
    }

    /// Prints a response, or the result of the query or the columns.
    pub(super) fn print(&self, answer: Value, out: &mut dyn Write) -> Result<(), Error> {
        let value = self.chosen(answer)?;
        written(write(out, &value, self.format, self.screen).and_then(|()| out.flush()))
    }

    /// The result of the query or the columns on a response.
    pub(super) fn chosen(&self, answer: Value) -> Result<Value, Error> {
        let value = match &self.filter {
            Some(filter) => filter.search(&answer).map_err(|error| arguments(format!("argument --filter: {error}")))?,
            None => answer,
        };
        let Some(columns) = &self.columns else { return Ok(value) };
        let rows = if self.filter.is_some() { value } else { self.rows(value)? };
        self.cells(columns, &rows)
    }

    /// The columns of rows. Prints a warning, once, if there are no rows with such members.
    fn cells(&self, columns: &Columns, rows: &Value) -> Result<Value, Error> {
        let cells = columns.rows(rows).map_err(|error| arguments(format!("argument --columns: {error}")))?;
        if !self.warned.get()
            && let Some(warning) = missing_rows::warning(self.target, self.filter.as_ref(), columns, rows, &cells)
        {
            self.warned.set(true);
            warn(format_args!("argument --columns: {warning}"));
        }
        Ok(cells)
    }

    /// The result of the query on a page, or the columns of its rows.
    pub(super) fn chosen_rows(&self, rows: Value) -> Result<Value, Error> {
        match &self.columns {
            Some(columns) if self.filter.is_none() => self.cells(columns, &rows),
            _ => self.chosen(rows),
        }
    }

    /// The rows of a response: the items of a page, or its only list.
    pub(super) fn rows(&self, mut answer: Value) -> Result<Value, Error> {
        if let Some(path) = self.target.items() {
            let found = path.iter().try_fold(&mut answer, |value, name| value.get_mut(*name));
            return Ok(found.map(Value::take).unwrap_or_default());
        }
        let lists: Vec<String> = match &answer {
            Value::Object(members) => {
                members.iter().filter(|(_, value)| value.is_array()).map(|(name, _)| name.clone()).collect()
            }
            _ => Vec::new(),
        };
        match lists.as_slice() {
            [only] => Ok(answer[only].take()),
            [] => Ok(answer),
            several => Err(arguments(format!(
                "the response has several lists ({}); choose one by --filter",
                several.join(", ")
            ))),
        }
    }

    /// A spinner on standard error; hidden if that is not a terminal.
    pub(super) fn spinner(&self) -> ProgressBar {
        let spinner = ProgressBar::with_draw_target(None, self.draw_target());
        spinner.enable_steady_tick(Duration::from_millis(120));
        spinner
    }

    /// A bar on standard error; hidden if that is not a terminal.
    pub(super) fn bar(&self) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(None, self.draw_target());
        bar.set_style(unknown_length());
        bar
    }

    fn draw_target(&self) -> ProgressDrawTarget {
        if self.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() }
    }
}

fn unknown_length() -> ProgressStyle {
    ProgressStyle::with_template("{spinner} {pos} items, {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
}

/// The style of a bar whose length is known.
pub(super) fn known_length() -> ProgressStyle {
    ProgressStyle::with_template("{bar:32} {pos}/{len} items, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
