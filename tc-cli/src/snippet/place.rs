//! Where a call goes: region, scheme and host.

use tc_core::{Endpoint, Region};

use crate::actions::Target;
use crate::error::{Error, configuration};

/// Region, scheme and host of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) region: String,
    /// The endpoint as it was given, unless it is the service's own.
    pub(super) endpoint: Option<String>,
    /// `https`, or `http` if the endpoint says so.
    pub(super) scheme: &'static str,
    /// Host and port.
    pub(super) host: String,
}

impl Place {
    /// Checks the region and the endpoint, so that neither can be anything else in a snippet than what it is called.
    ///
    /// # Errors
    /// One of the two is not valid.
    pub(super) fn new(target: &Target, region: &str, endpoint: Option<&str>) -> Result<Self, Error> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if region.is_empty() || !region.bytes().all(plain) {
            return Err(configuration(format!(
                "invalid region name {region:?}: use lower-case letters, digits and hyphens, such as ap-guangzhou"
            )));
        }
        let refused = |error: tc_core::EndpointError| configuration(crate::call::in_options(&error.to_string()));
        let parsed = endpoint.map_or(Ok(Endpoint::default()), Endpoint::parse).map_err(refused)?;
        let host = parsed.host(target.spec.service, Some(&Region::new(region.to_owned()))).map_err(refused)?;
        let usual =
            Endpoint::default().host(target.spec.service, Some(&Region::new(region.to_owned()))).map_err(refused)?;
        let scheme = if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) { "http" } else { "https" };
        let endpoint = endpoint.filter(|_| scheme == "http" || host != usual).map(str::to_owned);
        Ok(Self { region: region.to_owned(), endpoint, scheme, host })
    }

    /// Scheme and host.
    pub(super) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }
}
