//! Actions by name with everything that the catalog knows of them.

use tc_catalog::{Catalog, CatalogError, Site};

use super::AnyAction;

impl AnyAction {
    /// The action of this service, version and name as the catalog knows it, without parameters.
    ///
    /// `version` is a date, or `None` for the service's default version. The action is that of the Chinese site;
    /// see [`site`](Self::site) for the other one. Its parameters are checked before they are sent, as those of
    /// [`from_spec`](Self::from_spec) are.
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
    /// The catalog has no such service, version or action; the error names what it has instead.
    pub fn from_catalog<'v>(
        service: &str,
        version: impl Into<Option<&'v str>>,
        action: &str,
    ) -> Result<Self, CatalogError> {
        Self::found(Site::China, service, version.into(), action)
    }

    /// The same action as `site` documents it, with the same parameters.
    ///
    /// The host does not follow from it: for the international site, set the client's
    /// [`root_domain`](crate::ClientBuilder::root_domain) too.
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
    /// The site does not have the action; the error names what it has instead.
    pub fn site(self, site: Site) -> Result<Self, CatalogError> {
        let found = Self::found(site, self.service(), Some(self.version()), self.name())?;
        Ok(self.under(found))
    }

    fn found(site: Site, service: &str, version: Option<&str>, action: &str) -> Result<Self, CatalogError> {
        Ok(Self::from_spec(Catalog::embedded()?.action(site, service, version, action)?.spec()?))
    }
}
