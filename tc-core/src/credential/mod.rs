//! SecretId, SecretKey and token: who calls.

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

/// Who calls: a SecretId, its SecretKey, and a token where the pair is a temporary one.
///
/// Cheap to clone. No Debug shows the key or the token, and both are overwritten when the last clone is dropped; so is
/// everything that is made of the token for a request. What a transport keeps of a request is not in our hands: hyper, below
/// both built-in transports, writes headers, and the form or the URL of signature v1, into the buffer of the connection,
/// and reqwest copies the URL of a GET. These stay in memory until it is used for something else.
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
    /// The token as the value of a header, made once and shared by all requests.
    header: OnceLock<Option<HeaderValue>>,
}

impl Credential {
    /// A permanent pair. [`check`](Self::check) tells whether it can be one.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::of(secret_id.into(), secret_key.into(), None, None)
    }

    /// With the session token that a temporary pair needs. An empty one is none.
    #[must_use]
    pub fn with_token(self, token: impl Into<String>) -> Self {
        let token = Some(token.into()).filter(|token| !token.is_empty());
        let Parts { secret_id, secret_key, expiry, .. } = &*self.0;
        Self::of(secret_id.clone(), secret_key.clone(), token, *expiry)
    }

    /// With the time from which on the cloud refuses it.
    #[must_use]
    pub fn with_expiry(self, expiry: DateTime<Utc>) -> Self {
        let Parts { secret_id, secret_key, token, .. } = &*self.0;
        Self::of(secret_id.clone(), secret_key.clone(), token.clone(), Some(expiry))
    }

    /// All at once: no copy of a secret is made and wiped again on the way.
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

    /// The name of the pair. It is no secret: every request carries it.
    pub fn secret_id(&self) -> &str {
        &self.0.secret_id
    }

    /// The key that signs. Keep it out of logs.
    pub fn secret_key(&self) -> &str {
        &self.0.secret_key
    }

    /// The session token of a temporary pair. Keep it out of logs.
    pub fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }

    /// The token as the value of a header, where there is one. Its memory is shared by all requests, and overwritten with
    /// the last of them.
    ///
    /// # Errors
    /// A token that no header can hold.
    pub(crate) fn token_header(&self) -> Option<Result<HeaderValue, ()>> {
        let token = self.token()?;
        let header = self.0.header.get_or_init(|| {
            let mut value = HeaderValue::from_maybe_shared(wiped(token.as_bytes().to_vec())).ok()?;
            value.set_sensitive(true);
            Some(value)
        });
        Some(header.clone().ok_or(()))
    }

    /// The time from which on the cloud refuses it, where a provider knows.
    pub fn expiry(&self) -> Option<DateTime<Utc>> {
        self.0.expiry
    }

    /// Whether the cloud could accept it, as far as its characters tell.
    ///
    /// # Errors
    /// A SecretId, SecretKey or token that is empty, stands in quotes, or holds a blank, a control character or
    /// anything else that is not visible ASCII. A SecretId or token with a character that would change the meaning of
    /// the `Authorization` header or of a query: a SecretId has letters, digits and `-_.~*`, a token also `+/=:%!$@|^`.
    /// The error never shows the value.
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

/// `marks` are the characters accepted beside letters and digits; any visible ASCII where there are none.
fn check(part: &'static str, value: &str, marks: Option<&str>) -> Result<(), CredentialError> {
    let edge = |is: fn(char) -> bool| value.starts_with(is) || value.ends_with(is);
    let fault = if value.is_empty() {
        "is empty"
    } else if edge(char::is_whitespace) {
        "has a blank or a line break at its start or end: it was probably pasted with it"
    } else if edge(|character| matches!(character, '"' | '\'' | '`')) {
        "stands in quotes: leave them out"
    } else if value.chars().any(char::is_control) {
        "holds a control character"
    } else if value.chars().any(char::is_whitespace) {
        "holds a blank"
    } else if !value.is_ascii() {
        "holds a character that is not ASCII"
    } else if let Some(marks) = marks
        && !value.chars().all(|character| character.is_ascii_alphanumeric() || marks.contains(character))
    {
        match part {
            "SecretId" => "holds a character that no SecretId has: letters, digits and `-_.~*` are accepted",
            _ => "holds a character that no token has: letters, digits and `-_.~*+/=:%!$@|^` are accepted",
        }
    } else {
        return Ok(());
    };
    Err(CredentialError { part, fault })
}

/// Shared memory that is overwritten when the last of those who share it drops it.
pub(crate) fn wiped(secret: Vec<u8>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(secret))
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four characters tell a permanent id (AKID) from others, and no two keys from each other.
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
        let (mine, theirs) = (&*self.0, &*other.0);
        mine.secret_id == theirs.secret_id
            && mine.secret_key == theirs.secret_key
            && mine.token == theirs.token
            && mine.expiry == theirs.expiry
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

/// Why a credential cannot be one. Never shows a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialError {
    part: &'static str,
    fault: &'static str,
}

impl CredentialError {
    /// Which part is at fault: `SecretId`, `SecretKey` or `token`.
    pub fn part(&self) -> &'static str {
        self.part
    }

    /// The same of a value that `name` holds: an environment variable, or a key of a file.
    pub(crate) fn of_name(&self, name: &str) -> String {
        format!("{name}: {self}")
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} {}", self.part, self.fault)
    }
}

impl std::error::Error for CredentialError {}
