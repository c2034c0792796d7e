//! A call in Python, with the client of the official SDK that serves every action: it needs one small package, and no module
//! of a service.

use std::fmt::Write;

use serde_json::Number;
use tc_spec::BodyForm;

use super::Call;
use super::literal::{Literal, Source, Syntax, quoted, write};
use super::paging::{Advance, Paging};

/// The program.
pub(super) fn program(call: &Call<'_>) -> String {
    let (spec, place) = (call.target.spec, call.place);
    let parameters = call.parameters;
    let mut code = String::from("# pip install tencentcloud-sdk-python-common\nimport json\nimport os\n\n");
    code.push_str("from tencentcloud.common.common_client import CommonClient\n");
    code.push_str("from tencentcloud.common.credential import Credential\n");
    let profile = if place.host == format!("{}.tencentcloudapi.com", spec.service) && place.scheme == "https" {
        String::new()
    } else {
        code.push_str("from tencentcloud.common.profile.client_profile import ClientProfile\n");
        code.push_str("from tencentcloud.common.profile.http_profile import HttpProfile\n");
        format!("http = HttpProfile(protocol={}, endpoint={})\n", Python.text(place.scheme), Python.text(&place.host))
    };
    let profile_argument = if profile.is_empty() { "" } else { ", ClientProfile(httpProfile=http)" };
    let texts = [spec.service, spec.version, place.region.as_str(), spec.name].map(|text| Python.text(text));
    let [service, version, region, action] = texts;
    let _ = write!(
        code,
        "\ncredential = Credential(\n    \
             os.environ[\"TENCENTCLOUD_SECRET_ID\"],\n    \
             os.environ[\"TENCENTCLOUD_SECRET_KEY\"],\n    \
             os.environ.get(\"TENCENTCLOUD_SESSION_TOKEN\") or os.environ.get(\"TENCENTCLOUD_TOKEN\"),\n\
         )\n\
         {profile}client = CommonClient({service}, {version}, credential, {region}{profile_argument})\n"
    );
    let bytes = |source: &Source| match source {
        Source::Path(path) => format!("open({}, \"rb\").read()", Python.text(path)),
        Source::Text(text) => format!("{}.encode()", Python.text(text)),
    };
    if spec.body == BodyForm::OctetStream {
        let body = parameters.files.first().map_or_else(|| "b\"\"".to_owned(), |file| bytes(&file.source));
        let headers = write(&Python, &headers(call), 0);
        let _ = write!(
            code,
            "headers = {headers}\nresponse = client.call_octet_stream({action}, headers, {body})[\"Response\"]\n{PRINT}"
        );
        return code;
    }
    let _ = writeln!(code, "params = {}", write(&Python, &parameters.object(), 0));
    for file in &parameters.files {
        let _ = writeln!(code, "params[{}] = {}", Python.text(&file.name), bytes(&file.source));
    }
    let mut options = Vec::new();
    if spec.body == BodyForm::Multipart {
        let names: Vec<String> = parameters.files.iter().map(|file| Python.text(&file.name)).collect();
        options.push(format!("\"IsMultipart\": True, \"BinaryParams\": [{}]", names.join(", ")));
    }
    if spec.skip_sign {
        options.push("\"SkipSign\": True".to_owned());
    }
    let options = if options.is_empty() { String::new() } else { format!(", options={{{}}}", options.join(", ")) };
    if call.is_streamed {
        let _ = write!(
            code,
            "for event in client.call_sse({action}, params{options}):\n    \
                 if event.get(\"data\"):\n        \
                     print(event[\"data\"], flush=True)\n"
        );
        return code;
    }
    let send = format!("response = client.call_json({action}, params{options})[\"Response\"]\n");
    match &call.paging {
        Some(paging) => code.push_str(&pages(paging, &send)),
        None => code.extend([&send, PRINT]),
    }
    code
}

/// A loop over all pages.
fn pages(paging: &Paging, send: &str) -> String {
    let at = |path: &[&str]| {
        let mut value = "response".to_owned();
        for (depth, name) in path.iter().enumerate() {
            let object = if depth == 0 { value } else { format!("({value} or {{}})") };
            value = format!("{object}.get({})", Python.text(name));
        }
        value
    };
    let number = |text: &str, is_text: bool| if is_text { format!("str({text})") } else { text.to_owned() };
    let total = paging.total.as_ref().map_or_else(|| "None".to_owned(), |path| at(path));
    let (name, before, last, next) = match &paging.advance {
        Advance::Offset { name, is_text } => {
            let text = Python.text(name);
            let before = format!("count = int(params.get({text}) or 0)\n");
            (text, before, "total is not None and count >= int(total)".to_owned(), number("count", *is_text))
        }
        Advance::Number { name, first, is_text } => {
            let text = Python.text(name);
            let next = number(&format!("int(params.get({text}) or {first}) + 1"), *is_text);
            (text, "count = 0\n".to_owned(), "total is not None and count >= int(total)".to_owned(), next)
        }
        Advance::Token { name, next, more } => {
            let more = more.as_ref().map_or_else(String::new, |more| format!(" or not {}", at(more)));
            (Python.text(name), "count = 0\n".to_owned(), format!("not {}{more}", at(next)), at(next))
        }
    };
    // A page without items is the last one, except a token: it decides alone.
    let (empty, total) = match paging.advance {
        Advance::Token { .. } => ("", String::new()),
        _ => ("not items or ", format!("    total = {total}\n")),
    };
    format!(
        "{before}while True:\n    {send}    items = {} or []\n    for item in items:\n        \
             print(json.dumps(item, ensure_ascii=False))\n    count += len(items)\n{total}    \
         if {empty}({last}):\n        break\n    params[{name}] = {next}\n",
        at(&paging.items)
    )
}

const PRINT: &str = "print(json.dumps(response, ensure_ascii=False, indent=2))\n";

/// The parameters of an action whose body is a file: they are headers.
pub(super) fn headers(call: &Call<'_>) -> Literal {
    let prefix = call.target.spec.service.to_uppercase();
    let text = |value: &Literal| match value {
        Literal::Number(number) => Literal::Text(number.to_string()),
        Literal::Bool(value) => Literal::Text(value.to_string()),
        other => other.clone(),
    };
    let header = |(name, value): &(String, Literal)| (format!("X-{prefix}-{name}"), text(value));
    Literal::Object(call.parameters.members.iter().map(header).collect())
}

struct Python;

impl Syntax for Python {
    const INDENT: &'static str = "    ";
    const LIST: [&'static str; 2] = ["[", "]"];
    const OBJECT: [&'static str; 2] = ["{", "}"];

    fn null(&self) -> String {
        "None".to_owned()
    }

    fn bool(&self, value: bool) -> String {
        if value { "True" } else { "False" }.to_owned()
    }

    fn number(&self, number: &Number) -> String {
        number.to_string()
    }

    /// As JSON, whose escapes mean the same in Python; what is not printable is escaped, too.
    fn text(&self, text: &str) -> String {
        quoted(text, |code| format!("\\U{code:08x}"))
    }

    fn variable(&self, name: &str) -> String {
        format!("os.environ[\"{name}\"]")
    }
}
