//! A command of curl, also one within a script that sets variables before it.

use std::collections::HashMap;

use super::http::Http;
use crate::explorer::input::Refused;

/// Options that take a value, and are of no interest.
const SKIPPED: &[&str] = &[
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "--cacert",
    "--capath",
    "-E",
    "--cert",
    "--key",
    "-u",
    "--user",
    "-w",
    "--write-out",
    "--retry",
    "--resolve",
    "-D",
    "--dump-header",
    "--limit-rate",
    "-T",
    "--upload-file",
    "-F",
    "--form",
];

/// Whether a text is a command of curl, or a script with one.
pub(super) fn is(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start().trim_start_matches("$ ");
        line == "curl" || line.starts_with("curl ") || line.starts_with("curl\t") || line.starts_with("curl.exe ")
    })
}

/// Reads the command.
///
/// # Errors
/// A quote is open, there is no URL, or the data is in a file.
pub(super) fn read(text: &str) -> Result<Http, Refused> {
    let words = super::words(text).ok_or_else(|| Refused::bad("the curl command has an open quote"))?;
    let start = words.iter().position(|word| word == "curl" || word == "curl.exe").unwrap_or(0);
    let (before, words) = words.split_at(start);
    let variables: HashMap<&str, &str> = before.iter().filter_map(|word| word.split_once('=')).collect();
    let mut command = Command::default();
    let mut words = words.iter().skip(1).map(|word| value_of(word, &variables));
    while let Some(word) = words.next() {
        command.word(word, &mut words)?;
    }
    command.finish()
}

/// A word, or the value of the variable that it is.
fn value_of<'a>(word: &'a str, variables: &HashMap<&str, &'a str>) -> &'a str {
    let name = word.strip_prefix('$').map(|name| name.trim_start_matches('{').trim_end_matches('}'));
    name.and_then(|name| variables.get(name)).copied().unwrap_or(word)
}

#[derive(Default)]
struct Command {
    url: String,
    method: Option<String>,
    headers: Vec<(String, String)>,
    data: Vec<String>,
    is_get: bool,
}

impl Command {
    fn word<'a>(&mut self, word: &'a str, words: &mut impl Iterator<Item = &'a str>) -> Result<(), Refused> {
        let (option, attached) = match word.as_bytes() {
            [b'-', b'H' | b'd' | b'X', _, ..] => word.split_at(2),
            _ => (word, ""),
        };
        let mut value = || if attached.is_empty() { words.next().unwrap_or_default() } else { attached };
        match option {
            "-H" | "--header" => {
                let header = value();
                if let Some((name, value)) = header.split_once(':') {
                    self.headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
                }
            }
            "-X" | "--request" => self.method = Some(value().to_owned()),
            "-d" | "--data" | "--data-ascii" | "--data-binary" | "--json" => {
                let data = value();
                if data.starts_with('@') {
                    return Err(Refused::bad("the data of the curl command is in a file: paste its text instead"));
                }
                self.data.push(unescaped(data));
            }
            "--data-raw" => self.data.push(unescaped(value())),
            "--url" => value().clone_into(&mut self.url),
            "-G" | "--get" => self.is_get = true,
            option if SKIPPED.contains(&option) => drop(words.next()),
            option if option.starts_with('-') => {}
            url if self.url.is_empty() => url.clone_into(&mut self.url),
            // What follows the command in a script.
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Http, Refused> {
        if self.url.is_empty() {
            return Err(Refused::bad("the curl command has no URL"));
        }
        let mut http = Http::to(&self.url);
        let data = self.data.join("&");
        if self.is_get {
            let mark = if http.target.contains('?') { '&' } else { '?' };
            http.target = format!("{}{mark}{data}", http.target);
        } else {
            http.body = data;
        }
        let usual = if http.body.is_empty() { "GET" } else { "POST" };
        http.method = self.method.unwrap_or_else(|| usual.to_owned());
        if self.headers.iter().any(|(name, _)| name == "host") {
            http.headers.clear();
        }
        http.headers.extend(self.headers);
        Ok(http)
    }
}

/// `$'a\nb'`, which browsers write where a text has a line feed or a quote.
fn unescaped(text: &str) -> String {
    let Some(rest) = text.strip_prefix('$') else { return text.to_owned() };
    rest.replace("\\n", "\n").replace("\\t", "\t").replace("\\'", "'").replace("\\\"", "\"").replace("\\\\", "\\")
}
