//! The two sites of the cloud.

use std::fmt;
use std::str::FromStr;

/// A site of Tencent Cloud. The two sites publish their own metadata, which differ in actions, types and limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Site {
    /// The Chinese site, cloud.tencent.com.
    #[default]
    China,
    /// The international site, tencentcloud.com.
    International,
}

impl Site {
    /// Both sites, the Chinese one first.
    pub const ALL: [Self; 2] = [Self::China, Self::International];

    /// The name in `import!` and on the command line: `china` or `international`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::China => "china",
            Self::International => "international",
        }
    }

    /// The other site.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::China => Self::International,
            Self::International => Self::China,
        }
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }

    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Site {
    type Err = ParseSiteError;

    /// Reads `china` or `international`.
    ///
    /// # Errors
    /// The text is neither.
    fn from_str(text: &str) -> Result<Self, ParseSiteError> {
        Self::ALL.into_iter().find(|site| site.name() == text).ok_or(ParseSiteError(()))
    }
}

/// The error of parsing a [`Site`] from a text that is neither `china` nor `international`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseSiteError(());

impl fmt::Display for ParseSiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown site; write `china` or `international`")
    }
}

impl std::error::Error for ParseSiteError {}
