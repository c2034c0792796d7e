//! The certificates of `tcapi emulator --tls`: a certificate authority for one run, and the certificate that it signs.

use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tc_core::Timestamp;

/// The names that the certificate is valid for.
pub(crate) const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "*.tencentcloudapi.com"];

const DAY: Duration = Duration::from_hours(24);

/// The certificates of one run, in PEM. The private key of the authority is not kept, so it cannot sign anything else.
pub(crate) struct Certificates {
    /// The certificate of the authority, which clients must trust.
    pub(crate) authority: String,
    /// The certificate of the server, and that of the authority.
    pub(crate) chain: String,
    /// The private key of the server. It must not be written to a file.
    pub(crate) key: String,
}

impl Certificates {
    /// Creates an authority and a certificate for [`NAMES`], valid for one year from the day before `now`.
    ///
    /// # Errors
    /// If there are no random numbers.
    pub(crate) fn create(now: Timestamp) -> Result<Self, rcgen::Error> {
        let mut params = parameters("tcapi emulator authority", &[], now)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let mut params = parameters("tcapi emulator", &NAMES, now)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        // Python requires it from version 3.13 on.
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let server = params.signed_by(&key, &authority)?;
        let authority = authority.as_ref().pem();
        Ok(Self { chain: server.pem() + &authority, authority, key: key.serialize_pem() })
    }
}

fn parameters(common_name: &str, names: &[&str], now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, common_name);
    let since_1970 = Duration::from_secs(now.as_unix().try_into().unwrap_or_default());
    params.not_before = date_time_ymd(1970, 1, 1) + since_1970.saturating_sub(DAY);
    params.not_after = params.not_before + 365 * DAY;
    Ok(params)
}
