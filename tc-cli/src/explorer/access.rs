//! The one-time token of the URL, and the cookie that it is exchanged for.

use std::fmt::{self, Write};
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use subtle::ConstantTimeEq;

/// 256 random bits, written in hexadecimal.
pub(super) struct Secret(String);

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let mut text = String::with_capacity(2 * bytes.len());
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is this secret, in a time that does not depend on the text.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Who may use this server.
#[derive(Debug)]
pub(super) struct Access {
    /// Removed when it was used.
    token: Mutex<Option<Secret>>,
    session: Secret,
    cookie: String,
}

impl Access {
    /// A new token and a new session for the server of this port.
    ///
    /// # Errors
    /// As [`Secret::new`].
    pub(super) fn new(port: u16) -> Result<(Self, String), getrandom::Error> {
        let token = Secret::new()?;
        let text = token.text().to_owned();
        // Cookies do not tell ports apart, so the name does.
        let cookie = format!("tcapi_explorer_{port}");
        Ok((Self { token: Mutex::new(Some(token)), session: Secret::new()?, cookie }, text))
    }

    /// Exchanges the token for the value of a `Set-Cookie` header. Works once.
    pub(super) fn exchange(&self, text: &str) -> Option<String> {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        if !token.as_ref()?.is(text) {
            return None;
        }
        *token = None;
        Some(format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session.text()))
    }

    /// Whether a request has the cookie of this session.
    pub(super) fn is_open_to(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let mut open = false;
        for (name, value) in pairs {
            open |= name == self.cookie && self.session.is(value);
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

    use super::Access;

    #[test]
    fn a_token_opens_the_session_once() {
        let (access, token) = Access::new(4711).unwrap();
        assert_eq!(token.len(), 64);
        assert_eq!(access.exchange("other"), None);
        let cookie = access.exchange(&token).unwrap();
        assert!(cookie.starts_with("tcapi_explorer_4711=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"));
        assert_eq!(access.exchange(&token), None, "the token was used");
        let with = |value: &str| HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(value).unwrap())]);
        let pair = cookie.split(';').next().unwrap();
        assert!(access.is_open_to(&with(&format!("a=b; {pair}"))));
        assert!(!access.is_open_to(&with(&pair.replace("4711", "4712"))), "the cookie of another port");
        assert!(!access.is_open_to(&with(&format!("{pair}0"))));
        assert!(!access.is_open_to(&HeaderMap::new()));
        assert!(!format!("{access:?}").contains(pair.split('=').next_back().unwrap()));
    }
}
