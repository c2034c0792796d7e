//! A TC3 signature written with hmac and sha2 only. All other signers must give the same result.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use tc_core::{Credential, Timestamp};

/// A POST request to sign.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// The signed headers, in lower case and in order.
    pub headers: &'a [(&'a str, &'a str)],
    /// The service in the scope.
    pub service: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// The time of the signature.
    pub at: Timestamp,
}

impl Post<'_> {
    /// The value of the header `Authorization`.
    pub fn authorization(&self, credential: &Credential) -> String {
        let (date, names) = (self.at.date().to_string(), self.names());
        format!(
            "TC3-HMAC-SHA256 Credential={}/{date}/{}/tc3_request, SignedHeaders={names}, Signature={}",
            credential.secret_id(),
            self.service,
            self.sign(credential, &date, &names)
        )
    }

    /// The signature alone.
    pub fn signature(&self, credential: &Credential) -> String {
        self.sign(credential, &self.at.date().to_string(), &self.names())
    }

    /// Without a key cache, and with a new string for each step.
    fn sign(&self, credential: &Credential, date: &str, names: &str) -> String {
        let Self { headers, service, body, at } = self;
        let mut canonical = String::from("POST\n/\n\n");
        for (name, value) in *headers {
            for piece in [name, ":", value, "\n"] {
                canonical.push_str(piece);
            }
        }
        let canonical = canonical + "\n" + names + "\n" + &hex(&Sha256::digest(body));
        let string =
            format!("TC3-HMAC-SHA256\n{at}\n{date}/{service}/tc3_request\n{}", hex(&Sha256::digest(canonical)));
        let key = mac(format!("TC3{}", credential.secret_key()).as_bytes(), date.as_bytes());
        let key = mac(&mac(&key, service.as_bytes()), b"tc3_request");
        hex(&mac(&key, string.as_bytes()))
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        names.join(";")
    }
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("every length is a key");
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
