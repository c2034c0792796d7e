//! Why a place gave no credential.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why a place gave no credential; from a chain, why each place gave none. Never shows a value.
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
    /// This place has none; a chain asks the next one. `reason` goes on after the place: "is not set".
    pub fn absent(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(place.into(), reason.into(), true)
    }

    /// This place has one that cannot be used. A chain stops here: falling through to another identity would be worse
    /// than an error.
    pub fn failed(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(place.into(), reason.into(), false)
    }

    fn new(place: String, reason: String, absent: bool) -> Self {
        Self(Box::new(Inner { place, reason, absent, retryable: false, tried: Vec::new(), source: None }))
    }

    /// With the knowledge that asking again later may succeed.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.0.retryable = true;
        self
    }

    /// With what caused it, which must hold no secret.
    #[must_use]
    pub fn with_source(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// Of a chain: the places asked before this one ended it.
    #[must_use]
    pub(super) fn after(mut self, tried: Vec<Self>) -> Self {
        self.0.tried = tried;
        self
    }

    /// Which place it was: `environment`, or the path of a file.
    pub fn place(&self) -> &str {
        &self.0.place
    }

    /// Why it gave none.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Whether the place has no credential at all, rather than one that cannot be used.
    pub fn is_absent(&self) -> bool {
        self.0.absent
    }

    /// Whether asking again later may succeed: a service that did not answer in time, say.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// The places a chain asked before, in their order.
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
