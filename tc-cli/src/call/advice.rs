//! Advice of the library in terms of the program: an option of the command line instead of a method of Rust.

/// Texts of the library that name methods, and the texts of the program. A longer text precedes a shorter one that it contains.
const TEXTS: &[(&str, &str)] = &[
    ("attempt_timeout(..)", "--attempt-timeout SECONDS"),
    ("connect_timeout(..)", "--connect-timeout SECONDS"),
    ("timeout(..) of the client or of the call", "--timeout SECONDS"),
    ("timeout(..)", "--timeout SECONDS"),
    ("root_certificate(..)", "--ca-file FILE"),
    (", or trust those of the operating system with system_roots()", ""),
    ("connect_to(..)", "--connect-to URL"),
    ("; Proxy::None connects without a proxy", "; --https-proxy, HTTPS_PROXY, HTTP_PROXY or ALL_PROXY sets it"),
    (", or proxy(Proxy::None)", ""),
    ("set one with region(..)", "give --region REGION"),
    (
        "set one with credential(..) of the client or of the call",
        "give --secretId and --secretKey, or run `tcapi configure`",
    ),
    (", or raise the limit with response_limits(..)", ", for example with a smaller page"),
    ("call client.events(..) instead of client.send(..)", "if the action has a parameter `Stream`, give --Stream true"),
];

/// Replaces the methods in an error message of the library by the options of the program.
pub(crate) fn in_options(message: &str) -> String {
    TEXTS.iter().fold(message.to_owned(), |message, (method, option)| message.replace(method, option))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::in_options;
    use crate::args::OPTIONS;

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }

    /// The texts in quotes in a source, each joined to one line. Comments, attributes and tests are left out.
    fn texts(source: &str) -> Vec<String> {
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_text = |line: &&str| {
            let line = line.trim_start();
            !line.starts_with("//") && !["note = ", "label = ", "message = "].iter().any(|key| line.starts_with(key))
        };
        let lines: Vec<&str> = source.lines().filter(is_text).collect();
        let joined = lines.join("\n").replace("\\\"", "'").replace("'\"'", "' '");
        let quoted = joined.split('"').skip(1).step_by(2);
        quoted.map(|text| text.split("\\\n").map(str::trim_start).collect()).collect()
    }

    #[test]
    fn every_text_of_the_library_that_names_a_method_is_replaced() {
        let mut sources = Vec::new();
        files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tc-core/src")), &mut sources);
        let mut replaced = 0;
        for path in sources {
            for text in texts(&std::fs::read_to_string(&path).unwrap()) {
                // Not in this program: it has a transport and a runtime, and does not print a proxy as Rust.
                let other = ["compiled without a transport", "Url(..)", "Builder::enable_all()"];
                let names_method = ["(..)", "system_roots()", "Proxy::"].iter().any(|name| text.contains(name));
                if !names_method || other.iter().any(|other| text.contains(other)) {
                    continue;
                }
                let message = in_options(&text);
                let names_method = ["(..)", "()", "Proxy::"].iter().any(|name| message.contains(name));
                assert!(!names_method, "{}: {message}", path.display());
                replaced += 1;
            }
        }
        assert!(replaced >= 10, "{replaced} texts were found");
    }

    #[test]
    fn every_option_in_advice_exists() {
        for (_, text) in super::TEXTS {
            for option in text.split(' ').filter_map(|word| word.strip_prefix("--")) {
                let is_parameter = option.starts_with(char::is_uppercase);
                let option = option.trim_end_matches(',');
                assert!(is_parameter || OPTIONS.iter().any(|known| known.name == option), "{option}");
            }
        }
    }
}
