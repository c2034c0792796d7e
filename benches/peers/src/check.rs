//! Checks that a request has the documented signature.

use std::io::{Error, Result};

use tc_benches::naive::Post;
use tc_benches::samples::credential;
use tc_core::Timestamp;

/// Compares a request, as it arrived, with the hand-written signature.
pub(crate) fn signed_well(request: &[u8]) -> Result<()> {
    let end = request.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(|| Error::other("no request"))?;
    let head = String::from_utf8_lossy(&request[..end]).into_owned();
    let header = |wanted: &str| {
        let found = head.lines().skip(1).find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        });
        found.ok_or_else(|| Error::other(format!("no header {wanted} in\n{head}")))
    };
    let authorization = header("authorization")?;
    let piece = |name: &str| {
        let rest = authorization.split(name).nth(1).and_then(|rest| rest.strip_prefix('='));
        rest.and_then(|rest| rest.split(',').next()).ok_or_else(|| Error::other(format!("no {name}: {authorization}")))
    };
    let mut names = piece("SignedHeaders")?.split(';');
    let headers: Vec<(&str, String)> = names.try_fold(Vec::new(), |mut headers, name| -> Result<_> {
        headers.push((name, header(name)?.to_ascii_lowercase()));
        Ok(headers)
    })?;
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let service = piece("Credential")?.split('/').nth(2).unwrap_or_default();
    let at = Timestamp::from_unix(header("x-tc-timestamp")?.parse().map_err(Error::other)?);
    let expected = Post { headers: &headers, service, body: &request[end + 4..], at }.signature(&credential());
    let given = piece("Signature")?;
    if given == expected {
        Ok(())
    } else {
        Err(Error::other(format!("signature {given} instead of {expected}:\n{head}")))
    }
}
