//! A call as a shell script that signs with perl and sends with curl.

use tc_spec::{ActionSpec, BodyForm};

use super::Call;
use super::place::Place;
use super::shell::{JSON_FUNCTION, json_word};
use crate::args::quoted;
use crate::error::{Error, arguments};

/// The script.
///
/// # Errors
/// The action is not sent as JSON.
pub(super) fn program(call: &Call<'_>) -> Result<String, Error> {
    if call.target.spec.body != BodyForm::Json {
        return Err(arguments(format!("curl: {} uploads a file, which the script cannot sign", call.target.spec.name)));
    }
    let body = json_word(&call.parameters.object());
    let script = script(call.target.spec, call.place, &call.parameters.variables, &body, call.is_streamed);
    let (first, rest) = script.split_once('\n').unwrap_or((&script, ""));
    Ok(format!("{first}\n{}{rest}", call.one_page("#")))
}

fn script(spec: &ActionSpec, place: &Place, variables: &[String], body: &str, is_streamed: bool) -> String {
    let (service, version, action) = (spec.service, spec.version, spec.name);
    let (lower, region, host, url) = (action.to_lowercase(), &place.region, &place.host, quoted(&place.url()));
    let options = if is_streamed { "-sSN" } else { "-sS" };
    let (mut names, mut export) = (String::new(), String::new());
    for name in variables {
        names.extend([", ", name]);
        export.extend([" ", name]);
    }
    let json = if variables.is_empty() { "" } else { JSON_FUNCTION };
    if spec.skip_sign {
        let export = if export.is_empty() { String::new() } else { format!("export{export}\n") };
        let set = if names.is_empty() { String::new() } else { format!(" Set {}.", names.trim_start_matches(", ")) };
        return format!(
            r#"# {service} {version} {action}, which is sent without a signature.{set}
{export}{json}body={body}
curl {options} {url} \
  -H 'Content-Type: application/json; charset=utf-8' -H 'Authorization: SKIP' \
  -H 'X-TC-Action: {action}' -H 'X-TC-Version: {version}' -H "X-TC-Timestamp: $(date +%s)" \
  -H 'X-TC-Region: {region}' \
  --data-binary "$body"
"#
        );
    }
    format!(
        r#"# {service} {version} {action}. Set TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY{names} and, for a temporary key, TENCENTCLOUD_SESSION_TOKEN.
export TENCENTCLOUD_SECRET_KEY{export}
{json}body={body}
token=${{TENCENTCLOUD_SESSION_TOKEN:-${{TENCENTCLOUD_TOKEN:-}}}}
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
curl {options} {url} \
  -H 'Content-Type: application/json; charset=utf-8' \
  -H "Authorization: $authorization" \
  -H 'X-TC-Action: {action}' -H 'X-TC-Version: {version}' -H "X-TC-Timestamp: $now" \
  -H 'X-TC-Region: {region}' ${{token:+-H "X-TC-Token: $token"}} \
  --data-binary "$body"
"#
    )
}
