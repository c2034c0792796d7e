//! Signature v1: the string to sign is made of the sorted parameters, not percent-encoded.

use hmac::Hmac;
use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::signature::mac;
use super::{Method, Signature, SignatureMethod, StringToSign};

impl StringToSign {
    /// Creates the string to sign of signature v1: method, host, path and all parameters except `Signature`, sorted by the bytes
    /// of their names. The path of API 3.0 is `/`.
    ///
    /// ```
    /// use tc_core::Method;
    /// use tc_core::signing::StringToSign;
    /// let string = StringToSign::of_parameters(Method::Get, "cvm.tencentcloudapi.com", "/", [("B.2", "x y"), ("B.10", "ä")]);
    /// assert_eq!(string.exact(), "GETcvm.tencentcloudapi.com/?B.10=ä&B.2=x y");
    /// ```
    pub fn of_parameters<'a>(
        method: Method,
        host: &str,
        path: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut parameters: Vec<_> = parameters.into_iter().collect();
        parameters.sort_unstable();
        Self::of_sorted(method, host, path, parameters)
    }

    pub(crate) fn of_sorted<'a>(
        method: Method,
        host: &str,
        path: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Self {
        // The text never grows: it may hold a session token, and growing would leave copies in memory.
        let length: usize = parameters.clone().into_iter().map(|(name, value)| name.len() + value.len() + 2).sum();
        let mut text =
            Zeroizing::new(String::with_capacity(length + method.as_str().len() + host.len() + path.len() + 1));
        for part in [method.as_str(), host, path, "?"] {
            text.push_str(part);
        }
        let mut token = None;
        for (index, (name, value)) in parameters.into_iter().enumerate() {
            if index > 0 {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            let start = text.len();
            text.push_str(value);
            if name == "Token" {
                token = Some(start..text.len());
            }
        }
        Self::v1(text, token)
    }
}

impl Signature {
    /// Signs `string` with signature v1. For TC3, see [`SigningKey`](super::SigningKey).
    pub fn of_parameters(method: SignatureMethod, secret_key: &str, string: &StringToSign) -> Self {
        let (key, text) = (secret_key.as_bytes(), string.exact().as_bytes());
        match method {
            SignatureMethod::HmacSha1 => Self::base64(&mac::<Hmac<Sha1>>(key, text)),
            SignatureMethod::HmacSha256 | SignatureMethod::Tc3 => Self::base64(&mac::<Hmac<Sha256>>(key, text)),
        }
    }
}
