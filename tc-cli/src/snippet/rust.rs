//! A call in Rust: with the struct that `import!` writes, or with the action by its name.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Number;
use tc_catalog::Site;
use tc_spec::{BodyForm, ModelSpec, Type, names};

use super::Call;
use super::literal::{File, Literal, Source, Syntax, write};
use crate::actions::{self, Target};
use crate::error::{Error, arguments};

/// A program that makes the call: with the struct that `import!` writes, whose limits the compiler checks; with the action by
/// its name, if `request!` cannot write the parameters.
///
/// # Errors
/// The body of the action is the bytes of a file.
pub(super) fn program(call: &Call<'_>) -> Result<String, Error> {
    let spec = call.target.spec;
    if spec.body == BodyForm::OctetStream {
        return Err(arguments(format!(
            "Rust: the catalog does not describe the body of {}; declare the action with #[tc_action(body = octet_stream)]",
            spec.name
        )));
    }
    let request = Writer::new(call.target).and_then(|writer| writer.request(call));
    let (uses, request) = match request {
        Some(request) => (imports(call.target), request),
        None => by_name(call),
    };
    let place = call.place;
    let endpoint = place.endpoint.as_ref().map_or_else(String::new, |endpoint| format!(".endpoint({endpoint:?})"));
    Ok(format!(
        "// Cargo.toml: tc-core with the feature `catalog`, tokio with `macros` and `rt-multi-thread`.\n\
         {uses}\n\
         #[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let client = Client::builder().region({:?}){endpoint}.build()?;\n    \
             let request = {request};\n\
             {}    Ok(())\n\
         }}\n",
        place.region,
        sending(call),
    ))
}

/// How the request is sent, and its answer printed.
fn sending(call: &Call<'_>) -> &'static str {
    if call.is_streamed {
        "    let mut events = client.call(&request).events();\n    \
             while let Some(event) = events.next().await {\n        \
                 println!(\"{:#?}\", *event?);\n    \
             }\n"
    } else if call.paging.is_some() {
        "    let mut items = client.items(&request);\n    \
             while let Some(item) = items.next().await {\n        \
                 println!(\"{:#?}\", item?);\n    \
             }\n"
    } else {
        "    let response = client.send(&request).await?;\n    \
             println!(\"{:#?}\\nrequest {}\", *response, response.request_id());\n"
    }
}

fn imports(target: &Target) -> String {
    let (folder, spec) = (target.folder, target.spec);
    let default = actions::service(folder).ok().and_then(|service| service.versions(target.site).next());
    let version = match (default == Some(spec.version), target.site) {
        (true, Site::China) => String::new(),
        (true, Site::International) => "(international)".to_owned(),
        (false, Site::China) => format!("(\"{}\")", spec.version),
        (false, Site::International) => format!("(\"{}\", international)", spec.version),
    };
    let name = spec.name;
    format!("use tc_core::{{Client, request}};\n\ntc_core::import! {{\n    mod {folder}{version} {{ {name} }}\n}}\n")
}

/// The `use` lines, and the request as an `AnyAction`.
fn by_name(call: &Call<'_>) -> (String, String) {
    let Target { folder, spec, site } = *call.target;
    let (version, action) = (spec.version, spec.name);
    let on_site = |site| {
        let module = actions::service(folder).and_then(|service| actions::module(service, site, Some(version)));
        module.is_ok_and(|module| module.action(action).is_ok())
    };
    let head = match site {
        Site::China => format!("AnyAction::from_catalog({folder:?}, {version:?}, {action:?})?"),
        Site::International if on_site(Site::China) => format!(
            "AnyAction::from_catalog({folder:?}, {version:?}, {action:?})?.site(tc_core::catalog::Site::International)?"
        ),
        Site::International => format!("AnyAction::new({:?}, {version:?}, {action:?})", spec.service),
    };
    let params = write(&Json, &call.parameters.object(), 1);
    let mut files = String::new();
    for file in &call.parameters.files {
        let _ = write!(files, "\n        .binary({:?}, {})", file.name, bytes(file));
    }
    let uses = "use tc_core::serde_json::json;\nuse tc_core::{AnyAction, Client};\n".to_owned();
    (uses, format!("{head}.params(json!({params})){files}"))
}

fn bytes(file: &File) -> String {
    match &file.source {
        Source::Path(path) => format!("std::fs::read({path:?})?"),
        Source::Text(text) => format!("String::from({text:?}).into_bytes()"),
    }
}

/// Reads a sensitive value. `main` returns the error of a variable that is not set.
fn variable(name: &str) -> String {
    format!("std::env::var({name:?})?")
}

/// The syntax of `serde_json::json!`.
struct Json;

impl Syntax for Json {
    const INDENT: &'static str = "    ";
    const LIST: [&'static str; 2] = ["[", "]"];
    const OBJECT: [&'static str; 2] = ["{", "}"];

    /// An integer has a type: without one, it would be an `i32`.
    fn number(&self, number: &Number) -> String {
        if number.is_u64() {
            format!("{number}_u64")
        } else if number.is_i64() {
            format!("{number}_i64")
        } else {
            float(number).unwrap_or_else(|| number.to_string())
        }
    }

    fn text(&self, text: &str) -> String {
        format!("{text:?}")
    }

    fn variable(&self, name: &str) -> String {
        variable(name)
    }
}

/// A number as a literal of `f64`, if that is exact.
fn float(number: &Number) -> Option<String> {
    let float = number.as_f64()?;
    let exact = number.is_f64() || format!("{float:.0}") == number.to_string();
    exact.then(|| format!("{float:?}"))
}

/// Writes values as `request!` reads them; `None` for a value that it might not read.
struct Writer {
    module: &'static str,
    /// Names of actions: the structs of objects with such a name have other names.
    actions: BTreeSet<&'static str>,
}

impl Writer {
    fn new(target: &Target) -> Option<Self> {
        let service = actions::service(target.folder).ok()?;
        let module = actions::module(service, target.site, Some(target.spec.version)).ok()?;
        let actions = module.actions().map(tc_catalog::Action::name).collect();
        Some(Self { module: target.folder, actions })
    }

    fn request(&self, call: &Call<'_>) -> Option<String> {
        let spec = call.target.spec;
        if !is_type_name(spec.name) {
            return None;
        }
        let mut fields = self.fields(spec.request, &call.parameters.members, 2)?;
        for file in &call.parameters.files {
            let field = field(spec.request, &file.name)?.1;
            let _ = writeln!(fields, "        {field}: {},", bytes(file));
        }
        let body = if fields.is_empty() { String::new() } else { format!("\n{fields}    ") };
        Some(format!("request!({}::{} {{{body}}})", self.module, spec.name))
    }

    fn fields(&self, model: &'static ModelSpec, members: &[(String, Literal)], depth: usize) -> Option<String> {
        let mut text = String::new();
        for (name, value) in members {
            let (param, field) = field(model, name)?;
            let value = match value {
                Literal::List(items) if param.is_list() && !items.is_empty() => {
                    let items: Option<Vec<String>> =
                        items.iter().map(|item| self.value(param.ty, item, depth)).collect();
                    format!("[{}]", items?.join(", "))
                }
                _ if param.is_list() => return None,
                value => self.value(param.ty, value, depth)?,
            };
            text.push_str(&"    ".repeat(depth));
            for piece in [&field, ": ", &value, ",\n"] {
                text.push_str(piece);
            }
        }
        Some(text)
    }

    fn value(&self, ty: Type, value: &Literal, depth: usize) -> Option<String> {
        match (ty, value) {
            (Type::String | Type::Enum(_) | Type::Date | Type::DateTime, Literal::Text(text)) => {
                Some(format!("{text:?}"))
            }
            (Type::String | Type::Enum(_), Literal::Variable(name)) => Some(variable(name)),
            (Type::Integer { .. }, Literal::Number(number)) if !number.is_f64() => Some(number.to_string()),
            (Type::Float | Type::Float32, Literal::Number(number)) => float(number),
            (Type::Boolean, Literal::Bool(value)) => Some(value.to_string()),
            (Type::Model(model), Literal::Object(members)) => {
                let model = model.get();
                if !is_type_name(model.name) || self.actions.contains(model.name) || is_prelude(model.name) {
                    return None;
                }
                let fields = self.fields(model, members, depth + 1)?;
                let (module, name, indent) = (self.module, model.name, "    ".repeat(depth));
                Some(if fields.is_empty() {
                    format!("{module}::{name} {{}}")
                } else {
                    format!("{module}::{name} {{\n{fields}{indent}}}")
                })
            }
            _ => None,
        }
    }
}

/// A member of a model, and the name of its field.
fn field(model: &'static ModelSpec, name: &str) -> Option<(&'static tc_spec::ParamSpec, String)> {
    let at = model.params.iter().position(|param| param.name == name)?;
    let wires: Vec<&str> = model.params.iter().map(|param| param.name).collect();
    let field = names::field_names(&wires).into_iter().nth(at)?;
    Some((model.params.get(at)?, field))
}

/// Whether a struct keeps this name in Rust.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// Whether a struct of this name would hide a name that generated code uses.
fn is_prelude(name: &str) -> bool {
    matches!(
        name,
        "Option"
            | "Some"
            | "None"
            | "Result"
            | "Ok"
            | "Err"
            | "Error"
            | "Box"
            | "Vec"
            | "String"
            | "Default"
            | "Clone"
            | "Self"
            | "Debug"
            | "Drop"
            | "Copy"
    )
}
