//! Endpoints: the scheme, host and port of a request, from service, region and root domain.

mod connect_to;
mod origin;
mod url;

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use http::uri::Scheme;

use crate::cache::Cache;
use crate::region::Region;
pub(crate) use connect_to::ConnectTo;
pub(crate) use origin::{Hold, Origin};
use url::Url;

/// An endpoint: a rule for the hosts of the cloud, or one host for all services.
///
/// | Endpoint | Host of mps |
/// |---|---|
/// | [`nearest`](Self::nearest), the default | `mps.tencentcloudapi.com` |
/// | [`regional`](Self::regional) | `mps.ap-shanghai.tencentcloudapi.com` |
/// | [`international`](Self::international) | `mps.intl.tencentcloudapi.com` |
/// | [`internal`](Self::internal), inside the networks of the cloud | `mps.internal.tencentcloudapi.com` |
/// | [`ai`](Self::ai), for streamed responses | `es.ai.tencentcloudapi.com` |
/// | [`root_domain`](Self::root_domain) | `mps.` and the domain |
/// | [`parse`](Self::parse) | the host of the URL |
///
/// With [`nearest`](Self::nearest), the host of a financial zone contains the region too, because no other host reaches it.
///
/// ```
/// use tc_core::{Endpoint, Region};
/// let host = |endpoint: Endpoint| endpoint.host("mps", Some(&Region::AP_SHANGHAI));
/// assert_eq!(host(Endpoint::nearest())?, "mps.tencentcloudapi.com");
/// assert_eq!(host(Endpoint::regional())?, "mps.ap-shanghai.tencentcloudapi.com");
/// assert_eq!(host(Endpoint::parse("http://127.0.0.1:8080")?)?, "127.0.0.1:8080");
/// # Ok::<(), tc_core::EndpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    rule: Rule,
    /// Origins by service and region.
    origins: Cache<(String, Option<Region>), Arc<Origin>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    Root { domain: Cow<'static, str>, regional: bool },
    Fixed(Arc<Origin>),
}

const ROOT: &str = "tencentcloudapi.com";
const AI: &str = "ai.tencentcloudapi.com";

impl Default for Endpoint {
    fn default() -> Self {
        Self::nearest()
    }
}

impl Endpoint {
    /// The nearest access point, independent of the region.
    pub const fn nearest() -> Self {
        Self::root(ROOT, false)
    }

    /// The access point of the region of the request.
    pub const fn regional() -> Self {
        Self::root(ROOT, true)
    }

    /// The international site.
    pub const fn international() -> Self {
        Self::root("intl.tencentcloudapi.com", false)
    }

    /// The access point inside the networks of the cloud.
    pub const fn internal() -> Self {
        Self::root("internal.tencentcloudapi.com", false)
    }

    /// The access point of services that stream their responses, such as es.
    pub const fn ai() -> Self {
        Self::root(AI, false)
    }

    const fn root(domain: &'static str, regional: bool) -> Self {
        Self::new(Rule::Root { domain: Cow::Borrowed(domain), regional })
    }

    const fn new(rule: Rule) -> Self {
        Self { rule, origins: Cache::new(16) }
    }

    /// The hosts of the services in another domain: `intl.tencentcloudapi.com`.
    ///
    /// # Errors
    /// The text is not a domain name.
    pub fn root_domain(domain: impl Into<String>) -> Result<Self, EndpointError> {
        let domain = domain.into();
        let label = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if domain.split('.').all(label) {
            Ok(Self::new(Rule::Root { domain: Cow::Owned(domain.to_ascii_lowercase()), regional: false }))
        } else {
            Err(EndpointError::RootDomain(domain))
        }
    }

    /// Parses one host for all services: `http://127.0.0.1:8080`, `https://proxy.example`, or a host without scheme, which uses
    /// https.
    ///
    /// # Errors
    /// The scheme is not http or https, the host is missing, or there is a path, a query or a user: only the path `/` can be signed.
    /// To connect to a gateway with a path, see [`connect_to`](crate::ClientBuilder::connect_to).
    pub fn parse(url: &str) -> Result<Self, EndpointError> {
        let Url { scheme, host, path } = url::parse(url)?;
        if !path.is_empty() {
            let why = "it has a path, but only the path `/` can be signed; write only scheme, host and port, or use connect_to(..)";
            return Err(url::refuse(url, why));
        }
        Origin::new(scheme, host).map(|origin| Self::new(Rule::Fixed(Arc::new(origin))))
    }

    /// The endpoint for the services that return credentials, if calls use this one.
    pub(crate) fn of_other_services(&self) -> Self {
        match &self.rule {
            Rule::Root { domain, .. } if domain != AI => {
                Self::new(Rule::Root { domain: domain.clone(), regional: false })
            }
            // One host for one service, or a domain that few services have.
            Rule::Root { .. } | Rule::Fixed(_) => Self::nearest(),
        }
    }

    /// Returns the host of `service` as it is signed, with the port if it is not the default of the scheme.
    ///
    /// # Errors
    /// The service or region is invalid in a host name, or the endpoint is regional and there is no region.
    pub fn host(&self, service: &str, region: Option<&Region>) -> Result<String, EndpointError> {
        self.origin(service, region).map(|origin| origin.host_text().to_owned())
    }

    /// Returns the scheme and host of `service`.
    pub(crate) fn origin(&self, service: &str, region: Option<&Region>) -> Result<Arc<Origin>, EndpointError> {
        let is_accepted = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if service.is_empty() || !service.bytes().all(is_accepted) {
            return Err(EndpointError::Service(service.to_owned()));
        }
        let (domain, regional) = match &self.rule {
            Rule::Fixed(origin) => return Ok(Arc::clone(origin)),
            Rule::Root { domain, regional } => (domain, *regional),
        };
        let region = region.filter(|region| regional || (domain == ROOT && region.is_financial()));
        self.origins.get(
            |(other, of)| other == service && of.as_ref() == region,
            || {
                if let Some(region) = region {
                    region.check().map_err(EndpointError::Region)?;
                } else if regional {
                    return Err(EndpointError::NoRegion);
                }
                let labels = [Some(service), region.map(Region::as_str), Some(domain)];
                let host = labels.into_iter().flatten().collect::<Vec<_>>().join(".");
                Ok(((service.to_owned(), region.cloned()), Arc::new(Origin::new(Scheme::HTTPS, host)?)))
            },
        )
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    /// Same as [`parse`](Self::parse).
    fn from_str(url: &str) -> Result<Self, EndpointError> {
        Self::parse(url)
    }
}

impl From<Infallible> for EndpointError {
    /// Converting an [`Endpoint`] to itself never fails.
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl TryFrom<&str> for Endpoint {
    type Error = EndpointError;

    /// Same as [`parse`](Self::parse).
    fn try_from(url: &str) -> Result<Self, EndpointError> {
        Self::parse(url)
    }
}

impl TryFrom<&String> for Endpoint {
    type Error = EndpointError;

    /// Same as [`parse`](Self::parse).
    fn try_from(url: &String) -> Result<Self, EndpointError> {
        Self::parse(url)
    }
}

impl TryFrom<String> for Endpoint {
    type Error = EndpointError;

    /// Same as [`parse`](Self::parse).
    fn try_from(url: String) -> Result<Self, EndpointError> {
        Self::parse(&url)
    }
}

/// The error of an endpoint that has no valid host.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// The URL cannot be used as an endpoint.
    Url {
        /// The URL, without a user and password.
        shown: String,
        /// The reason.
        why: &'static str,
    },
    /// The root domain is not a domain name.
    RootDomain(String),
    /// The name of the service cannot be part of a host name.
    Service(String),
    /// The name of the region cannot be part of a host name.
    Region(crate::region::RegionError),
    /// The endpoint is regional, but there is no region.
    NoRegion,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { shown, why } => write!(f, "invalid endpoint {shown:?}: {why}"),
            Self::RootDomain(domain) => {
                write!(f, "invalid root domain {domain:?}: use a domain name such as intl.tencentcloudapi.com")
            }
            Self::Service(service) => {
                write!(f, "invalid service name {service:?}: use lower-case letters, digits and hyphens, such as mps")
            }
            Self::Region(error) => error.fmt(f),
            Self::NoRegion => f.write_str("a regional endpoint needs a region: set one with region(..)"),
        }
    }
}

impl std::error::Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let endpoint = Endpoint::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        let origin = endpoint.origin("mps", None).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(
            origin.url("A=1", bytes::Bytes::from).map(|url| url.to_string()).as_deref().ok(),
            Some(expected),
            "{url}"
        );
        assert_eq!(origin.host().as_bytes(), origin.host_text().as_bytes(), "{url}");
    }

    #[track_caller]
    fn refused(url: &str, why: &str) {
        let text = Endpoint::parse(url).map_or_else(|error| error.to_string(), |endpoint| format!("{endpoint:?}"));
        assert!(text.contains(why), "{url}: {text}");
        assert!(!text.contains("password"), "{url}: {text}");
    }

    #[test]
    fn a_url_is_scheme_host_and_port() {
        check("http://127.0.0.1:8080", "http://127.0.0.1:8080/?A=1");
        check("http://127.0.0.1:8080/", "http://127.0.0.1:8080/?A=1");
        check("HTTPS://Proxy.Example", "https://proxy.example/?A=1");
        check("proxy.example", "https://proxy.example/?A=1");
        check("proxy.example:8443", "https://proxy.example:8443/?A=1");
        check("https://proxy.example:443", "https://proxy.example/?A=1");
        check("http://proxy.example:80", "http://proxy.example/?A=1");
        check("http://proxy.example:443", "http://proxy.example:443/?A=1");
        check("http://[::1]:8080", "http://[::1]:8080/?A=1");
    }

    #[test]
    fn invalid_urls_are_refused_with_the_reason() {
        refused("ftp://host", "neither http nor https");
        refused("https://host/v2/index.php", "path");
        refused("https://host?Action=x", "query");
        refused("https://host#top", "query");
        refused("https://user:password@host", "user");
        refused("https://", "host");
        refused("", "host");
        refused("https://:8080", "host");
        refused("https://host:", "port");
        refused("https://host:0", "port");
        refused("https://host:65536", "host");
        refused("https://ho st", "host");
        refused("https://host\r\nX: y", "host");
    }

    #[test]
    fn a_cached_host_belongs_to_its_service_and_region() {
        let endpoint = Endpoint::regional();
        for _ in 0..2 {
            for service in ["mps", "iai", "cvm"] {
                for region in [Region::AP_BEIJING, Region::AP_SHANGHAI] {
                    let host = endpoint.host(service, Some(&region)).unwrap_or_else(|error| panic!("{error}"));
                    assert_eq!(host, format!("{service}.{region}.tencentcloudapi.com"));
                }
            }
        }
        assert_eq!(endpoint, Endpoint::regional());
        assert_eq!(endpoint.host("mps", None), Err(EndpointError::NoRegion));
    }

    #[test]
    fn hosts_follow_the_rules() {
        let host = |endpoint: Endpoint, region| endpoint.host("mps", region).map_err(|error| error.to_string());
        let ok = |text: &str| Ok(text.to_owned());
        let fsi = Region::AP_SHANGHAI_FSI;
        assert_eq!(host(Endpoint::nearest(), None), ok("mps.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::nearest(), Some(&Region::AP_BEIJING)), ok("mps.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::nearest(), Some(&fsi)), ok("mps.ap-shanghai-fsi.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::regional(), Some(&fsi)), ok("mps.ap-shanghai-fsi.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::international(), Some(&fsi)), ok("mps.intl.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::internal(), None), ok("mps.internal.tencentcloudapi.com"));
        assert_eq!(host(Endpoint::ai(), None), ok("mps.ai.tencentcloudapi.com"));
        assert!(host(Endpoint::regional(), None).is_err_and(|said| said.contains("needs a region")));
        assert!(host(Endpoint::regional(), Some(&Region::new("a/b"))).is_err_and(|said| said.contains("a/b")));
        assert!(Endpoint::root_domain("a..b").is_err());
        assert!(Endpoint::nearest().host("evil.example/", None).is_err());
    }
}
