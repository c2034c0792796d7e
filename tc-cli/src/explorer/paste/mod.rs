//! A request that was pasted: JSON, a curl command, an HTTP request, a URL, or a command line.

mod curl;
mod http;

use serde_json::{Value, json};
use tc_spec::names::COMMON_PARAMETERS;

use super::input::{Refused, text};
use super::target;
use crate::actions::Target;
use crate::args::{CommandLine, Given, Mode, build};
use http::Http;

/// The action, the region and the parameters of the text in the member `text`. Where the text names no action, it is the one
/// that the input names.
///
/// # Errors
/// The text cannot be read, or names an action that does not exist.
pub(super) fn read(input: &Value) -> Result<Value, Refused> {
    let given = text(input, "text").replace("\r\n", "\n");
    let given = given.trim();
    if given.starts_with('{') {
        let params: Value = serde_json::from_str(given)
            .map_err(|error| Refused::bad(format!("the text is not valid JSON: {error}")))?;
        // A request that was logged whole.
        let named = ["Action", "Version"].iter().all(|name| params[*name].is_string());
        return if named { object(input, params) } else { found(input, None, None, given) };
    }
    if is_command(given) {
        return command(given);
    }
    let http = if curl::is(given) { curl::read(given)? } else { http::read(given)? };
    request(input, &http)
}

/// A curl command as the text of an HTTP request; `None` if the text is not a curl command.
pub(super) fn as_http(text: &str) -> Option<String> {
    let text = text.trim().replace("\r\n", "\n");
    if !curl::is(&text) {
        return None;
    }
    Some(curl::read(&text).ok()?.to_string())
}

fn is_command(text: &str) -> bool {
    let word = text.split_whitespace().find(|word| *word != "$").unwrap_or_default();
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(name, "tcapi" | "tccli" | "tcapi.exe")
}

/// The words of a shell command; `None` if a quote is open. A backslash at the end of a line continues it.
fn words(text: &str) -> Option<Vec<String>> {
    let (mut joined, mut quote) = (String::with_capacity(text.len()), None);
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '"', '\\']) {
        let (before, here) = rest.split_at(at);
        joined.push_str(before);
        let mut length = 1;
        match (quote, here.as_bytes()[0]) {
            (Some(b'\''), b'\\') => {}
            (_, b'\\') => length += here.chars().nth(1).map_or(0, char::len_utf8),
            (None, mark) => quote = Some(mark),
            (Some(open), mark) if open == mark => quote = None,
            _ => {}
        }
        if &here[..length] != "\\\n" {
            joined.push_str(&here[..length]);
        }
        rest = &here[length..];
    }
    joined.push_str(rest);
    shlex::split(&joined)
}

/// A command line of tcapi or tccli.
fn command(text: &str) -> Result<Value, Refused> {
    let words = words(text).ok_or_else(|| Refused::bad("the command line has an open quote"))?;
    let words = words.into_iter().skip_while(|word| word == "$").skip(1);
    let line = CommandLine::parse(words)?;
    let [service, action, ..] = line.words.as_slice() else {
        return Err(Refused::bad("the command line names no service and action: tcapi <service> <Action> …"));
    };
    let site = crate::actions::site(&line.options)?;
    let target = target::find(service, line.options.get("version"), action, site)?;
    let mode = if line.options.has("cli-unfold-argument") { Mode::Unfold } else { Mode::Plain };
    let params = built(&target, &line.params, mode)?;
    answer(&target, line.options.get("region"), &params)
}

/// Parameters by their dotted names.
fn built(target: &Target, given: &[Given], mode: Mode) -> Result<Value, Refused> {
    // A file of this machine is not read: what is pasted may come from anywhere.
    if let Some(given) = given.iter().find(|given| given.words.iter().any(|word| word.starts_with('@'))) {
        return Err(Refused::bad(format!("`{}` is in a file: paste its text instead", given.name)));
    }
    match build(target.spec.request, given, mode) {
        Ok(params) => Ok(Value::Object(params)),
        Err(problems) => {
            let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            Err(Refused::bad(messages.join("\n")))
        }
    }
}

/// An object with `Action` and `Version` among its parameters.
fn object(input: &Value, mut params: Value) -> Result<Value, Refused> {
    let common = |name: &str| params[name].as_str().map(str::to_owned);
    let (action, version, region) = (common("Action"), common("Version"), common("Region"));
    let target = action_of(input, None, version.as_deref(), action.as_deref())?;
    if let Some(members) = params.as_object_mut() {
        members
            .retain(|name, _| !COMMON_PARAMETERS.contains(&name.as_str()) || target.spec.request.param(name).is_some());
    }
    answer(&target, region.as_deref(), &params)
}

fn request(input: &Value, http: &Http) -> Result<Value, Refused> {
    let pairs = http.pairs();
    let common = |header: &str, name: &str| {
        let pair = pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        http.header(header).map(str::to_owned).or(pair).filter(|text| !text.is_empty())
    };
    let (action, version) = (common("x-tc-action", "Action"), common("x-tc-version", "Version"));
    let region = common("x-tc-region", "Region");
    let body = http.body.trim();
    if body.starts_with('{') {
        let service = http.service();
        return found(
            input,
            Some((service.as_deref(), version.as_deref(), action.as_deref())),
            region.as_deref(),
            body,
        );
    }
    if action.is_none() && pairs.is_empty() {
        return Err(Refused::bad("the request names no action (X-TC-Action) and has no parameters"));
    }
    let target = action_of(input, http.service().as_deref(), version.as_deref(), action.as_deref())?;
    // Some actions have parameters with the names of common ones. A query does not tell the two apart.
    let given = pairs.into_iter().filter(|(name, _)| !COMMON_PARAMETERS.contains(&name.as_str()));
    let given: Vec<Given> = given.map(|(name, value)| Given { name, words: vec![value], inline: true }).collect();
    let params = built(&target, &given, Mode::Plain)?;
    answer(&target, region.as_deref(), &params)
}

type Names<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// The result for parameters that were given as JSON.
fn found(input: &Value, names: Option<Names<'_>>, region: Option<&str>, json: &str) -> Result<Value, Refused> {
    let (service, version, action) = names.unwrap_or_default();
    let target = action_of(input, service, version, action)?;
    let params: Value =
        serde_json::from_str(json).map_err(|error| Refused::bad(format!("the body is not valid JSON: {error}")))?;
    answer(&target, region, &params)
}

/// The action of these names; the input names what is absent.
fn action_of(
    input: &Value,
    service: Option<&str>,
    version: Option<&str>,
    action: Option<&str>,
) -> Result<Target, Refused> {
    let Some(action) = action else {
        if text(input, "action").is_empty() {
            return Err(Refused::bad("the text names no action: open one first, or paste the headers too"));
        }
        return Ok(target::target(input)?);
    };
    let service = service.unwrap_or_else(|| text(input, "service"));
    let site = tc_catalog::Site::China;
    let target = target::find(service, version, action, site)
        .or_else(|error| target::find(service, version, action, site.other()).map_err(|_| error));
    Ok(target?)
}

fn answer(target: &Target, region: Option<&str>, params: &Value) -> Result<Value, Refused> {
    let params = serde_json::to_string_pretty(params).map_err(|error| Refused::bad(error.to_string()))?;
    Ok(json!({
        "service": target.folder,
        "version": target.spec.version,
        "action": target.spec.name,
        "site": target.site.to_string(),
        "region": region,
        "params": params,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{as_http, read};

    fn pasted(text: &str) -> Value {
        read(&json!({"text": text})).unwrap_or_else(|refused| panic!("{}: {text}", refused.message()))
    }

    fn params(found: &Value) -> Value {
        serde_json::from_str(found["params"].as_str().unwrap()).unwrap()
    }

    #[test]
    fn every_form_of_a_request_is_read() {
        let zones = json!({"Filters": [{"Name": "zone", "Values": ["a b"]}], "Limit": 5});
        let body = r#"{"Filters":[{"Name":"zone","Values":["a b"]}],"Limit":5}"#;
        for text in [
            format!("curl https://cvm.tencentcloudapi.com -H 'X-TC-Action: DescribeInstances' -H 'X-TC-Version: 2017-03-12' -H \"X-TC-Region: ap-beijing\" -d '{body}'"),
            format!("curl -sS -X POST 'https://cvm.tencentcloudapi.com/' \\\r\n  -H'X-TC-Action: DescribeInstances' \\\r\n  -H 'X-TC-Region: ap-beijing' --data-binary '{body}' --compressed"),
            format!("# a script\nbody='{body}'\nnow=$(date +%s)\ncurl -sS https://cvm.tencentcloudapi.com \\\n -H \"X-TC-Timestamp: $now\" -H 'X-TC-Action: DescribeInstances' -H 'X-TC-Region: ap-beijing' --data-binary \"$body\"\n"),
            format!("POST / HTTP/1.1\nHost: cvm.tencentcloudapi.com\nX-TC-Action: DescribeInstances\nX-TC-Region: ap-beijing\n\n{body}"),
            "https://cvm.tencentcloudapi.com/?Action=DescribeInstances&Version=2017-03-12&Region=ap-beijing&Limit=5&Filters.0.Name=zone&Filters.0.Values.0=a+b&Nonce=1&Signature=x".to_owned(),
            "GET /?Action=DescribeInstances&Region=ap-beijing&Limit=5&Filters.0.Name=zone&Filters.0.Values.0=a%20b HTTP/1.1\nHost: cvm.tencentcloudapi.com\n".to_owned(),
            "curl -G https://cvm.tencentcloudapi.com -d Action=DescribeInstances -d Region=ap-beijing -d Limit=5 -d Filters.0.Name=zone -d Filters.0.Values.0=a%20b".to_owned(),
            "$ tccli cvm DescribeInstances --region ap-beijing --Limit 5 --Filters '[{\"Name\":\"zone\",\"Values\":[\"a b\"]}]'".to_owned(),
            "tcapi cvm DescribeInstances --region \"ap-\"'beijing' \\\n  --Filters.0.Name zone --Filters.0.Values 'a b' \\\n  --Limit 5".to_owned(),
        ] {
            let found = pasted(&text);
            assert_eq!((&found["service"], &found["version"], &found["action"]), (&json!("cvm"), &json!("2017-03-12"), &json!("DescribeInstances")), "{text}");
            assert_eq!(params(&found), zones, "{text}");
            assert_eq!(found["region"], "ap-beijing", "{text}");
        }
    }

    #[test]
    fn a_text_without_an_action_is_of_the_open_one() {
        let input = json!({"text": "{\"Limit\": 18446744073709551615}", "service": "cvm", "version": "2017-03-12", "action": "DescribeInstances"});
        let found = read(&input).unwrap();
        assert!(found["params"].as_str().unwrap().contains("18446744073709551615"), "{found}");
        for (text, expected) in [
            ("{\"Limit\": 1}", "names no action"),
            ("curl https://cvm.tencentcloudapi.com -H 'X-TC-Action: DescribeNothing' -d '{}'", "DescribeNothing"),
            ("curl 'https://cvm.tencentcloudapi.com", "open quote"),
            ("curl https://cvm.tencentcloudapi.com -H 'X-TC-Action: RunInstances' -d @/etc/passwd", "in a file"),
            ("tcapi cvm DescribeInstances --Filters @/etc/passwd", "in a file"),
            ("curl https://example.com/", "names no action (X-TC-Action)"),
            ("tcapi cvm", "names no service and action"),
            ("hello", "is not a request"),
            ("", "is not a request"),
        ] {
            let refused = read(&json!({"text": text})).unwrap_err();
            assert!(refused.message().contains(expected), "{text}: {}", refused.message());
        }
    }

    #[test]
    fn a_signed_curl_command_can_be_compared() {
        let text = as_http("curl -X POST https://cvm.tencentcloudapi.com -H 'Content-Type: application/json' -H 'Authorization: TC3-HMAC-SHA256 Credential=A/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=00' -d '{\"Limit\": 1}'").unwrap();
        let request: crate::sign::SignedRequest = text.parse().unwrap();
        assert_eq!(
            (request.header("host"), request.body.as_str()),
            (Some("cvm.tencentcloudapi.com"), "{\"Limit\": 1}")
        );
        assert_eq!(as_http("POST / HTTP/1.1"), None);
    }
}
