//! Random requests whose texts hold every special character, in each language: what the code sends is the request.
//!
//! Python, Node.js and the shell run the code, with the SDK or the program replaced by a function that prints what it is given.
//! Where one of them is missing, its test says SKIPPED.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tc_catalog::Site;
use tc_cli::actions::Target;
use tc_cli::args::{CommandLine, Mode, build};
use tc_cli::snippet::{Language, Snippet};
use tc_spec::{ModelSpec, Type};

use crate::property::{Random, object};
use crate::snippets::HOSTILE;

/// A request, and the variables that its code reads.
struct Case {
    target: Target,
    params: Value,
    variables: BTreeMap<String, String>,
}

impl Case {
    fn code(&self, language: Language) -> String {
        let code = Snippet::new(&self.target, &self.params).code(language).unwrap();
        for secret in self.variables.values() {
            assert!(!code.contains(secret), "{language}: {code}");
        }
        code
    }
}

fn hostile(random: &mut Random) -> String {
    let letters: Vec<char> = HOSTILE.chars().collect();
    let count = random.below(12);
    (0..count).map(|_| if random.one_in(40) { '\0' } else { letters[random.below(letters.len())] }).collect()
}

/// Replaces every text, and collects those of sensitive members in order.
fn replace(
    value: &mut Value,
    model: Option<&'static ModelSpec>,
    secret: bool,
    random: &mut Random,
    found: &mut Vec<String>,
) {
    match value {
        Value::String(text) => {
            *text = hostile(random);
            if secret {
                // No variable of the environment holds a NUL; and a secret is recognised in the code.
                *text = format!("secret{} {}", found.len(), text.replace('\0', "0"));
                found.push(text.clone());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, model, secret, random, found)),
        Value::Object(members) => {
            for (name, value) in members {
                let param = model.and_then(|model| model.param(name));
                let nested = param.and_then(|param| match param.ty {
                    Type::Model(model) => Some(model.get()),
                    _ => None,
                });
                replace(value, nested, secret || param.is_some_and(|param| param.sensitive), random, found);
            }
        }
        _ => {}
    }
}

/// Three hundred requests, a third of them of actions with sensitive parameters.
fn cases() -> Vec<Case> {
    let catalog = tc_cli::actions::catalog().unwrap();
    let mut targets = Vec::new();
    for service in catalog.services().filter(|service| service.versions(Site::China).len() > 0) {
        let module = service.module(Site::China, None).unwrap();
        targets.extend(module.actions().map(|action| (service, action)));
    }
    let mut random = Random(0x0BAD_5EED_0000_0001);
    let (mut cases, mut with_secrets) = (Vec::new(), 0);
    while cases.len() < 300 {
        let (service, action) = targets[random.below(targets.len())];
        let target = tc_cli::actions::target(service, Site::China, action).unwrap();
        if target.spec.request.params.iter().any(|param| matches!(param.ty, Type::Binary)) {
            continue;
        }
        let mut params = object(&mut random, target.spec.request, 0);
        let mut secrets = Vec::new();
        replace(&mut params, Some(target.spec.request), false, &mut random, &mut secrets);
        if secrets.is_empty() && cases.len() - with_secrets >= 200 {
            continue;
        }
        with_secrets += usize::from(!secrets.is_empty());
        let python = Snippet::new(&target, &params).code(Language::Python).unwrap();
        let names = python.split("os.environ[\"").skip(1).filter_map(|rest| rest.split('"').next());
        let names: Vec<String> = names.filter(|name| !name.starts_with("TENCENTCLOUD_")).map(str::to_owned).collect();
        assert_eq!(names.len(), secrets.len(), "{python}");
        cases.push(Case { target, params, variables: names.into_iter().zip(secrets).collect() });
    }
    assert!(with_secrets >= 100);
    cases
}

/// Runs `script` with a line of JSON for each case, and gives the lines that it prints. `None` where there is no such program.
fn run(program: &str, script: &str, cases: &[Case], language: Language) -> Option<Vec<Value>> {
    let mut command = Command::new(program);
    command.args(if program == "python3" { ["-c", script] } else { ["-e", script] });
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = spawned else {
        println!("SKIPPED: there is no {program}");
        return None;
    };
    let mut input = String::new();
    for case in cases {
        let line = json!({"code": case.code(language), "variables": case.variables});
        input.extend([line.to_string().as_str(), "\n"]);
    }
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(json_of).collect())
}

fn json_of(line: &[u8]) -> Value {
    serde_json::from_slice(line).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(line)))
}

#[track_caller]
fn compare(cases: &[Case], sent: &[Value]) {
    assert_eq!(cases.len(), sent.len());
    for (case, sent) in cases.iter().zip(sent) {
        assert_eq!(without_fractions(&case.params), without_fractions(sent), "{}", case.target.spec.name);
    }
}

/// `1.0` and `1` are the same number.
fn without_fractions(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().unwrap();
            if float.fract() == 0.0 { json!(format!("{float:.0}")) } else { value.clone() }
        }
        Value::Number(number) => json!(number.to_string()),
        Value::Array(items) => items.iter().map(without_fractions).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), without_fractions(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

#[test]
fn python_sends_the_request() {
    let script = r#"
import json, os, sys, types
sent = []
class CommonClient:
    def __init__(self, *arguments): pass
    def call_json(self, action, params, options=None): sent.append(params); return {"Response": {}}
    def call_sse(self, action, params, options=None): sent.append(params); return []
class Any:
    def __init__(self, *arguments, **more): pass
for name, members in [("common.common_client", {"CommonClient": CommonClient}), ("common.credential", {"Credential": Any}),
                      ("common.profile.client_profile", {"ClientProfile": Any}), ("common.profile.http_profile", {"HttpProfile": Any})]:
    module = types.ModuleType("tencentcloud." + name)
    module.__dict__.update(members)
    sys.modules[module.__name__] = module
out, sys.stdout = sys.stdout, open(os.devnull, "w")
for line in sys.stdin.buffer:
    case = json.loads(line)
    os.environ.update(case["variables"], TENCENTCLOUD_SECRET_ID="a", TENCENTCLOUD_SECRET_KEY="b")
    exec(compile(case["code"], "snippet", "exec"), {})
    out.write(json.dumps(sent.pop()) + "\n")
out.flush()
"#;
    let cases = cases();
    if let Some(sent) = run("python3", script, &cases, Language::Python) {
        compare(&cases, &sent);
    }
}

#[test]
fn node_sends_the_request() {
    let script = r#"
const Module = require("node:module");
const vm = require("node:vm");
let sent;
class CommonClient {
  request(action, params) { sent = params; return { then: () => ({ catch() {} }) }; }
}
// Integers of more than 53 bits are BigInts.
const json = (value) =>
  typeof value === "bigint" ? value.toString()
  : Array.isArray(value) ? "[" + value.map(json).join(",") + "]"
  : value && typeof value === "object"
    ? "{" + Object.keys(value).map((key) => JSON.stringify(key) + ":" + json(value[key])).join(",") + "}"
  : JSON.stringify(value);
for (const line of require("node:fs").readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { code, variables } = JSON.parse(line);
  vm.runInNewContext(code, { require: () => ({ CommonClient }), process: { env: variables }, console, Buffer });
  console.log(json(sent));
}
"#;
    let cases = cases();
    if let Some(sent) = run("node", script, &cases, Language::Node) {
        compare(&cases, &sent);
    }
}

/// Runs a script of a shell with functions in place of programs, and gives its standard output.
fn shell(functions: &str, case: &Case, language: Language) -> Vec<u8> {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{functions}\n{}", case.code(language))]);
    command.env_clear().env("PATH", "/usr/bin:/bin").envs(&case.variables).stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn the_command_line_reads_back_as_the_same_request() {
    let functions = "tcapi() { printf '%s\\0' \"$@\"; case \"$*\" in *--cli-input-json*) cat ;; esac; }";
    for case in cases() {
        let printed = shell(functions, &case, Language::CommandLine);
        let mut words: Vec<String> =
            printed.split(|byte| *byte == 0).map(|word| String::from_utf8(word.to_vec()).unwrap()).collect();
        let input = words.pop().unwrap();
        let line = CommandLine::parse(words).unwrap();
        assert_eq!(line.options.get("region"), Some("ap-guangzhou"));
        assert_eq!(line.words, [case.target.folder, case.target.spec.name]);
        let request = if line.options.has("cli-input-json") {
            assert!(line.params.is_empty());
            json_of(input.as_bytes())
        } else {
            Value::Object(build(case.target.spec.request, &line.params, Mode::Plain).unwrap())
        };
        assert_eq!(request, case.params, "{}", case.code(Language::CommandLine));
    }
}

#[test]
fn curl_sends_the_request() {
    let functions = "curl() { for word; do last=$word; done; printf '%s' \"$last\"; }";
    // Each run starts perl.
    for case in cases().iter().step_by(7) {
        let printed = shell(functions, case, Language::Curl);
        assert_eq!(json_of(&printed), case.params, "{}", case.code(Language::Curl));
    }
}

/// The texts between double quotes, as the language reads them; panics where a line ends within one.
fn texts(code: &str, unicode: impl Fn(&mut std::str::Chars<'_>) -> Option<u32>) -> Vec<String> {
    let (mut found, mut letters) = (Vec::new(), code.chars());
    while let Some(letter) = letters.next() {
        if letter == '/' && letters.as_str().starts_with('/') {
            letters = letters.as_str().split_once('\n').map_or("", |(_, rest)| rest).chars();
        }
        if letter != '"' {
            continue;
        }
        let mut text = String::new();
        loop {
            match letters.next().unwrap() {
                '"' => break,
                '\\' => {
                    let before = letters.as_str();
                    let code = unicode(&mut letters);
                    text.push(match (code, before.chars().next().unwrap()) {
                        (Some(code), _) => char::from_u32(code).unwrap(),
                        (None, 'n') => '\n',
                        (None, 'r') => '\r',
                        (None, 't') => '\t',
                        (None, '0') => '\0',
                        (None, letter @ ('"' | '\\' | '\'')) => letter,
                        (None, other) => panic!("unknown escape {other}"),
                    });
                    if code.is_none() {
                        letters = before.chars();
                        letters.next();
                    }
                }
                letter => {
                    assert!(!letter.is_control() && letter != '\u{202e}', "a literal contains {letter:?}");
                    text.push(letter);
                }
            }
        }
        found.push(text);
    }
    found
}

/// Names and texts of a request in order.
fn expected(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| expected(item, found)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            found.push(name.clone());
            expected(value, found);
        }),
        _ => {}
    }
}

#[test]
fn no_text_ends_its_literal_in_go_and_rust() {
    let go = |letters: &mut std::str::Chars<'_>| {
        let digits = letters.as_str().strip_prefix('U')?.get(..8)?;
        *letters = letters.as_str()[9..].chars();
        u32::from_str_radix(digits, 16).ok()
    };
    let rust = |letters: &mut std::str::Chars<'_>| {
        let (digits, rest) = letters.as_str().strip_prefix("u{")?.split_once('}')?;
        *letters = rest.chars();
        u32::from_str_radix(digits, 16).ok()
    };
    for case in cases() {
        let mut names = Vec::new();
        expected(&case.params, &mut names);
        for secret in &mut names {
            if let Some((name, _)) = case.variables.iter().find(|(_, value)| *value == secret) {
                secret.clone_from(name);
            }
        }
        let found = texts(&case.code(Language::Go), go);
        assert!(found.windows(names.len().max(1)).any(|window| window == names) || names.is_empty(), "{found:?}");
        let found = texts(&case.code(Language::Rust), rust);
        // Fields replace names.
        let mut texts = found.iter();
        let mut values = Vec::new();
        expected_values(&case.params, &mut values);
        for secret in &mut values {
            if let Some((name, _)) = case.variables.iter().find(|(_, value)| *value == secret) {
                secret.clone_from(name);
            }
        }
        assert!(values.iter().all(|value| texts.any(|text| text == value)), "{values:?} in {found:?}");
    }
}

fn expected_values(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| expected_values(item, found)),
        Value::Object(members) => members.values().for_each(|value| expected_values(value, found)),
        _ => {}
    }
}

#[test]
fn go_is_written_as_gofmt_writes_it() {
    let folder = std::env::temp_dir().join(format!("tcapi-gofmt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (number, case) in cases().iter().enumerate() {
        std::fs::write(folder.join(format!("case{number}.go")), case.code(Language::Go)).unwrap();
    }
    let output = Command::new("gofmt").arg("-d").arg(&folder).output();
    let _ = std::fs::remove_dir_all(&folder);
    let Ok(output) = output else {
        println!("SKIPPED: there is no gofmt");
        return;
    };
    let (difference, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && difference.is_empty(), "{error}{difference}");
}

#[test]
fn node_needs_only_the_common_package() {
    for case in cases().iter().take(20) {
        let code = case.code(Language::Node);
        let modules = code.split("require(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let modules: Vec<&str> = modules.filter(|module| !module.starts_with("node:")).collect();
        assert_eq!(modules, ["tencentcloud-sdk-nodejs-common/tencentcloud/common/common_client"], "{code}");
        assert!(code.starts_with("// npm install tencentcloud-sdk-nodejs-common\n"), "{code}");
    }
}
