//! The page about an action: parameters, limits, defaults, paging, the answer, and error codes with what to do about each.

pub(super) mod advice;

use maud::{Markup, html};
use tc_spec::{ModelSpec, PageForm, ParamSpec, Type};

use super::input::Refused;
use crate::actions::{self, Target};
use crate::commands::words::{limits, type_name};
use crate::docs::Texts;

/// The page of an action.
///
/// # Errors
/// The program is damaged.
pub(super) fn page(target: &Target) -> Result<Markup, Refused> {
    let spec = target.spec;
    let texts = Texts::load(target.folder, spec.version);
    let texts = texts.as_ref();
    let about = texts.and_then(|texts| texts.action(spec.name)).map(|(_, about)| about).unwrap_or_default();
    let codes = actions::error_codes(target)?;
    let name = spec.name;
    Ok(html! {
        @for line in about.lines().filter(|line| !line.is_empty()) { p { (line) } }
        dl.facts { @for (term, text) in facts(target) { dt { (term) } dd { (text) } } }
        h2 { "Parameters" }
        (members(spec.request, &format!("{name}Request"), texts, true))
        h2 { "Answer" }
        (members(spec.response.get(), &format!("{name}Response"), texts, false))
        h2 #about-errors { "Error codes" }
        @if codes.is_empty() { p.empty { "None is documented for this version of the service." } }
        @else {
            p.quiet { (codes.len()) " codes are documented for " (target.folder) " " (spec.version) "; the documentation does not say which of them this action gives." }
            table.codes {
                thead { tr { th scope="col" { "Code" } th scope="col" { "Kind" } th scope="col" { "What to do" } } }
                tbody {
                    @for code in codes {
                        @let advice = advice::of(code, None);
                        tr { th scope="row" { code { (code) } } td { (advice.class) } td { (advice.text) } }
                    }
                }
            }
        }
    })
}

fn facts(target: &Target) -> Vec<(&'static str, String)> {
    let spec = target.spec;
    let mut facts =
        vec![("Called as", format!("{}.tencentcloudapi.com, {} {}", spec.service, spec.version, spec.name))];
    if let Some(paging) = spec.page {
        let by = match paging.form {
            PageForm::Offset { offset, limit } => format!("by {offset} and {limit}"),
            PageForm::Number { number, size, first } => format!("by {number} (the first is {first}) and {size}"),
            PageForm::Token { token, .. } => format!("by {token}"),
        };
        let path = |path| {
            let members = spec.response.get().path(path)?;
            Some(members.iter().map(|param| param.name).collect::<Vec<_>>().join("."))
        };
        let items = path(paging.items).map_or_else(String::new, |items| format!("; the items are in {items}"));
        let total = paging.total.and_then(path).map_or_else(String::new, |total| format!(", their number in {total}"));
        facts.push(("Pages", format!("{by}{items}{total}")));
    }
    if let Some(rate) = spec.rate {
        facts.push(("Rate", format!("{rate} calls per second")));
    }
    let sent_twice = if spec.idempotent {
        "it only reads, so the client sends it again after a failure"
    } else {
        "it may change something, so the client sends it again only if the first attempt was not carried out"
    };
    facts.push(("After a failure", sent_twice.to_owned()));
    if spec.streaming {
        facts.push(("Streams", "it can answer with events, one after the other".to_owned()));
    }
    if spec.skip_sign {
        facts.push(("Signature", "none is sent".to_owned()));
    }
    facts
}

/// A table of members; those of objects are below them, folded.
fn members(model: &'static ModelSpec, object: &str, texts: Option<&Texts>, is_request: bool) -> Markup {
    if model.params.is_empty() {
        return html! { p.empty { "None." } };
    }
    html! { ul.members.answer[!is_request] { (rows(model, object, texts, &mut Vec::new())) } }
}

fn rows(model: &'static ModelSpec, object: &str, texts: Option<&Texts>, within: &mut Vec<&'static str>) -> Markup {
    html! {
        @for param in model.params {
            li {
                (row(param, texts.and_then(|texts| texts.member(object, param.name))))
                @if let Type::Model(nested) = param.ty { (nested_rows(nested.get(), texts, within)) }
            }
        }
    }
}

fn nested_rows(model: &'static ModelSpec, texts: Option<&Texts>, within: &mut Vec<&'static str>) -> Markup {
    if within.contains(&model.name) || within.len() > 6 {
        return html! { p.quiet { "The members of " (model.name) " are above." } };
    }
    within.push(model.name);
    let rows = rows(model, model.name, texts, within);
    within.pop();
    html! { details { summary { "members of " (model.name) } ul.members { (rows) } } }
}

fn row(param: &ParamSpec, text: Option<&str>) -> Markup {
    html! {
        span.name { (param.name) }
        span.type { @if param.is_list() { "list of " } (type_name(param)) }
        @if param.required { span.needed { "required" } }
        @if param.deprecated { span.needed.quiet { "deprecated" } }
        @let notes = limits(param).join("; ");
        @if !notes.is_empty() { p.note { (notes) } }
        @if let Some(text) = text { p.text { (text) } }
    }
}
