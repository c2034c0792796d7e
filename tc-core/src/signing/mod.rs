//! Request signing: TC3-HMAC-SHA256 and the older signature v1, step by step. Nothing here does I/O or reads the clock.
//!
//! Each step is a value whose Display is the text that the official documentation specifies.
//!
//! ```
//! use tc_core::signing::{CanonicalRequest, PayloadHash, Scope, SigningKey, StringToSign};
//! use tc_core::{Credential, Method, Timestamp};
//!
//! let credential = Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE");
//! let at = Timestamp::from_unix(1_551_113_065);
//! let body = br#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
//!
//! let canonical = CanonicalRequest::new(Method::Post, "", PayloadHash::of(body))
//!     .header("Content-Type", "application/json; charset=utf-8")
//!     .header("Host", "cvm.tencentcloudapi.com");
//! let scope = Scope::new(at.date(), "cvm");
//! let string = StringToSign::new(at, &scope, &canonical);
//! let signature = SigningKey::of(&credential, &scope).sign(&string);
//! assert_eq!(signature.to_string(), "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
//! ```

mod authorization;
mod canonical_request;
mod sha256;
mod signature;
mod step;
mod string_to_sign;
mod tc3;
mod v1;

pub use crate::spec::{Method, SignatureMethod};
pub use authorization::Authorization;
pub use canonical_request::{CanonicalRequest, PayloadHash};
pub use signature::{Signature, SigningKey};
pub use string_to_sign::{Scope, StringToSign};
pub use tc3::Tc3;
