//! A call as Rust.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tc_catalog::Site;
use tc_spec::{ModelSpec, Type, names};

use crate::actions::{self, Target};

/// A function that makes the call: with the struct that `import!` writes, whose limits the compiler checks; or with the
/// action by its name, if the request has something that `request!` cannot say.
pub(crate) fn program(target: &Target, request: &Value) -> String {
    let fields = request.as_object().and_then(|members| Writer::new(target)?.fields(target.spec.request, members, 2));
    match fields {
        Some(fields) => imported(target, &fields),
        None => by_name(target, request),
    }
}

fn imported(target: &Target, fields: &str) -> String {
    let (folder, spec) = (target.folder, target.spec);
    let default = actions::service(folder).ok().and_then(|service| service.versions(target.site).next());
    let version = match (default == Some(spec.version), target.site) {
        (true, Site::China) => String::new(),
        (true, Site::International) => "(international)".to_owned(),
        (false, Site::China) => format!("(\"{}\")", spec.version),
        (false, Site::International) => format!("(\"{}\", international)", spec.version),
    };
    let name = spec.name;
    let body = if fields.is_empty() { String::new() } else { format!("\n{fields}    ") };
    format!(
        "use tc_core::{{Client, request}};\n\n\
         tc_core::import! {{\n    mod {folder}{version} {{ {name} }}\n}}\n\n\
         async fn call() -> Result<(), tc_core::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             let answer = client.send(&request!({folder}::{name} {{{body}}})).await?;\n    \
             println!(\"{{:#?}}\\nrequest {{}}\", *answer, answer.request_id());\n    \
             Ok(())\n\
         }}\n"
    )
}

fn by_name(target: &Target, request: &Value) -> String {
    let spec = target.spec;
    let (service, version, action) = (spec.service, spec.version, spec.name);
    let json = serde_json::to_string_pretty(request).unwrap_or_default().replace('\n', "\n        ");
    format!(
        "use tc_core::serde_json::json;\n\
         use tc_core::{{AnyAction, Client}};\n\n\
         async fn call() -> Result<(), tc_core::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             let action = AnyAction::new(\"{service}\", \"{version}\", \"{action}\").params(json!(\n        {json}\n    ));\n    \
             let answer = client.send(&action).await?;\n    \
             println!(\"{{:#}}\\nrequest {{}}\", *answer, answer.request_id());\n    \
             Ok(())\n\
         }}\n"
    )
}

/// Writes values as `request!` reads them. Whatever it cannot be sure of is none.
struct Writer {
    module: &'static str,
    /// Objects with these names have other ones in Rust.
    renamed: BTreeSet<&'static str>,
}

impl Writer {
    fn new(target: &Target) -> Option<Self> {
        let service = actions::service(target.folder).ok()?;
        let module = actions::module(service, target.site, Some(target.spec.version)).ok()?;
        let renamed = module.actions().map(tc_catalog::Action::name).collect();
        Some(Self { module: target.folder, renamed })
    }

    fn fields(&self, model: &'static ModelSpec, members: &Map<String, Value>, depth: usize) -> Option<String> {
        let wires: Vec<&str> = model.params.iter().map(|param| param.name).collect();
        let fields = names::field_names(&wires);
        let mut text = String::new();
        for (name, value) in members {
            let at = model.params.iter().position(|param| param.name == name)?;
            let (param, field) = (model.params.get(at)?, fields.get(at)?);
            let value = match value {
                Value::Array(items) if param.is_list() => {
                    let items: Option<Vec<String>> =
                        items.iter().map(|item| self.value(param.ty, item, depth)).collect();
                    let items = items.filter(|items| !items.is_empty())?;
                    format!("[{}]", items.join(", "))
                }
                value => self.value(param.ty, value, depth)?,
            };
            text.push_str(&"    ".repeat(depth));
            for piece in [field, ": ", &value, ",\n"] {
                text.push_str(piece);
            }
        }
        Some(text)
    }

    fn value(&self, ty: Type, value: &Value, depth: usize) -> Option<String> {
        match (ty, value) {
            (Type::String | Type::Enum(_) | Type::Date | Type::DateTime, Value::String(text)) => {
                Some(format!("{text:?}"))
            }
            (Type::Integer { .. }, Value::Number(number)) if !number.is_f64() => Some(number.to_string()),
            (Type::Float, Value::Number(number)) => Some(format!("{:?}", number.as_f64()?)),
            (Type::Boolean, Value::Bool(value)) => Some(value.to_string()),
            (Type::Model(model), Value::Object(members)) => {
                let model = model.get();
                let plain = model.name.chars().all(char::is_alphanumeric) && !self.renamed.contains(model.name);
                if !plain || is_prelude(model.name) {
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

/// Names that objects do not keep.
fn is_prelude(name: &str) -> bool {
    matches!(
        name,
        "Option" | "Some" | "None" | "Result" | "Ok" | "Err" | "Error" | "Box" | "Vec" | "String" | "Default" | "Clone"
    )
}
