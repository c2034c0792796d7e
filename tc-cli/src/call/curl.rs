//! `--curl`: a script for a shell that sends the request with curl. The key stays in variables.

use std::io::Write;

use super::{Request, written};
use crate::args::quoted;
use crate::error::{Error, arguments};

/// Prints the script. It signs when it is run, so that it can be kept.
///
/// # Errors
/// The request cannot be written as a POST of JSON.
pub(super) fn run(request: &Request<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let spec = request.target.spec;
    let body = tc_core::encode_json(request.action).map_err(|error| super::failure(&error))?;
    let body = String::from_utf8(body).map_err(|_| arguments("--curl: the body is not text"))?;
    let url = request.url()?;
    let host = url.split_once("://").map_or(url.as_str(), |(_, host)| host);
    let region = request.settings.region(&request.line.options);
    let (service, version, action) = (spec.service, spec.version, spec.name);
    let lower = action.to_lowercase();
    let (body, region, url) = (quoted(&body), quoted(&region), quoted(&url));
    let script = format!(
        r#"# {service} {version} {action}. Set TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for a temporary key, TENCENTCLOUD_TOKEN.
export TENCENTCLOUD_SECRET_KEY
body={body}
now=$(date +%s)
day=$(date -u +%Y-%m-%d)
authorization=$(printf '%s' "$body" | perl -MDigest::SHA=sha256_hex,hmac_sha256,hmac_sha256_hex -0777 -e '
  my ($id, $now, $day) = @ARGV; my $body = <STDIN> // "";
  my $signed = "content-type;host;x-tc-action";
  my $request = join("\n", "POST", "/", "", "content-type:application/json; charset=utf-8", "host:{host}",
    "x-tc-action:{lower}", "", $signed, sha256_hex($body));
  my $text = join("\n", "TC3-HMAC-SHA256", $now, "$day/{service}/tc3_request", sha256_hex($request));
  my $key = hmac_sha256("tc3_request", hmac_sha256("{service}", hmac_sha256($day, "TC3$ENV{{TENCENTCLOUD_SECRET_KEY}}")));
  print "TC3-HMAC-SHA256 Credential=$id/$day/{service}/tc3_request, SignedHeaders=$signed, Signature=", hmac_sha256_hex($text, $key);
' "$TENCENTCLOUD_SECRET_ID" "$now" "$day")
curl -sS {url} \
  -H 'Content-Type: application/json; charset=utf-8' \
  -H "Authorization: $authorization" \
  -H 'X-TC-Action: {action}' -H 'X-TC-Version: {version}' -H "X-TC-Timestamp: $now" \
  -H 'X-TC-Region: '{region} ${{TENCENTCLOUD_TOKEN:+-H "X-TC-Token: $TENCENTCLOUD_TOKEN"}} \
  --data-binary "$body"
"#
    );
    written(out.write_all(script.as_bytes()))
}
