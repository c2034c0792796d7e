//! The code that makes a call: in Rust, for the command line, for curl, and with the official SDKs of three languages.
//!
//! ```
//! use tc_catalog::Site;
//! use tc_cli::snippet::{Language, Snippet};
//!
//! let service = tc_cli::actions::service("cvm")?;
//! let module = tc_cli::actions::module(service, Site::China, None)?;
//! let action = module.action("DescribeZones").map_err(|error| tc_cli::error::Error::new(tc_cli::error::Kind::Other, error.to_string()))?;
//! let target = tc_cli::actions::target(service, Site::China, action)?;
//! let params = serde_json::json!({});
//!
//! let code = Snippet::new(&target, &params).region("ap-guangzhou").code(Language::CommandLine)?;
//! assert_eq!(code, "tcapi cvm DescribeZones \\\n  --region ap-guangzhou\n");
//! # Ok::<(), tc_cli::error::Error>(())
//! ```
//!
//! What every language has in common:
//!
//! - The credential is read from `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, and the token
//!   of a temporary key from `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`.
//! - The value of a sensitive parameter is not written. The code reads it from a variable of the environment that is named after
//!   the parameter: `LoginSettings.Password` from `LOGIN_SETTINGS_PASSWORD`.
//! - Numbers are exact, and a text cannot end its literal.

mod command_line;
mod curl;
mod go;
mod literal;
mod node;
mod paging;
mod place;
mod python;
mod rust;
mod shell;

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use literal::Parameters;
use paging::Paging;
use place::Place;

use crate::actions::Target;
use crate::error::{Error, arguments};
use crate::region::DEFAULT_REGION;

/// The language of a snippet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Rust, with `tc_core::import!` and `request!`: the compiler checks the limits.
    Rust,
    /// A command for `tcapi`.
    CommandLine,
    /// A shell script that signs with perl and sends with curl.
    Curl,
    /// Python, with `tencentcloud-sdk-python-common`.
    Python,
    /// Go, with `tencentcloud-sdk-go`.
    Go,
    /// JavaScript for Node.js, with `tencentcloud-sdk-nodejs-common`.
    Node,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 6] = [Self::Rust, Self::CommandLine, Self::Curl, Self::Python, Self::Go, Self::Node];

    /// The name that `tcapi example` accepts: `rust`, `tcapi`, `curl`, `python`, `go`, `node`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::CommandLine => "tcapi",
            Self::Curl => "curl",
            Self::Python => "python",
            Self::Go => "go",
            Self::Node => "node",
        }
    }

    /// The name for people: `Node.js`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::CommandLine => "tcapi",
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::Go => "Go",
            Self::Node => "Node.js",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|language| language.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name);
            let near = crate::args::did_you_mean(name, names);
            arguments(format!("unknown language `{name}`; accepted are {}{near}", names.join(", ")))
        })
    }
}

/// A call whose code is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Snippet<'a> {
    target: &'a Target,
    params: &'a Value,
    region: &'a str,
    endpoint: Option<&'a str>,
    all_pages: bool,
}

impl<'a> Snippet<'a> {
    /// A call of an action with these parameters: an object with the names of the wire, or null.
    pub fn new(target: &'a Target, params: &'a Value) -> Self {
        Self { target, params, region: DEFAULT_REGION, endpoint: None, all_pages: false }
    }

    /// Sets the region. Default: `ap-guangzhou`.
    #[must_use]
    pub fn region(mut self, region: &'a str) -> Self {
        self.region = region;
        self
    }

    /// Sets the host or the URL to call. Default: the service's own host.
    #[must_use]
    pub fn endpoint(mut self, endpoint: Option<&'a str>) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// Whether the code reads every page instead of one. Without effect on an action that does not page. The code for curl and Go
    /// reads one page, and contains a comment about it.
    #[must_use]
    pub fn all_pages(mut self, all_pages: bool) -> Self {
        self.all_pages = all_pages;
        self
    }

    /// The code in this language.
    ///
    /// # Errors
    /// The parameters are not an object, the region or the endpoint is not valid, or the language cannot make this call: curl
    /// and Go cannot send every action that uploads a file.
    pub fn code(&self, language: Language) -> Result<String, Error> {
        let place = Place::new(self.target, self.region, self.endpoint)?;
        let parameters = Parameters::new(self.target.spec.request, self.params)?;
        let call = Call {
            target: self.target,
            parameters: &parameters,
            place: &place,
            is_streamed: crate::call::is_streamed(self.target, self.params),
            paging: Paging::of(self.target).filter(|_| self.all_pages),
        };
        match language {
            Language::Rust => rust::program(&call),
            Language::CommandLine => Ok(command_line::command(&call)),
            Language::Curl => curl::program(&call),
            Language::Python => Ok(python::program(&call)),
            Language::Go => go::program(&call),
            Language::Node => Ok(node::program(&call)),
        }
    }
}

/// The comment in code that does not read every page although this is wanted: curl, and the SDK for Go, have no loop over pages.
const ONE_PAGE: &str =
    "This code reads one page only. The code for tcapi, Rust, Python and Node.js reads every page with --all.";

/// A call with everything that the writers need.
struct Call<'a> {
    target: &'a Target,
    /// With variables in place of sensitive values.
    parameters: &'a Parameters,
    place: &'a Place,
    is_streamed: bool,
    /// How the action pages, if every page is wanted.
    paging: Option<Paging>,
}

impl Call<'_> {
    /// The comment of code that has no loop over pages, if every page is wanted.
    fn one_page(&self, mark: &str) -> String {
        let wanted = self.paging.is_some() && !self.is_streamed;
        if wanted { format!("{mark} {ONE_PAGE}\n") } else { String::new() }
    }
}
