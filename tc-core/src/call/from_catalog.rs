//! Actions by name, with their specs from the catalog.

use tc_catalog::{Catalog, CatalogError, Site};

use super::AnyAction;

impl AnyAction {
    /// Creates the action of this service, version and name from its spec in the catalog, without parameters.
    ///
    /// `version` is a date, or `None` for the default version of the service. The action is that of the Chinese site; see
    /// [`site`](Self::site) for the international one. Its parameters are checked before they are sent, as with
    /// [`from_spec`](Self::from_spec).
    ///
    /// ```
    /// use tc_core::AnyAction;
    ///
    /// let samples = AnyAction::from_catalog("mps", "2019-06-12", "DescribePersonSamples")?
    ///     .params(serde_json::json!({"Limit": 101, "Nmaes": ["John Smith"]}));
    /// let violations = samples.validate().unwrap_err().to_string();
    /// assert!(violations.contains("`Nmaes` is not a member of DescribePersonSamples; did you mean `Names`?"));
    /// assert!(violations.contains("`Limit` is 101; at most 100 is accepted"));
    ///
    /// let missing = AnyAction::from_catalog("mps", None, "DescribeInstances").unwrap_err();
    /// assert!(missing.to_string().starts_with("mps has no action DescribeInstances; DescribeInstances is in "));
    /// # Ok::<(), tc_core::catalog::CatalogError>(())
    /// ```
    ///
    /// # Errors
    /// The catalog does not contain the service, version or action. The error names similar ones.
    pub fn from_catalog<'v>(
        service: &str,
        version: impl Into<Option<&'v str>>,
        action: &str,
    ) -> Result<Self, CatalogError> {
        Self::found(Site::China, service, version.into(), action)
    }

    /// Returns the same action as documented by `site`, with the same parameters.
    ///
    /// This does not change the host: for the international site, also set the
    /// [`root_domain`](crate::ClientBuilder::root_domain) of the client.
    ///
    /// ```
    /// use tc_core::AnyAction;
    /// use tc_core::catalog::Site;
    ///
    /// let samples = AnyAction::from_catalog("mps", None, "DescribePersonSamples")?.site(Site::International)?;
    /// assert!(samples.validate().is_ok());
    /// # Ok::<(), tc_core::catalog::CatalogError>(())
    /// ```
    ///
    /// # Errors
    /// The site does not have the action. The error names similar ones.
    pub fn site(self, site: Site) -> Result<Self, CatalogError> {
        let found = Self::found(site, self.service(), Some(self.version()), self.name())?;
        Ok(self.under(found))
    }

    fn found(site: Site, service: &str, version: Option<&str>, action: &str) -> Result<Self, CatalogError> {
        Ok(Self::from_spec(Catalog::embedded()?.action(site, service, version, action)?.spec()?))
    }
}
