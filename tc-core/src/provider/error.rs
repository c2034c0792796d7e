//! The error of a provider.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// The reason why a provider returned no credential; from a chain, the reasons of all its providers. Never contains a secret.
#[derive(Debug, Clone)]
pub struct ProviderError(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    place: String,
    reason: String,
    absent: bool,
    retryable: bool,
    tried: Vec<ProviderError>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl ProviderError {
    /// The provider has no credential; a chain tries the next provider. The message is `place`, a space, and `reason`: "is not set".
    pub fn absent(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(place.into(), reason.into(), true)
    }

    /// The provider has a credential that cannot be used. A chain stops here: a call with another identity would be worse than an
    /// error.
    pub fn failed(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(place.into(), reason.into(), false)
    }

    fn new(place: String, reason: String, absent: bool) -> Self {
        Self(Box::new(Inner { place, reason, absent, retryable: false, tried: Vec::new(), source: None }))
    }

    /// Marks the error as retryable: the same call may succeed later.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.0.retryable = true;
        self
    }

    /// Sets the source, which must not contain a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Sets the errors of the providers that a chain tried before.
    #[must_use]
    pub(super) fn after(mut self, tried: Vec<Self>) -> Self {
        self.0.tried = tried;
        self
    }

    /// The source of the credential: `environment`, or the path of a file.
    pub fn place(&self) -> &str {
        &self.0.place
    }

    /// The reason, without the place.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Whether the provider has no credential, rather than one that cannot be used.
    pub fn is_absent(&self) -> bool {
        self.0.absent
    }

    /// Whether the same call may succeed later, for example after a timeout.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// The errors of the providers that a chain tried before, in order.
    pub fn tried(&self) -> &[Self] {
        &self.0.tried
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.place, self.0.reason)?;
        self.0.tried.iter().try_for_each(|place| write!(f, "\n  {place}"))
    }
}

impl Error for ProviderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
