//! Signature v1: the sorted parameters, unencoded, are the string to sign.

use hmac::Hmac;
use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::signature::mac;
use super::{Method, Signature, SignatureMethod, StringToSign};

impl StringToSign {
    /// Of signature v1: method, host, path and all parameters but `Signature`, sorted by the bytes of their names. The
    /// path is `/`; only the API before 3.0 had another.
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
        // A session token may be among them: a text that grew would leave copies of it behind.
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
    /// The signature v1 of `string`. TC3 signs with a [`SigningKey`](super::SigningKey) instead.
    pub fn of_parameters(method: SignatureMethod, secret_key: &str, string: &StringToSign) -> Self {
        let (key, text) = (secret_key.as_bytes(), string.exact().as_bytes());
        match method {
            SignatureMethod::HmacSha1 => Self::base64(&mac::<Hmac<Sha1>>(key, text)),
            SignatureMethod::HmacSha256 | SignatureMethod::Tc3 => Self::base64(&mac::<Hmac<Sha256>>(key, text)),
        }
    }
}
