//! A call in Go, with the client of the official SDK that serves every action.

use std::fmt::Write;

use serde_json::Number;
use tc_spec::BodyForm;

use super::Call;
use super::literal::{Source, Syntax, quoted, write};
use super::python::headers;
use crate::error::{Error, arguments};

const SDK: &str = "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud";

/// The program.
///
/// # Errors
/// The action takes a form with files, which the SDK's client for every action cannot send.
pub(super) fn program(call: &Call<'_>) -> Result<String, Error> {
    let (spec, place) = (call.target.spec, call.place);
    if spec.body == BodyForm::Multipart {
        return Err(arguments(format!("Go: the SDK cannot send {} by its name, since it uploads a file", spec.name)));
    }
    let is_octets = spec.body == BodyForm::OctetStream;
    let mut code = format!("// go get {SDK}/common\n{}", call.one_page("//"));
    let _ = write!(
        code,
        "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\n\t\"{SDK}/common\"\n\
         \ttchttp \"{SDK}/common/http\"\n\t\"{SDK}/common/profile\"\n)\n"
    );
    if call.is_streamed {
        code.push_str("\ntype events struct {\n\ttchttp.BaseSSEResponse\n}\n");
    }
    code.push_str(
        "\nfunc main() {\n\tif err := call(); err != nil {\n\t\tfmt.Fprintln(os.Stderr, err)\n\t\tos.Exit(1)\n\t}\n}\n\n\
         func call() error {\n\ttoken := os.Getenv(\"TENCENTCLOUD_SESSION_TOKEN\")\n\tif token == \"\" {\n\
         \t\ttoken = os.Getenv(\"TENCENTCLOUD_TOKEN\")\n\t}\n\tcredential := common.NewTokenCredential(\n\
         \t\tos.Getenv(\"TENCENTCLOUD_SECRET_ID\"),\n\t\tos.Getenv(\"TENCENTCLOUD_SECRET_KEY\"),\n\
         \t\ttoken,\n\t)\n\tclientProfile := profile.NewClientProfile()\n",
    );
    if place.host != format!("{}.tencentcloudapi.com", spec.service) || place.scheme != "https" {
        let _ = writeln!(code, "\tclientProfile.HttpProfile.Scheme = {}", Go.text(&place.scheme.to_uppercase()));
        let _ = writeln!(code, "\tclientProfile.HttpProfile.Endpoint = {}", Go.text(&place.host));
    }
    if call.is_streamed {
        code.push_str("\tclientProfile.HttpProfile.ReqTimeout = 0\n");
    }
    let texts = [spec.service, spec.version, spec.name, place.region.as_str()].map(|text| Go.text(text));
    let [service, version, action, region] = texts;
    let _ = write!(
        code,
        "\tclient := common.NewCommonClient(credential, {region}, clientProfile)\n\n\
         \trequest := tchttp.NewCommonRequest({service}, {version}, {action})\n"
    );
    if spec.skip_sign {
        code.push_str("\trequest.SetSkipSign(true)\n");
    }
    let send = if is_octets {
        let body = match call.parameters.files.first().map(|file| &file.source) {
            Some(Source::Path(path)) => {
                let _ = write!(
                    code,
                    "\tbody, err := os.ReadFile({})\n\tif err != nil {{\n\t\treturn err\n\t}}\n",
                    Go.text(path)
                );
                "body".to_owned()
            }
            Some(Source::Text(text)) => format!("[]byte({})", Go.text(text)),
            None => "nil".to_owned(),
        };
        let headers = write(&Go, &headers(call), 1).replacen("map[string]interface{}", "map[string]string", 1);
        let _ = writeln!(code, "\trequest.SetOctetStreamParameters({headers}, {body})");
        "SendOctetStream"
    } else {
        let _ = write!(
            code,
            "\terr := request.SetActionParameters({})\n\tif err != nil {{\n\t\treturn err\n\t}}\n",
            write(&Go, &call.parameters.object(), 1)
        );
        "Send"
    };
    if call.is_streamed {
        code.push_str(
            "\tresponse := &events{}\n\tif err := client.Send(request, response); err != nil {\n\t\treturn err\n\t}\n\
             \tfor event := range response.Events {\n\t\tif event.Err != nil {\n\t\t\treturn event.Err\n\t\t}\n\
             \t\tfmt.Println(string(event.Data))\n\t}\n\treturn nil\n}\n",
        );
    } else {
        let _ = write!(
            code,
            "\tresponse := tchttp.NewCommonResponse()\n\tif err := client.{send}(request, response); err != nil {{\n\
             \t\treturn err\n\t}}\n\tfmt.Println(string(response.GetBody()))\n\treturn nil\n}}\n"
        );
    }
    Ok(code)
}

struct Go;

impl Syntax for Go {
    const INDENT: &'static str = "\t";
    const LIST: [&'static str; 2] = ["[]interface{}{", "}"];
    const OBJECT: [&'static str; 2] = ["map[string]interface{}{", "}"];

    fn null(&self) -> String {
        "nil".to_owned()
    }

    /// Without a type, an integer is an `int`, which may have 32 bits.
    fn number(&self, number: &Number) -> String {
        match number.as_i64() {
            Some(small) if i32::try_from(small).is_ok() => number.to_string(),
            Some(_) => format!("int64({number})"),
            None if number.is_u64() => format!("uint64({number})"),
            None => number.to_string(),
        }
    }

    fn text(&self, text: &str) -> String {
        quoted(text, |code| format!("\\U{code:08x}"))
    }

    fn variable(&self, name: &str) -> String {
        format!("os.Getenv(\"{name}\")")
    }

    /// As gofmt aligns them.
    fn members(&self, members: &[(String, String)]) -> Vec<String> {
        let mut lines = Vec::new();
        for section in sections(members) {
            let width = section.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
            lines.extend(section.iter().map(|(key, value)| {
                let spaces = " ".repeat(width - key.chars().count());
                format!("{key}:{spaces} {value}")
            }));
        }
        lines
    }
}

/// The consecutive members whose values gofmt aligns. A value with several lines is a section, and a key of more than 40 bytes
/// begins one if its length differs much from that of the keys before it.
fn sections(members: &[(String, String)]) -> Vec<&[(String, String)]> {
    /// The length of a key in bytes; `None` if its value has several lines.
    fn size((key, value): &(String, String)) -> Option<usize> {
        if value.contains('\n') { None } else { Some(key.len()) }
    }
    const SMALL: usize = 40;
    const RATIO: f64 = 2.5;
    let (mut sections, mut start) = (Vec::new(), 0);
    // The geometric mean of the lengths of the keys in the section, as a sum of logarithms and a count.
    let (mut sum, mut count) = (0.0, 0.0);
    for (at, member) in members.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| size(&members[before]));
        let is_continued = match (before, size(member)) {
            (Some(before), Some(now)) if count == 0.0 || (before <= SMALL && now <= SMALL) => true,
            (Some(_), Some(now)) => {
                let ratio = length(now) / f64::exp(sum / count);
                RATIO * ratio > 1.0 && ratio < RATIO
            }
            _ => false,
        };
        if !is_continued {
            if start < at {
                sections.push(&members[start..at]);
            }
            (start, sum, count) = (at, 0.0, 0.0);
        }
        if let Some(now) = size(member) {
            sum += f64::ln(length(now));
            count += 1.0;
        }
    }
    if start < members.len() {
        sections.push(&members[start..]);
    }
    sections
}

fn length(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::{Go, Syntax};

    fn lines(members: &[(&str, &str)]) -> Vec<String> {
        let members: Vec<_> = members.iter().map(|(key, value)| (format!("\"{key}\""), (*value).to_owned())).collect();
        Go.members(&members)
    }

    #[test]
    fn values_are_aligned_as_gofmt_aligns_them() {
        assert_eq!(lines(&[("ImageId", "1"), ("Limit", "2")]), ["\"ImageId\": 1", "\"Limit\":   2"]);
        // A value with several lines separates two sections.
        let block = "map[string]interface{}{\n}";
        assert_eq!(
            lines(&[("A", "1"), ("Placement", block), ("InstanceCount", "3"), ("B", "4")]),
            ["\"A\": 1", &format!("\"Placement\": {block}"), "\"InstanceCount\": 3", "\"B\":             4"]
        );
        // A long key after short ones begins a section; it does not if it is not 2.5 times as long.
        let long = "x".repeat(60);
        assert_eq!(lines(&[("A", "1"), ("Bc", "2"), (&long, "3")])[0], "\"A\":  1");
        let middle = "y".repeat(30);
        assert_eq!(lines(&[(&middle, "1"), (&long, "2")])[0], format!("\"{middle}\":{} 1", " ".repeat(30)));
        // The width is in characters.
        assert_eq!(lines(&[("名称", "1"), ("Name", "2")]), ["\"名称\":   1", "\"Name\": 2"]);
    }
}
