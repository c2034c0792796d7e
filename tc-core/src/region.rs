//! Where: a region, known by a constant or by any name.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A region of the cloud, by the name it has on the wire.
///
/// Every name is taken, for there are new ones each year; [`check`](Self::check) looks at its characters only.
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

            /// The regions that have a constant here. Others are reached by their names.
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
    /// Shanghai's financial zone; its hosts must name it.
    AP_SHANGHAI_FSI = "ap-shanghai-fsi";
    /// Shenzhen's financial zone; its hosts must name it.
    AP_SHENZHEN_FSI = "ap-shenzhen-fsi";
    /// Beijing's financial zone; its hosts must name it.
    AP_BEIJING_FSI = "ap-beijing-fsi";
}

impl Region {
    /// The region of this name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// Its name: `ap-guangzhou`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn cow(&self) -> &Cow<'static, str> {
        &self.0
    }

    /// Whether it is a financial zone, whose hosts always name the region.
    pub fn is_financial(&self) -> bool {
        self.0.ends_with("-fsi")
    }

    /// The region of the availability zone that this name is, if it is the name of a zone: a region and a number.
    ///
    /// A client that is given a zone as its region logs a warning which names the region.
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
        // A region has at least a continent and a place: `ap-1` would be no zone.
        (is_number && region.contains('-')).then(|| Self(Cow::Owned(region.to_owned())))
    }

    /// Warns where the name is that of a zone.
    pub(crate) fn warn_of_zone(&self) {
        if let Some(region) = self.region_of_zone() {
            tracing::warn!(
                region = self.as_str(),
                "`{self}` is an availability zone, not a region: the region is `{region}`"
            );
        }
    }

    /// Whether the name can be part of a host name and of a header.
    ///
    /// # Errors
    /// A name that is empty, or holds anything but lower-case letters, digits and inner hyphens.
    pub fn check(&self) -> Result<(), RegionError> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let name = self.as_str();
        if !name.is_empty() && name.bytes().all(known) && !name.starts_with('-') && !name.ends_with('-') {
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

    /// The region of this name, if a region can have it.
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

/// A name that no region can have.
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
