//! One struct: its documentation, attribute and fields.

use super::names::{Names, struct_name};
use super::{Paths, Texts, attributes, docs};
use crate::{Action, Member, Module, Object, Type};

/// One struct as source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The kind of struct.
    pub kind: ItemKind,
    /// The name of the struct.
    pub name: String,
    /// The source, formatted as rustfmt does.
    pub text: String,
    /// The other structs that it names, in alphabetical order.
    pub uses: Vec<String>,
    /// Positions of the actions that need it, in the list of actions that was given.
    pub used_by: Vec<usize>,
}

/// The kind of a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// The parameters of an action.
    Request,
    /// The response of an action.
    Response,
    /// An object that is nested in requests or responses.
    Model,
}

/// Writes the structs of one module.
pub(super) struct Writer<'a, 'n> {
    pub(super) module: Module<'a>,
    pub(super) names: &'n Names,
    pub(super) paths: Paths,
    pub(super) texts: Option<&'n Texts>,
}

impl<'a> Writer<'a, '_> {
    /// The request of `action`.
    pub(super) fn request(&self, action: Action<'a>) -> Item {
        let name = struct_name(action.name());
        let response = if is_empty(action) { "()" } else { self.names.response(action) };
        let head = docs::action(self.module, action, self.texts) + &self.action(action, &name, response);
        let mut item = self.item(ItemKind::Request, name, head, action.request(), &fields(action.request()));
        if !is_empty(action) {
            item.uses.push(response.to_owned());
            item.uses.sort_unstable();
        }
        item
    }

    /// The response of `action`; `None` if it has only the `RequestId`.
    pub(super) fn response(&self, action: Action<'a>) -> Option<Item> {
        if is_empty(action) {
            return None;
        }
        let name = self.names.response(action).to_owned();
        let head = docs::response(&struct_name(action.name())) + &self.model_attribute();
        Some(self.item(ItemKind::Response, name, head, action.response(), &response_fields(action.response())))
    }

    /// A nested object.
    pub(super) fn model(&self, object: Object<'a>, used_by: Vec<usize>) -> Item {
        let name = self.names.model(object).to_owned();
        let head = docs::model(self.module, object.name(), self.texts) + &self.model_attribute();
        Item { used_by, ..self.item(ItemKind::Model, name, head, object, &fields(object)) }
    }

    fn item(
        &self,
        kind: ItemKind,
        name: String,
        head: String,
        object: Object<'a>,
        fields: &[(Member<'a>, String)],
    ) -> Item {
        let (mut text, mut uses) = (head, Vec::new());
        text.extend(["pub struct ", &name, " {"]);
        for (member, field) in fields {
            let nested = match member.ty() {
                Type::Object(object) => Some(self.names.model(object)),
                _ => None,
            };
            uses.extend(nested.filter(|nested| *nested != name).map(str::to_owned));
            text.push('\n');
            text.push_str(&docs::field(object, *member, nested, self.texts));
            if let Some(attribute) = attributes::field(*member, field) {
                text.extend(["    ", &attribute, "\n"]);
            }
            text.push_str(&declaration(field, &self.ty(*member, nested)));
        }
        text.push_str(if fields.is_empty() { "}\n" } else { "\n}\n" });
        uses.sort_unstable();
        uses.dedup();
        Item { kind, name, text, uses, used_by: Vec::new() }
    }

    fn ty(&self, member: Member<'a>, nested: Option<&str>) -> String {
        let krate = match self.paths {
            Paths::Placeholder => super::CRATE,
            Paths::Files => "tc_core",
        };
        let mut one = match (nested, member.ty()) {
            (Some(name), _) => name.to_owned(),
            (_, Type::Int64) => "i64".to_owned(),
            (_, Type::Uint64) => "u64".to_owned(),
            (_, Type::Float) => "f64".to_owned(),
            (_, Type::Bool) => "bool".to_owned(),
            (_, Type::DateTimeIso) => format!("{krate}::chrono::DateTime<{krate}::chrono::Utc>"),
            (_, Type::Binary) => "Vec<u8>".to_owned(),
            _ => "String".to_owned(),
        };
        if member.is_list() {
            let list = format!("Vec<{one}>");
            return if member.clears_when_empty() { format!("Option<{list}>") } else { list };
        }
        if member.is_boxed() {
            one = format!("Box<{one}>");
        }
        if member.is_optional() { format!("Option<{one}>") } else { one }
    }
}

/// Whether the response of the action has only a `RequestId`.
fn is_empty(action: Action<'_>) -> bool {
    response_fields(action.response()).is_empty()
}

/// `pub name: Type,` on one line, or on two if it is too long.
fn declaration(field: &str, ty: &str) -> String {
    let line = format!("    pub {field}: {ty},");
    if line.len() <= 100 { line } else { format!("    pub {field}:\n        {ty},") }
}

/// The members of an object, each with its field's name.
pub(super) fn fields(object: Object<'_>) -> Vec<(Member<'_>, String)> {
    named(object.members().collect())
}

/// The members of a response. `RequestId` is in every response and is not a field.
fn response_fields(object: Object<'_>) -> Vec<(Member<'_>, String)> {
    named(object.members().filter(|member| member.name() != "RequestId").collect())
}

fn named(members: Vec<Member<'_>>) -> Vec<(Member<'_>, String)> {
    let wires: Vec<&str> = members.iter().map(|member| member.name()).collect();
    let names = tc_spec::names::field_names(&wires);
    members.into_iter().zip(names).collect()
}
