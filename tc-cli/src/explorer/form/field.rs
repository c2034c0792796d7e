//! One parameter of a form: its name, what is accepted, and its control, object or list.

use maud::{Markup, html};
use serde_json::{Map, Value};
use tc_spec::{ModelSpec, ParamSpec, Type};

use super::control::{self, Control};
use crate::actions::Target;
use crate::commands::words::type_name;
use crate::docs::Texts;

/// How deep required objects are shown without being opened.
const DEPTH: usize = 4;

/// What the fields of a form have in common.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    target: &'a Target,
    texts: Option<&'a Texts>,
}

/// Where a field is: its path, and the object that declares it, by its official name.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) object: String,
    pub(super) depth: usize,
}

impl Place {
    /// The place of a member.
    fn member(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

/// The id of the control at a path.
pub(super) fn id(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}

impl<'a> Form<'a> {
    pub(super) fn new(target: &'a Target, texts: Option<&'a Texts>) -> Self {
        Self { target, texts }
    }

    /// All fields of the request.
    pub(super) fn whole(self, params: &Value) -> Markup {
        let place = Place { path: String::new(), object: format!("{}Request", self.target.spec.name), depth: 0 };
        html! {
            @if self.target.spec.request.params.is_empty() { p.empty { "This action has no parameters." } }
            (self.fields(self.target.spec.request, &place, params))
        }
    }

    /// The fields of an object, the required ones first, and undocumented members last.
    pub(super) fn fields(self, model: &'static ModelSpec, place: &Place, value: &Value) -> Markup {
        let none = Map::new();
        let members = value.as_object().unwrap_or(&none);
        let (required, optional): (Vec<_>, Vec<_>) = model.params.iter().partition(|param| param.required);
        html! {
            div.fields {
                @for param in required.into_iter().chain(optional) {
                    (self.field(param, place, members.get(param.name).filter(|value| !value.is_null())))
                }
                @for (name, value) in members.iter().filter(|(name, _)| model.param(name).is_none()) {
                    (unknown(name, &place.member(name), value))
                }
            }
        }
    }

    fn field(self, param: &'static ParamSpec, place: &Place, value: Option<&Value>) -> Markup {
        let path = place.member(param.name);
        let id = id(&path);
        let inner = self.inner(param, &path, place.depth, value);
        let text = self.texts.and_then(|texts| texts.member(&place.object, param.name)).unwrap_or_default();
        html! {
            div class={"field" @if param.required { " required" } @else { " optional" } @if value.is_some() { " filled" }}
                data-name=(param.name) data-shape=(inner.shape) data-given[value.is_some()] {
                (inner.markup)
                @if !text.is_empty() { (documented(text)) }
                p.error id={(id) "-error"} hidden {}
            }
        }
    }

    fn inner(self, param: &'static ParamSpec, path: &str, depth: usize, value: Option<&Value>) -> Inner {
        let fits = match (param.is_list(), param.ty, value) {
            (_, _, None) | (_, Type::Json, _) => true,
            (true, _, Some(value)) => value.is_array(),
            (false, Type::Model(_), Some(value)) => value.is_object(),
            (false, _, Some(value)) => !value.is_array() && !value.is_object(),
        };
        let id = id(path);
        let control = |markup: Markup| {
            let head = html! { div.head { label for=(id) { (param.name) } (about(param, &id)) } (markup) };
            Inner { shape: "one", markup: head }
        };
        if !fits || (matches!(param.ty, Type::Json) && !param.is_list()) {
            return control(Control { id: id.clone(), name: param.name.to_owned(), value }.json());
        }
        if param.is_list() {
            return Inner { shape: "list", markup: self.list(param, path, value) };
        }
        match param.ty {
            Type::Model(model) => {
                Inner { shape: "object", markup: self.object(param, model.get(), path, depth, value) }
            }
            _ => control(control::of(param, &id, value)),
        }
    }

    /// An object: open with its fields if it is required or has a value, else loaded when it is opened.
    fn object(
        self,
        param: &'static ParamSpec,
        model: &'static ModelSpec,
        path: &str,
        depth: usize,
        value: Option<&Value>,
    ) -> Markup {
        let is_open = value.is_some() || (param.required && depth < DEPTH);
        let place = Place { path: path.to_owned(), object: model.name.to_owned(), depth: depth + 1 };
        let (members, id) = (model.params.len(), id(path));
        html! {
            details.object open[is_open] data-part=[(!is_open).then_some(path)] {
                summary.head id=(id) {
                    span.label { (param.name) }
                    (about(param, &id))
                    span.note { (members) @if members == 1 { " member" } @else { " members" } }
                }
                @if is_open { (self.fields(model, &place, value.unwrap_or(&Value::Null))) }
            }
        }
    }

    fn list(self, param: &'static ParamSpec, path: &str, value: Option<&Value>) -> Markup {
        let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let id = id(path);
        html! {
            div.head {
                span.label id={(id) "-label"} { (param.name) }
                (about(param, &id))
                button.add type="button" id=(id) data-part=(path) data-next=(items.len()) aria-describedby={(id) "-note"} {
                    "Add " span.sr { (param.name) " " } "item"
                }
            }
            ol.items aria-labelledby={(id) "-label"} {
                @for (index, item) in items.iter().enumerate() {
                    (self.item(param, path, index, item))
                }
            }
        }
    }

    /// An item of a list.
    pub(super) fn item(self, param: &'static ParamSpec, path: &str, index: usize, value: &Value) -> Markup {
        let path = format!("{path}.{index}");
        let id = id(&path);
        let given = Some(value).filter(|value| !value.is_null());
        let name = format!("{} item {}", param.name, index + 1);
        let is_object = matches!(param.ty, Type::Model(_)) && given.is_none_or(Value::is_object);
        html! {
            li.item data-shape=(if is_object { "object" } else { "one" }) {
                div.inner {
                    @match param.ty {
                        Type::Model(model) if is_object => {
                            @let model = model.get();
                            @let place = Place { path: path.clone(), object: model.name.to_owned(), depth: 1 };
                            (self.fields(model, &place, value))
                        }
                        Type::Model(_) | Type::Json => {
                            (Control { id: id.clone(), name: name.clone(), value: given }.json())
                        }
                        _ => (control::item(param, &id, &name, given)),
                    }
                }
                button.remove type="button" aria-label={"Remove " (name)} title="Remove" { "×" }
                p.error id={(id) "-error"} hidden {}
            }
        }
    }
}

/// The head of a field and what it holds.
struct Inner {
    shape: &'static str,
    markup: Markup,
}

/// What stands after the name of a parameter: its type, whether it is required, its limits.
fn about(param: &ParamSpec, id: &str) -> Markup {
    let notes = control::notes(param).join("; ");
    html! {
        span.type { @if param.is_list() { "list of " } (type_name(param)) }
        @if param.required { span.needed { "required" } }
        @if param.sensitive { span.needed.quiet { "sensitive" } }
        @if param.deprecated { span.needed.quiet { "deprecated" } }
        @if !notes.is_empty() { span.note id={(id) "-note"} { (notes) } }
    }
}

/// A member that the documentation does not have, as JSON, so that nothing that was pasted is lost.
fn unknown(name: &str, path: &str, value: &Value) -> Markup {
    let id = id(path);
    html! {
        div.field.optional.filled data-name=(name) data-shape="one" data-given {
            div.head { label for=(id) { (name) } span.type { "not documented" } }
            (Control { id: id.clone(), name: name.to_owned(), value: Some(value) }.json())
            p.error id={(id) "-error"} hidden {}
        }
    }
}

/// The user's own copy of the official text; long ones are folded.
fn documented(text: &str) -> Markup {
    let first = text.lines().next().unwrap_or_default();
    html! {
        @if first.len() == text.len() && text.chars().count() <= 160 {
            p.text { (text) }
        } @else {
            details.text { summary { (first.chars().take(120).collect::<String>()) " …" } p { (text) } }
        }
    }
}
