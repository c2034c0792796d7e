//! A call in JavaScript for Node.js, with the client of the official SDK that serves every action.

use std::fmt::Write;

use serde_json::Number;
use tc_spec::BodyForm;

use super::Call;
use super::literal::{Source, Syntax, quoted, write};
use super::paging::{Advance, Paging};
use super::python::headers;

/// The program.
pub(super) fn program(call: &Call<'_>) -> String {
    let (spec, place) = (call.target.spec, call.place);
    let mut code = String::from("// npm install tencentcloud-sdk-nodejs-common\n");
    let mut profile = String::new();
    let mut endpoint = place.host.clone();
    if !call.parameters.files.is_empty() || spec.body == BodyForm::OctetStream {
        code.push_str("const fs = require(\"node:fs\");\n");
    }
    // The SDK takes the first label of the endpoint for the service that it signs for.
    if place.scheme == "http" {
        let (host, port) = match place.host.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (place.host.as_str(), "80"),
        };
        code.push_str("const http = require(\"node:http\");\nconst net = require(\"node:net\");\n");
        let _ = write!(
            profile,
            "// The SDK signs for the first label of the endpoint, so only its connections lead elsewhere.\n\
             const agent = new http.Agent();\n\
             agent.createConnection = (_, ready) => net.connect({{ host: {}, port: {port} }}, ready);\n",
            JavaScript.text(host.trim_matches(['[', ']']))
        );
        endpoint = format!("{}.tencentcloudapi.com", spec.service);
    }
    code.push_str(
        "const { CommonClient } = require(\"tencentcloud-sdk-nodejs-common/tencentcloud/common/common_client\");\n\n",
    );
    code.push_str(&profile);
    let texts = [endpoint.as_str(), spec.version, place.region.as_str(), spec.name].map(|text| JavaScript.text(text));
    let [endpoint, version, region, action] = texts;
    let _ = write!(
        code,
        "const client = new CommonClient({endpoint}, {version}, {{\n  \
             credential: {{\n    \
                 secretId: process.env.TENCENTCLOUD_SECRET_ID,\n    \
                 secretKey: process.env.TENCENTCLOUD_SECRET_KEY,\n    \
                 token: process.env.TENCENTCLOUD_SESSION_TOKEN || process.env.TENCENTCLOUD_TOKEN,\n  \
             }},\n  \
             region: {region},\n"
    );
    if !profile.is_empty() {
        code.push_str("  profile: { httpProfile: { protocol: \"http://\", agent } },\n");
    }
    code.push_str("});\n");
    let bytes = |source: &Source| match source {
        Source::Path(path) => format!("fs.readFileSync({})", JavaScript.text(path)),
        Source::Text(text) => format!("Buffer.from({})", JavaScript.text(text)),
    };
    let call_of = if spec.body == BodyForm::OctetStream {
        let body =
            call.parameters.files.first().map_or_else(|| "Buffer.alloc(0)".to_owned(), |file| bytes(&file.source));
        let _ = writeln!(code, "const headers = {};", write(&JavaScript, &headers(call), 0));
        format!("requestOctetStream({action}, {body}, {{ headers }})")
    } else {
        let _ = writeln!(code, "const params = {};", write(&JavaScript, &call.parameters.object(), 0));
        for file in &call.parameters.files {
            let _ = writeln!(code, "params[{}] = {};", JavaScript.text(&file.name), bytes(&file.source));
        }
        let options = match (spec.body == BodyForm::Multipart, spec.skip_sign) {
            (true, _) => ", { multipart: true }",
            (false, true) => ", { skipSign: true }",
            (false, false) => "",
        };
        format!("request({action}, params{options})")
    };
    if let Some(paging) = call.paging.as_ref().filter(|_| !call.is_streamed) {
        code.push_str(&pages(paging, &call_of));
        return code;
    }
    let print = if call.is_streamed {
        "    // An answer that is not streamed is an object.\n    \
             if (!response.on) return console.log(JSON.stringify(response, null, 2));\n    \
             response.on(\"message\", (event) => event.data && console.log(event.data));\n"
    } else {
        "    console.log(JSON.stringify(response, null, 2));\n"
    };
    let _ = write!(
        code,
        "\nclient\n  .{call_of}\n  .then((response) => {{\n{print}  }})\n  \
             .catch((error) => {{\n    console.error(error);\n    process.exit(1);\n  }});\n"
    );
    code
}

/// A loop over all pages.
fn pages(paging: &Paging, call_of: &str) -> String {
    let at = |path: &[&str]| {
        let names: Vec<String> = path.iter().map(|name| format!("[{}]", JavaScript.text(name))).collect();
        format!("response{}", names.join("?."))
    };
    let number = |text: &str, is_text: bool| if is_text { format!("String({text})") } else { text.to_owned() };
    let total = paging.total.as_ref().map_or_else(|| "undefined".to_owned(), |path| at(path));
    let counted = "!items.length || (total != null && count >= Number(total))".to_owned();
    let (name, start, last, next) = match &paging.advance {
        Advance::Offset { name, is_text } => {
            let text = JavaScript.text(name);
            let start = format!("Number(params[{text}] ?? 0)");
            (text, start, counted, number("count", *is_text))
        }
        Advance::Number { name, first, is_text } => {
            let text = JavaScript.text(name);
            let next = number(&format!("Number(params[{text}] ?? {first}) + 1"), *is_text);
            (text, "0".to_owned(), counted, next)
        }
        Advance::Token { name, next, more } => {
            let more = more.as_ref().map_or_else(String::new, |more| format!(" || !{}", at(more)));
            (JavaScript.text(name), "0".to_owned(), format!("!{}{more}", at(next)), at(next))
        }
    };
    format!(
        "\nasync function main() {{\n  let count = {start};\n  for (;;) {{\n    \
             const response = await client.{call_of};\n    const items = {} ?? [];\n    \
             for (const item of items) console.log(JSON.stringify(item));\n    count += items.length;\n    \
             const total = {total};\n    if ({last}) return;\n    params[{name}] = {next};\n  }}\n}}\n\n\
         main().catch((error) => {{\n  console.error(error);\n  process.exit(1);\n}});\n",
        at(&paging.items)
    )
}

struct JavaScript;

impl Syntax for JavaScript {
    const INDENT: &'static str = "  ";
    const LIST: [&'static str; 2] = ["[", "]"];
    const OBJECT: [&'static str; 2] = ["{", "}"];

    /// An integer beyond 53 bits is a `BigInt`, which the SDK sends unchanged.
    fn number(&self, number: &Number) -> String {
        const SAFE: i128 = (1 << 53) - 1;
        let large = number.as_i128().is_some_and(|number| !(-SAFE..=SAFE).contains(&number)) && !number.is_f64();
        if large { format!("{number}n") } else { number.to_string() }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, |code| format!("\\u{{{code:x}}}"))
    }

    /// `__proto__: …` would set the prototype.
    fn key(&self, name: &str) -> String {
        if name == "__proto__" { "[\"__proto__\"]".to_owned() } else { self.text(name) }
    }

    fn variable(&self, name: &str) -> String {
        format!("process.env.{name}")
    }
}
