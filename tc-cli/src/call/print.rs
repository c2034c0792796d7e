//! Printing a response: members in order, the result of a query or chosen columns, in the chosen format.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use tc_core::Response;

use super::{missing_rows, unknown_members, written};
use crate::actions::Target;
use crate::args::CommandLine;
use crate::error::{Error, Kind, arguments};
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
        if columns.as_ref().is_some_and(|columns| columns.filters().next().is_none()) {
            return Err(arguments("argument --columns: names of columns, separated by commas, are expected"));
        }
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
    ///
    /// # Errors
    /// As [`unfiltered`](Self::unfiltered), or standard output cannot be written.
    pub(super) fn print(&self, answer: &Value, out: &mut dyn Write) -> Result<(), Error> {
        let value = match self.chosen(answer) {
            Ok(value) => value,
            Err(error) => return Err(self.unfiltered(answer, self.format, &error, out)),
        };
        written(write(out, &value, self.format, self.screen).and_then(|()| out.flush()))
    }

    /// Prints the whole response, because a query cannot be evaluated on it: the call was carried out, and its response must not
    /// be lost. Prints JSON, and a line of JSON where the format is `ndjson`. Returns the error to report.
    pub(super) fn unfiltered(&self, answer: &Value, format: Format, error: &Error, out: &mut dyn Write) -> Error {
        let format = if format == Format::Ndjson { format } else { Format::Json };
        if let Err(error) = written(write(out, answer, format, self.screen).and_then(|()| out.flush())) {
            return error;
        }
        carried_out(error, answer["RequestId"].as_str())
    }

    /// The result of the query or the columns on a response.
    pub(super) fn chosen<'v>(&self, answer: &'v Value) -> Result<Cow<'v, Value>, Error> {
        let value = match &self.filter {
            Some(filter) => {
                let found = filter.search(answer);
                Cow::Owned(found.map_err(|error| arguments(format!("argument --filter: {error}")))?)
            }
            None => Cow::Borrowed(answer),
        };
        let Some(columns) = &self.columns else { return Ok(value) };
        if self.filter.is_some() {
            return self.cells(columns, &value).map(Cow::Owned);
        }
        self.cells(columns, self.rows(answer)?).map(Cow::Owned)
    }

    /// The same for an event of a stream, which is one row.
    pub(super) fn chosen_event<'v>(&self, event: &'v Value) -> Result<Cow<'v, Value>, Error> {
        match (&self.filter, &self.columns) {
            (None, Some(columns)) => self.cells(columns, event).map(Cow::Owned),
            _ => self.chosen(event),
        }
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

    /// The result of the query on a page, or its rows, or their columns.
    pub(super) fn chosen_rows<'v>(&self, page: &'v Value) -> Result<Cow<'v, Value>, Error> {
        match (&self.filter, &self.columns) {
            (None, None) => self.rows(page).map(Cow::Borrowed),
            _ => self.chosen(page),
        }
    }

    /// The rows of a response: the items of a page, or its only list.
    pub(super) fn rows<'v>(&self, answer: &'v Value) -> Result<&'v Value, Error> {
        if let Some(path) = self.target.items() {
            let found = path.iter().try_fold(answer, |value, name| value.get(*name));
            return Ok(found.unwrap_or(&Value::Null));
        }
        let lists: Vec<&str> = match answer {
            Value::Object(members) => {
                members.iter().filter(|(_, value)| value.is_array()).map(|(name, _)| name.as_str()).collect()
            }
            _ => Vec::new(),
        };
        match lists.as_slice() {
            [only] => Ok(&answer[*only]),
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

/// The error of a query that cannot be evaluated on the response of a call. Its kind is not that of wrong arguments, so that no
/// script repeats the call.
pub(super) fn carried_out(error: &Error, request_id: Option<&str>) -> Error {
    let request_id = request_id.filter(|id| !id.is_empty()).unwrap_or("None");
    let message = format!(
        "{error}\nthe call was carried out (requestId {request_id}); standard output has its response without the option"
    );
    Error::new(Kind::Response, message)
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
