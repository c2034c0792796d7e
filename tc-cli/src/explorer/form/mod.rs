//! The form of an action, made from its spec.
//!
//! The page reads the form by its structure alone. A `.field` has the name of a parameter, and holds one of: a control, the
//! `.fields` of an object, or an `ol.items`, each item of which holds a control or `.fields`. Objects that are not needed at
//! first, and new items, are loaded when they are opened; so a model may contain itself.

mod control;
mod field;
mod part;
#[cfg(test)]
mod tests;

use maud::{Markup, html};
use serde_json::Value;
use tc_spec::Status;

use super::target;
use crate::actions::Target;
use crate::docs::Texts;
use field::Form;

pub(super) use part::part;

/// The head and the empty form of an action.
pub(super) fn action(target: &Target) -> Markup {
    let spec = target.spec;
    let texts = Texts::load(target.folder, spec.version);
    let title = texts.as_ref().and_then(|texts| Some(texts.action(spec.name)?.0.to_owned())).unwrap_or_default();
    let optional = spec.request.params.iter().filter(|param| !param.required).count();
    html! {
        header.action data-service=(target.folder) data-version=(spec.version) data-action=(spec.name) data-site=(target.site)
            data-write=(target::is_write(target)) data-streaming=(spec.streaming) {
            p.crumbs {
                span { (target.folder) } span { (spec.version) }
                @if let Some(rate) = spec.rate { span { (rate) " calls/s" } }
                @if target::is_write(target) { span.mark.write { "writes" } } @else { span.mark { "reads" } }
                @if spec.streaming { span.mark { "streams" } }
                @match spec.status {
                    Status::Online => {}
                    Status::Deprecated => span.mark.write { "deprecated" },
                    Status::Offline => span.mark.write { "no longer offered" },
                }
            }
            h1 #action-title { (spec.name) }
            @if !title.is_empty() { p.title { (title) } }
        }
        div #form-root data-optional=(optional) { (Form::new(target, texts.as_ref()).whole(&Value::Null)) }
    }
}

/// The form with these parameters filled in.
pub(super) fn filled(target: &Target, params: &Value) -> Markup {
    let texts = Texts::load(target.folder, target.spec.version);
    Form::new(target, texts.as_ref()).whole(params)
}
