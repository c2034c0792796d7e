//! Names, descriptions and schemas of the tools.

use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

use crate::args::did_you_mean;
use crate::error::Error;

pub(super) const SEARCH: &str = "search_actions";
pub(super) const DESCRIBE: &str = "describe_action";
pub(super) const VALIDATE: &str = "validate";
pub(super) const READ: &str = "call_read";
pub(super) const WRITE: &str = "call_write";
pub(super) const WHOAMI: &str = "whoami";

/// The tools; `call_write` only if writing is allowed.
pub(super) fn all(allows_write: bool) -> Vec<Tool> {
    let offline = || ToolAnnotations::new().read_only(true).open_world(false);
    let mut tools = vec![
        tool(
            SEARCH,
            "Find actions by words of their service, name, parameters or title.",
            &["query"],
            json!({
                "query": text("Words, all of which must be found: person sample"),
                "site": site(),
                "limit": json!({"type": "integer", "minimum": 1, "maximum": 500, "description": "Default 30"}),
            }),
            offline(),
        ),
        tool(
            DESCRIBE,
            "Parameters of an action with types, limits and defaults; on request its response and error codes.",
            &["service", "action"],
            with_action(json!({
                "parts": json!({
                    "type": "array",
                    "items": {"type": "string", "enum": ["parameters", "response", "errors"]},
                    "description": "Default: parameters",
                }),
            })),
            offline(),
        ),
        tool(
            VALIDATE,
            "Check parameters against the documented limits and show the exact request. Sends nothing, needs no credential.",
            &["service", "action"],
            with_call(json!({})),
            offline(),
        ),
        tool(
            READ,
            "Call an action that reads (Describe, Get, List, …). Needs service and action; or only a cursor, for the rest of a \
             result that was cut.",
            &[],
            with_call(json!({
                "filter": text("JMESPath; only its result is returned: InstanceSet[].InstanceId"),
                "cursor": text("Of a result that was cut, of any tool"),
            })),
            ToolAnnotations::new().read_only(true).open_world(true),
        ),
    ];
    if allows_write {
        tools.push(tool(
            WRITE,
            "Call any action, also one that creates, changes or deletes.",
            &["service", "action"],
            with_call(json!({"filter": text("JMESPath; only its result is returned")})),
            ToolAnnotations::new().read_only(false).destructive(true).idempotent(false).open_world(true),
        ));
    }
    tools.push(tool(
        WHOAMI,
        "Which account the credential of a profile belongs to, and where the credential comes from.",
        &[],
        json!({"profile": profile(), "region": region()}),
        ToolAnnotations::new().read_only(true).open_world(true),
    ));
    tools
}

/// Checks the names of a tool's arguments against its schema.
///
/// # Errors
/// The tool does not have an argument; the message lists those that it has.
pub(super) fn check(tool: &str, arguments: &Map<String, Value>) -> Result<(), Error> {
    let tools = all(true);
    let names = |tool: &Tool| -> Vec<String> {
        let properties = tool.input_schema.get("properties").and_then(Value::as_object);
        properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
    };
    let Some(known) = tools.iter().find(|known| known.name == tool).map(names) else { return Ok(()) };
    let Some(unknown) = arguments.keys().find(|name| !known.contains(name)) else { return Ok(()) };
    let near = did_you_mean(unknown, known.iter().map(String::as_str));
    let others: Vec<&str> =
        tools.iter().filter(|other| names(other).contains(unknown)).map(|other| &*other.name).collect();
    let others =
        if others.is_empty() { String::new() } else { format!(" (it is an argument of {})", others.join(", ")) };
    Err(crate::error::arguments(format!(
        "{tool} has no argument `{unknown}`{others}; its arguments are {}{near}",
        known.join(", ")
    )))
}

fn tool(
    name: &'static str,
    description: &'static str,
    required: &[&str],
    properties: Value,
    annotations: ToolAnnotations,
) -> Tool {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), properties);
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    Tool::new(name, description, schema).with_annotations(annotations)
}

fn with_action(more: Value) -> Value {
    let common = json!({
        "service": text("cvm"),
        "action": text("DescribeInstances"),
        "version": text("YYYY-MM-DD; default: that of the service"),
        "site": site(),
    });
    joined(common, more)
}

fn with_call(more: Value) -> Value {
    let common = json!({
        "params": {"type": "object", "description": "Parameters as describe_action names them"},
        "profile": profile(),
        "region": region(),
    });
    joined(with_action(common), more)
}

fn joined(mut one: Value, other: Value) -> Value {
    if let (Value::Object(members), Value::Object(more)) = (&mut one, other) {
        members.extend(more);
    }
    one
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn site() -> Value {
    json!({"type": "string", "enum": ["china", "international"], "description": "Default: china"})
}

fn profile() -> Value {
    text("Profile in ~/.tccli")
}

fn region() -> Value {
    text("Such as ap-beijing; default: of the profile, or ap-guangzhou")
}
