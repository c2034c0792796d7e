//! The options of the program: those of tccli, which may be anywhere on the line and be shortened, and additional ones.

use crate::error::{Error, arguments};

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// One value, with the name that help shows.
    Value(&'static str),
    /// The value, or this one if none follows.
    Maybe(&'static str),
}

/// One of the program's options.
#[derive(Debug, Clone, Copy)]
pub struct Opt {
    /// The name without dashes.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether tccli has it.
    pub tccli: bool,
    /// The accepted values, where they are few.
    pub values: &'static [&'static str],
    /// The text of help.
    pub help: &'static str,
}

const fn tccli(name: &'static str, takes: Takes, help: &'static str) -> Opt {
    Opt { name, takes, tccli: true, values: &[], help }
}

const fn own(name: &'static str, takes: Takes, help: &'static str) -> Opt {
    Opt { name, takes, tccli: false, values: &[], help }
}

const fn among(mut option: Opt, values: &'static [&'static str]) -> Opt {
    option.values = values;
    option
}

/// Every option, in the order in which help lists them.
pub static OPTIONS: &[Opt] = &[
    tccli("profile", Takes::Value("NAME"), "the profile in ~/.tccli"),
    tccli(
        "region",
        Takes::Value("REGION"),
        "the region, such as ap-beijing; default: that of the environment or the profile, or else ap-guangzhou",
    ),
    tccli("version", Takes::Value("YYYY-MM-DD"), "the version of the service; without a value: of this program"),
    among(
        own("site", Takes::Value("SITE"), "whose actions: those of the Chinese or of the international site"),
        &["china", "international"],
    ),
    among(
        tccli("output", Takes::Value("FORMAT"), "the form of the output"),
        &["json", "text", "table", "yaml", "ndjson"],
    ),
    tccli("filter", Takes::Value("JMESPATH"), "a query over the answer; its result is printed"),
    own("columns", Takes::Value("A,B"), "these columns of the rows of the answer"),
    among(
        own(
            "members",
            Takes::Value("WHICH"),
            "which members of the answer: declared ones, all (the default for JSON), or exactly those sent",
        ),
        &["declared", "all", "sent"],
    ),
    own("all", Takes::Nothing, "all pages"),
    own("until", Takes::Value("JMESPATH == VALUE"), "call again until the query gives the value"),
    tccli("waiter", Takes::Value("{'expr':…,'to':…}"), "as --until, in tccli's form, with timeout and interval"),
    own("interval", Takes::Value("SECONDS"), "the time between two calls of --until (5)"),
    own("wait-timeout", Takes::Value("SECONDS"), "the time after which --until gives up (180)"),
    tccli(
        "cli-input-json",
        Takes::Value("file://PATH"),
        "the request from a file, or from standard input (-), as JSON or YAML",
    ),
    tccli("cli-unfold-argument", Takes::Nothing, "as tccli: nested parameters by dots; always possible here"),
    among(tccli("generate-cli-skeleton", Takes::Maybe("input"), "print a request to be filled in"), &["input"]),
    own("dry-run", Takes::Nothing, "print the request instead of sending it; no credential is needed"),
    own("curl", Takes::Nothing, "print a command for curl that sends the request"),
    own("unchecked", Takes::Nothing, "send without checking the parameters against their limits"),
    tccli("secretId", Takes::Value("ID"), "the SecretId (better: `configure`, or the environment)"),
    tccli("secretKey", Takes::Value("KEY"), "the SecretKey (better: `configure`, or the environment)"),
    tccli("token", Takes::Value("TOKEN"), "the token of a temporary key"),
    tccli("role-arn", Takes::Value("ARN"), "the role to assume"),
    tccli("role-session-name", Takes::Value("NAME"), "the name of the session of the role"),
    tccli("use-cvm-role", Takes::Nothing, "the role of the machine"),
    tccli("endpoint", Takes::Value("HOST"), "the host or URL to call"),
    own("connect-to", Takes::Value("URL"), "connect there, and sign for the service's own host"),
    own("root-domain", Takes::Value("DOMAIN"), "the domain below which the services' hosts are"),
    tccli("timeout", Takes::Value("SECONDS"), "the time for the whole call (60)"),
    own("attempt-timeout", Takes::Value("SECONDS"), "the time for one attempt (30)"),
    own("connect-timeout", Takes::Value("SECONDS"), "the time for a connection (5)"),
    own(
        "client-token",
        Takes::Nothing,
        "fill in ClientToken where the action has one, so that a write can be sent again",
    ),
    own("retries", Takes::Value("N"), "how many times a call is sent again (2)"),
    among(
        own("throttle", Takes::Value("HOW"), "where the documented calls per second are used up: wait, fail, or off"),
        &["wait", "fail", "off"],
    ),
    among(own("method", Takes::Value("METHOD"), "GET or POST"), &["GET", "POST"]),
    among(
        own("signature", Takes::Value("METHOD"), "how the request is signed"),
        &["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"],
    ),
    own("unsigned-payload", Takes::Nothing, "leave the payload out of the signature"),
    tccli("https-proxy", Takes::Value("URL"), "the proxy"),
    own("ca-file", Takes::Value("FILE"), "a certificate authority to trust besides the built-in ones"),
    among(tccli("language", Takes::Value("LANGUAGE"), "of the server's messages"), &["zh-CN", "en-US"]),
    tccli("request-client", Takes::Value("TEXT"), "named to the server as the client"),
    tccli("warning", Takes::Nothing, "print the server's warnings of deprecation"),
    tccli("detail", Takes::Nothing, "with help, show and example: everything"),
    own("at", Takes::Value("SECONDS"), "with sign: the time to sign for, in seconds since 1970"),
    own(
        "compare",
        Takes::Value("FILE"),
        "with sign: a file with the request of another program, or - for standard input",
    ),
    own("exit-codes", Takes::Nothing, "an exit code for each kind of failure instead of 252 and 255"),
    own("quiet", Takes::Nothing, "no progress on standard error"),
    own("verbose", Takes::Nothing, "on standard error: attempts, timing, RequestId, members that broke the schema"),
    own("help", Takes::Nothing, "help"),
];

impl Opt {
    /// The option that `word`, without its dashes, names or shortens.
    ///
    /// Shortenings of tccli's options count first, so that a script keeps its meaning.
    ///
    /// # Errors
    /// The word shortens several options.
    pub fn find(word: &str) -> Result<Option<&'static Self>, Error> {
        if let Some(exact) = OPTIONS.iter().find(|option| option.name == word) {
            return Ok(Some(exact));
        }
        if word.is_empty() {
            return Ok(None);
        }
        for official in [true, false] {
            let mut fitting = OPTIONS.iter().filter(|option| option.tccli == official && option.name.starts_with(word));
            match (fitting.next(), fitting.next()) {
                (Some(only), None) => return Ok(Some(only)),
                (Some(first), Some(second)) => {
                    let names: Vec<String> =
                        [first, second].into_iter().chain(fitting).map(|option| format!("--{}", option.name)).collect();
                    return Err(arguments(format!("ambiguous option: --{word} could match {}", names.join(", "))));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

/// The options that were given, the last one counting where one is given twice.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Options(Vec<(&'static str, String)>);

impl Options {
    /// Takes an option.
    ///
    /// # Errors
    /// The value is not among those the option accepts.
    pub fn insert(&mut self, option: &'static Opt, value: String) -> Result<(), Error> {
        if !option.values.is_empty() && !option.values.contains(&value.as_str()) {
            let choices = option.values.iter().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ");
            let near = super::did_you_mean(&value, option.values.iter().copied());
            return Err(arguments(format!(
                "argument --{}: invalid choice: '{value}' (choose from {choices}){near}",
                option.name
            )));
        }
        self.0.retain(|(name, _)| *name != option.name);
        self.0.push((option.name, value));
        Ok(())
    }

    /// Sets an option by its name.
    ///
    /// # Errors
    /// There is no such option, or it does not accept the value.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let option = OPTIONS.iter().find(|option| option.name == name);
        self.insert(option.ok_or_else(|| arguments(format!("unknown option --{name}")))?, value.to_owned())
    }

    /// The value of an option, if it was given.
    pub fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(OPTIONS.iter().any(|option| option.name == name), "no option --{name}");
        self.0.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }

    /// The names of the options that were given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// Whether an option was given.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The number an option was given.
    ///
    /// # Errors
    /// The value is not a number of the type.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Error> {
        self.get(name)
            .map(|value| {
                value.trim().parse().map_err(|_| arguments(format!("argument --{name}: invalid number: '{value}'")))
            })
            .transpose()
    }
}

/// Shows the names only: a value may be a key.
impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
