//! Regions of the cloud.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A region of the cloud.
///
/// Every name is accepted, because the cloud adds regions. [`check`](Self::check) checks only the characters of the name.
///
/// ```
/// use tc_core::Region;
/// assert_eq!(Region::AP_GUANGZHOU, Region::new("ap-guangzhou"));
/// assert!(Region::new("ap guangzhou").check().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(Cow<'static, str>);

macro_rules! regions {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        impl Region {
            $($(#[$doc])* pub const $name: Self = Self(Cow::Borrowed($text));)*

            /// The regions that have a constant. For others, use [`Region::new`].
            pub const KNOWN: &[Self] = &[$(Self::$name),*];
        }
    };
}

regions! {
    /// Guangzhou.
    AP_GUANGZHOU = "ap-guangzhou";
    /// Shanghai.
    AP_SHANGHAI = "ap-shanghai";
    /// Nanjing.
    AP_NANJING = "ap-nanjing";
    /// Beijing.
    AP_BEIJING = "ap-beijing";
    /// Chengdu.
    AP_CHENGDU = "ap-chengdu";
    /// Chongqing.
    AP_CHONGQING = "ap-chongqing";
    /// Hong Kong.
    AP_HONGKONG = "ap-hongkong";
    /// Singapore.
    AP_SINGAPORE = "ap-singapore";
    /// Jakarta.
    AP_JAKARTA = "ap-jakarta";
    /// Seoul.
    AP_SEOUL = "ap-seoul";
    /// Tokyo.
    AP_TOKYO = "ap-tokyo";
    /// Bangkok.
    AP_BANGKOK = "ap-bangkok";
    /// Frankfurt.
    EU_FRANKFURT = "eu-frankfurt";
    /// Silicon Valley.
    NA_SILICONVALLEY = "na-siliconvalley";
    /// Virginia.
    NA_ASHBURN = "na-ashburn";
    /// São Paulo.
    SA_SAOPAULO = "sa-saopaulo";
    /// The financial zone of Shanghai. The host name of an endpoint must contain it.
    AP_SHANGHAI_FSI = "ap-shanghai-fsi";
    /// The financial zone of Shenzhen. The host name of an endpoint must contain it.
    AP_SHENZHEN_FSI = "ap-shenzhen-fsi";
    /// The financial zone of Beijing. The host name of an endpoint must contain it.
    AP_BEIJING_FSI = "ap-beijing-fsi";
}

impl Region {
    /// Creates a region from its name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// Returns the name: `ap-guangzhou`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn cow(&self) -> &Cow<'static, str> {
        &self.0
    }

    /// Whether the region is a financial zone, whose endpoints always have the region in their host names.
    pub fn is_financial(&self) -> bool {
        self.0.ends_with("-fsi")
    }

    /// If the name is that of an availability zone, a region with a number, returns the region of the zone.
    ///
    /// If a client has a zone as its region, it logs a warning with the name of the region.
    ///
    /// ```
    /// use tc_core::Region;
    /// assert_eq!(Region::new("ap-guangzhou-3").region_of_zone(), Some(Region::AP_GUANGZHOU));
    /// assert_eq!(Region::new("ap-shanghai-fsi-1").region_of_zone(), Some(Region::AP_SHANGHAI_FSI));
    /// assert_eq!(Region::AP_SHANGHAI_FSI.region_of_zone(), None);
    /// ```
    #[must_use]
    pub fn region_of_zone(&self) -> Option<Self> {
        let (region, number) = self.0.rsplit_once('-')?;
        let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        // The name of a region has at least two parts, so `ap-1` is not a zone.
        (is_number && region.contains('-')).then(|| Self(Cow::Owned(region.to_owned())))
    }

    /// Logs a warning if the name is that of a zone.
    pub(crate) fn warn_of_zone(&self) {
        if let Some(region) = self.region_of_zone() {
            tracing::warn!(
                region = self.as_str(),
                "`{self}` is an availability zone, not a region: the region is `{region}`"
            );
        }
    }

    /// Checks that the name can be part of a host name and of a header.
    ///
    /// # Errors
    /// If the name is empty, begins or ends with a hyphen, or has other characters than lower-case letters, digits and hyphens.
    pub fn check(&self) -> Result<(), RegionError> {
        let is_valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let name = self.as_str();
        if !name.is_empty() && name.bytes().all(is_valid) && !name.starts_with('-') && !name.ends_with('-') {
            Ok(())
        } else {
            Err(RegionError(self.clone()))
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Region {
    type Err = RegionError;

    /// Creates a region from its name, and checks the name.
    fn from_str(name: &str) -> Result<Self, RegionError> {
        let region = Self::new(name.to_owned());
        region.check()?;
        Ok(region)
    }
}

impl From<&'static str> for Region {
    fn from(name: &'static str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Region {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// The error for an invalid name of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionError(Region);

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "invalid region name {:?}: use lower-case letters, digits and hyphens, such as ap-guangzhou",
            self.0.as_str()
        )
    }
}

impl std::error::Error for RegionError {}
