//! SecretId, SecretKey and token.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderValue;
use zeroize::{Zeroize, Zeroizing};

use crate::cache::Cache;
use crate::timestamp::Date;

/// The hash states that an HMAC with a derived key starts from: eight words for the inner hash, eight for the outer.
pub(crate) type KeyState = Zeroizing<[u32; 16]>;

/// Derived keys by day and service.
type SigningKeys = Cache<(Date, String), Arc<KeyState>>;

/// A SecretId, its SecretKey, and a token if the credential is temporary.
///
/// Cheap to clone. `Debug` does not show the key or the token. Both are overwritten in memory when the last clone is dropped, and so
/// is everything that is derived from the token for a request.
///
/// Copies that a transport makes are not overwritten: hyper, which both built-in transports use, writes headers, and the form or the
/// URL of signature v1, into the buffer of the connection, and reqwest copies the URL of a GET. They remain until the memory is
/// reused.
///
/// ```
/// use tc_core::Credential;
/// let credential = Credential::new("AKIDEXAMPLE", "a secret key").with_token("a session token");
/// assert_eq!(credential.secret_id(), "AKIDEXAMPLE");
/// assert!(credential.check().unwrap_err().to_string().contains("SecretKey"));
/// ```
#[derive(Clone)]
pub struct Credential(Arc<Parts>);

struct Parts {
    secret_id: String,
    secret_key: String,
    token: Option<String>,
    expiry: Option<DateTime<Utc>>,
    signing_keys: SigningKeys,
    /// The token as a header value, created once and shared by all requests.
    header: OnceLock<Option<HeaderValue>>,
}

impl Credential {
    /// Creates a permanent credential. [`check`](Self::check) validates it.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::of(secret_id.into(), secret_key.into(), None, None)
    }

    /// Sets the session token of a temporary credential. An empty token is ignored.
    #[must_use]
    pub fn with_token(self, token: impl Into<String>) -> Self {
        let token = Some(token.into()).filter(|token| !token.is_empty());
        let Parts { secret_id, secret_key, expiry, .. } = &*self.0;
        Self::of(secret_id.clone(), secret_key.clone(), token, *expiry)
    }

    /// Sets the time at which it expires.
    #[must_use]
    pub fn with_expiry(self, expiry: DateTime<Utc>) -> Self {
        let Parts { secret_id, secret_key, token, .. } = &*self.0;
        Self::of(secret_id.clone(), secret_key.clone(), token.clone(), Some(expiry))
    }

    /// Creates a credential from all its parts, without temporary copies of secrets.
    pub(crate) fn of(
        secret_id: String,
        secret_key: String,
        token: Option<String>,
        expiry: Option<DateTime<Utc>>,
    ) -> Self {
        Self(Arc::new(Parts {
            secret_id,
            secret_key,
            token,
            expiry,
            signing_keys: Cache::new(8),
            header: OnceLock::new(),
        }))
    }

    /// The SecretId. It is not secret: every request contains it.
    pub fn secret_id(&self) -> &str {
        &self.0.secret_id
    }

    /// The SecretKey. Do not log it.
    pub fn secret_key(&self) -> &str {
        &self.0.secret_key
    }

    /// The session token of a temporary credential. Do not log it.
    pub fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// The token as a header value, if there is a token. All requests share its memory, which is overwritten when the last of them is
    /// dropped.
    ///
    /// # Errors
    /// If the token is not a valid header value.
    pub(crate) fn token_header(&self) -> Option<Result<HeaderValue, ()>> {
        let token = self.token()?;
        let header = self.0.header.get_or_init(|| {
            let mut value = HeaderValue::from_maybe_shared(wiped(token.as_bytes().to_vec())).ok()?;
            value.set_sensitive(true);
            Some(value)
        });
        Some(header.clone().ok_or(()))
    }

    /// The time at which it expires, if known.
    pub fn expiry(&self) -> Option<DateTime<Utc>> {
        self.0.expiry
    }

    /// Checks that the parts contain only valid characters.
    ///
    /// # Errors
    /// If SecretId, SecretKey or token is empty, is in quotes, or contains a space, a control character or a character that is not
    /// visible ASCII. Also if a SecretId or token contains a character that would change the meaning of the `Authorization` header or
    /// of a query: a SecretId may have letters, digits and `-_.~*`, a token also `+/=:%!$@|^`. The error never contains the value.
    pub fn check(&self) -> Result<(), CredentialError> {
        check("SecretId", self.secret_id(), Some("-_.~*"))?;
        check("SecretKey", self.secret_key(), None)?;
        self.token().map_or(Ok(()), |token| check("token", token, Some("-_.~*+/=:%!$@|^")))
    }

    /// The cache of keys derived from this credential.
    pub(crate) fn signing_keys(&self) -> &SigningKeys {
        &self.0.signing_keys
    }
}

/// `marks` are the accepted characters besides letters and digits; `None` accepts any visible ASCII.
fn check(part: &'static str, value: &str, marks: Option<&str>) -> Result<(), CredentialError> {
    let edge = |is: fn(char) -> bool| value.starts_with(is) || value.ends_with(is);
    let problem = if value.is_empty() {
        "is empty"
    } else if edge(char::is_whitespace) {
        "has a space or a line break at its start or end: remove it"
    } else if edge(|character| matches!(character, '"' | '\'' | '`')) {
        "is in quotes: remove them"
    } else if value.chars().any(char::is_control) {
        "contains a control character"
    } else if value.chars().any(char::is_whitespace) {
        "contains a space"
    } else if !value.is_ascii() {
        "contains a character that is not ASCII"
    } else if let Some(marks) = marks
        && !value.chars().all(|character| character.is_ascii_alphanumeric() || marks.contains(character))
    {
        match part {
            "SecretId" => "contains an invalid character: letters, digits and `-_.~*` are accepted",
            _ => "contains an invalid character: letters, digits and `-_.~*+/=:%!$@|^` are accepted",
        }
    } else {
        return Ok(());
    };
    Err(CredentialError { part, problem })
}

/// Shared bytes that are overwritten when the last owner drops them.
pub(crate) fn wiped(secret: Vec<u8>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(secret))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four characters show whether the id is permanent (AKID), but do not identify a key.
        let shown: String = self.secret_id().chars().take(4).collect();
        f.debug_struct("Credential")
            .field("secret_id", &format_args!("{shown}…"))
            .field("secret_key", &format_args!("…"))
            .field("token", &format_args!("{}", if self.token().is_some() { "Some(…)" } else { "None" }))
            .field("expiry", &self.expiry())
            .finish()
    }
}

impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        let (left, right) = (&*self.0, &*other.0);
        left.secret_id == right.secret_id
            && left.secret_key == right.secret_key
            && left.token == right.token
            && left.expiry == right.expiry
    }
}

impl Eq for Credential {}

impl Drop for Parts {
    fn drop(&mut self) {
        self.secret_id.zeroize();
        self.secret_key.zeroize();
        self.token.zeroize();
    }
}

/// The reason why a credential is invalid. Never contains a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialError {
    part: &'static str,
    problem: &'static str,
}

impl CredentialError {
    /// The invalid part: `SecretId`, `SecretKey` or `token`.
    pub fn part(&self) -> &'static str {
        self.part
    }

    /// The error message for a value of the variable or key `name`.
    pub(crate) fn of_name(&self, name: &str) -> String {
        format!("{name}: {self}")
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} {}", self.part, self.problem)
    }
}

impl std::error::Error for CredentialError {}
