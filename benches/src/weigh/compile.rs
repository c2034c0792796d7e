//! The compile time of an annotated struct in a development build, compared with serde's derive on the same struct.

use std::io::{Error, Result};
use std::path::Path;

use super::{cargo, cpu_of_children, folder, root, write};
use crate::measure::{Options, median};
use crate::table::Table;

/// The number of structs, calls or literals of each kind.
const MANY: u32 = 200;

/// The kinds of crates: a name, and the source of one of its pieces.
const KINDS: [(&str, fn(u32) -> String); 9] = [
    ("ours_requests", |at| declared(&ours_request(at))),
    ("serde_requests", |at| declared(&serde_request(at))),
    ("ours_responses", |at| declared(&ours_response(at))),
    ("serde_responses", |at| declared(&serde_response(at))),
    ("literals", literal),
    ("ours_requests_used", ours_request),
    ("serde_requests_used", serde_request),
    ("ours_responses_used", ours_response),
    ("serde_responses_used", serde_response),
];

/// A piece without the function that uses it: the cost of structs that nothing uses.
fn declared(piece: &str) -> String {
    piece.lines().filter(|line| !line.starts_with("pub fn use_")).map(|line| [line, "\n"].concat()).collect()
}

/// Compiles every kind with one piece and with many, in turns, and prints the cost of a piece.
///
/// # Errors
/// A crate does not compile.
pub fn weigh(options: Options) -> Result<()> {
    let folder = folder().join("compile");
    generate(&folder)?;
    cargo(&folder, &["build", "--quiet"])?;
    let rounds = if options.record { 5 } else { 1 };
    let mut costs = vec![Vec::new(); KINDS.len()];
    for _ in 0..rounds {
        for ((kind, _), costs) in KINDS.iter().zip(&mut costs) {
            let one = build(&folder, &format!("{kind}_one"))?;
            let many = build(&folder, &format!("{kind}_many"))?;
            if many <= one {
                return Err(Error::other(format!(
                    "{kind}: {many} s for many pieces and {one} s for one: nothing was built"
                )));
            }
            costs.push((many - one) * 1e3 / f64::from(MANY - 1));
        }
    }
    let costs: Vec<f64> = costs.into_iter().map(median).collect();

    let mut table = Table::new("compile", "compile time of a development build, for each struct of eight fields");
    let names = [
        "request: #[tc_action]",
        "request: derive(Serialize)",
        "response: #[tc_model]",
        "response: derive(Deserialize)",
        "`request!` with five fields",
        "request: #[tc_action] and `Client::send`",
        "request: derive(Serialize) and `to_vec`",
        "response: #[tc_model] and `Response::decode`",
        "response: derive(Deserialize) and `from_slice`",
    ];
    for (name, cost) in names.iter().zip(&costs) {
        table.line(name, vec![format!("{cost:.2} ms")]);
    }
    table.figure("our request struct", costs[0], "ms", Some(8.0));
    table.figure("our request struct / derive(Serialize)", costs[0] / costs[1], "×", None);
    table.figure("our response struct / derive(Deserialize)", costs[2] / costs[3], "×", Some(0.7));
    table.figure("`request!` with five fields", costs[4], "ms", Some(5.0));
    table.figure("request and its use, ours / serde", costs[5] / costs[6], "×", None);
    table.figure("response and its use, ours / serde", costs[7] / costs[8], "×", None);
    table.keep(options)
}

/// The CPU time of building one crate again, without its dependencies, in seconds.
fn build(folder: &Path, name: &str) -> Result<f64> {
    cargo(folder, &["clean", "--quiet", "-p", name])?;
    cpu_of_children(|| cargo(folder, &["build", "--quiet", "-p", name]).map(drop))
}

fn generate(folder: &Path) -> Result<()> {
    let mut members = Vec::new();
    for (kind, piece) in KINDS {
        for (size, count) in [("one", 1), ("many", MANY)] {
            let name = format!("{kind}_{size}");
            let pieces: String = (0..count).map(piece).collect();
            write(&folder.join(&name).join("src/lib.rs"), &format!("{}\n{pieces}", head(kind)))?;
            write(&folder.join(&name).join("Cargo.toml"), &manifest(&name))?;
            members.push(format!("{name:?}"));
        }
    }
    write(&folder.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", ")))
}

fn manifest(name: &str) -> String {
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         tc-core = {{ path = \"{}\", default-features = false, features = [\"hyper\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
        root().join("tc-core").display()
    )
}

/// The code at the top of a crate.
fn head(kind: &str) -> &'static str {
    match kind.trim_end_matches("_used") {
        "ours_requests" => "use tc_core::{Client, Sending, tc_action};",
        "serde_requests" => "use serde::Serialize;",
        "ours_responses" => "use tc_core::{Error, Response, tc_model};",
        "serde_responses" => {
            "use serde::Deserialize;\n\
             #[derive(Deserialize)] #[serde(rename_all = \"PascalCase\")] pub struct Envelope<T> { pub response: T }"
        }
        _ => {
            "use tc_core::{request, tc_action};\n\
             #[tc_action(service = \"cvm\", version = \"2017-03-12\", response = ())]\n\
             pub struct DescribeInstances {\n\
             pub instance_name: Option<String>,\n\
             #[tc(items = ..=100)] pub instance_ids: Vec<String>,\n\
             #[tc(items = ..=20)] pub names: Vec<String>,\n\
             pub offset: Option<u64>,\n\
             #[tc(range = ..=100)] pub limit: Option<u64>,\n}"
        }
    }
}

const REQUEST: [&str; 8] = [
    "pub instance_id: String,",
    "pub instance_name: Option<String>,",
    "pub zone: Option<String>,",
    "pub security_group_ids: Vec<String>,",
    "pub offset: Option<u64>,",
    "pub limit: Option<u64>,",
    "pub dry_run: Option<bool>,",
    "pub tags: Vec<String>,",
];

/// The fields of a request, each with its attribute.
fn fields(attributes: [&str; 8]) -> String {
    let lines: Vec<String> =
        attributes.iter().zip(REQUEST).map(|(first, field)| format!("    {first}{field}\n")).collect();
    lines.concat()
}

fn ours_request(at: u32) -> String {
    let limits = ["", "#[tc(length = 1..=60)] ", "", "#[tc(items = ..=5)] ", "", "#[tc(range = 1..=100)] ", "", ""];
    let fields = fields(limits);
    format!(
        "#[tc_action(service = \"cvm\", version = \"2017-03-12\", response = ())]\n\
         #[derive(Debug, Clone, PartialEq)]\npub struct Action{at} {{\n{fields}}}\n\
         pub fn use_{at}(client: &Client, action: &Action{at}) -> Sending<()> {{ client.send(action) }}\n"
    )
}

fn serde_request(at: u32) -> String {
    let skips = ["", OPTION, OPTION, VEC, OPTION, OPTION, OPTION, VEC];
    let fields = fields(skips);
    format!(
        "#[derive(Debug, Clone, PartialEq, Serialize)]\n#[serde(rename_all = \"PascalCase\")]\n\
         pub struct Action{at} {{\n{fields}}}\n\
         pub fn use_{at}(action: &Action{at}) -> serde_json::Result<Vec<u8>> {{ serde_json::to_vec(action) }}\n"
    )
}

const OPTION: &str = "#[serde(skip_serializing_if = \"Option::is_none\")] ";
const VEC: &str = "#[serde(skip_serializing_if = \"Vec::is_empty\")] ";

const RESPONSE: &str = "    pub instance_id: String,\n    pub instance_name: String,\n    pub zone: Option<String>,\n    \
                        pub security_group_ids: Vec<String>,\n    pub cpu: u64,\n    pub memory: u64,\n    \
                        pub renewed: bool,\n    pub tags: Vec<String>,\n";

fn ours_response(at: u32) -> String {
    format!(
        "#[tc_model]\n#[derive(Debug, Clone, PartialEq)]\npub struct Answer{at} {{\n{RESPONSE}}}\n\
         pub fn use_{at}(body: &[u8]) -> Result<Response<Answer{at}>, Error> {{ Response::decode(200, body) }}\n"
    )
}

fn serde_response(at: u32) -> String {
    format!(
        "#[derive(Debug, Clone, PartialEq, Deserialize)]\n#[serde(rename_all = \"PascalCase\")]\n\
         pub struct Answer{at} {{\n{RESPONSE}    pub request_id: String,\n}}\n\
         pub fn use_{at}(body: &[u8]) -> serde_json::Result<Envelope<Answer{at}>> {{ serde_json::from_slice(body) }}\n"
    )
}

fn literal(at: u32) -> String {
    format!(
        "pub fn literal_{at}() -> DescribeInstances {{\n    request!(DescribeInstances {{\n        \
         instance_name: \"name-{at}\", instance_ids: [\"ins-{at}\", \"ins-b\"], names: [\"a\"], offset: {at}, \
         limit: 20,\n    }})\n}}\n"
    )
}
