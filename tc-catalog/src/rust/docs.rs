//! Doc comments, made from the metadata and, if given, from texts. The macros add wire names, limits and defaults.

use super::Texts;
use crate::{Action, Member, Module, Object, Site, Status, Type};

/// The page of an action.
pub(super) fn action(module: Module<'_>, action: Action<'_>, texts: Option<&Texts>) -> String {
    let (service, version, name) = (module.service().wire_name(), module.version(), action.name());
    let mut lines = vec![format!("`{name}` of {}.", self::module(module))];
    lines.extend(paragraphs(texts.and_then(|texts| texts.actions.get(name))));
    match action.status() {
        Status::Online => {}
        Status::Deprecated => lines.extend([String::new(), "Deprecated: it should no longer be used.".to_owned()]),
        Status::Offline => lines.extend([String::new(), "Offline: the cloud no longer offers it.".to_owned()]),
    }
    let host = match module.site() {
        Site::China => "console.cloud.tencent.com",
        Site::International => "console.tencentcloud.com",
    };
    let page = format!("https://{host}/api/explorer?Product={service}&Version={version}&Action={name}");
    lines.extend([String::new(), format!("[Official reference]({page})")]);
    comment(&lines, "")
}

/// The line of a response.
pub(super) fn response(name: &str) -> String {
    comment(&[format!("The response of [`{name}`].")], "")
}

/// The line of a model.
pub(super) fn model(module: Module<'_>, name: &str, texts: Option<&Texts>) -> String {
    let mut lines = vec![format!("`{name}` of {}.", self::module(module))];
    lines.extend(paragraphs(texts.and_then(|texts| texts.objects.get(name))));
    comment(&lines, "")
}

/// The lines of a text, after an empty line; nothing without a text.
fn paragraphs(text: Option<&String>) -> impl Iterator<Item = String> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.into_iter().flat_map(|text| std::iter::once(String::new()).chain(text.lines().map(str::to_owned)))
}

/// The line of a field.
pub(super) fn field(
    object: Object<'_>,
    member: Member<'_>,
    struct_of_object: Option<&str>,
    texts: Option<&Texts>,
) -> String {
    let (one, many) = match member.ty() {
        Type::String => ("A string", "Strings"),
        Type::Int64 | Type::Uint64 => ("An integer", "Integers"),
        Type::Float => ("A number", "Numbers"),
        Type::Bool => ("`true` or `false`", "Booleans"),
        Type::Date => ("A date, such as `2018-10-01`", "Dates, such as `2018-10-01`"),
        Type::DateTime => (
            "A date and time without a time zone, such as `2018-10-01 10:00:00`",
            "Dates and times without a time zone, such as `2018-10-01 10:00:00`",
        ),
        Type::DateTimeIso => ("A date and time", "Dates and times"),
        Type::Binary => ("Bytes", "Lists of bytes"),
        Type::Object(_) => ("", ""),
    };
    let mut text = match (struct_of_object, member.is_list()) {
        (Some(name), false) => format!("One [`{name}`]."),
        (Some(name), true) => format!("A list of [`{name}`]."),
        (None, false) => format!("{one}."),
        (None, true) => format!("{many}."),
    };
    if member.is_nullable() {
        text.push_str(" May be null.");
    }
    if member.is_deprecated() {
        text.push_str(" Deprecated.");
    }
    let mut lines = vec![text];
    let key = (object.name().to_owned(), member.name().to_owned());
    lines.extend(paragraphs(texts.and_then(|texts| texts.members.get(&key))));
    comment(&lines, "    ")
}

/// The module, in words: `cvm, version 2017-03-12`.
pub(super) fn module(module: Module<'_>) -> String {
    let (service, version) = (module.service().wire_name(), module.version());
    match module.site() {
        Site::China => format!("{service}, version {version}"),
        Site::International => format!("{service}, version {version}, on the international site"),
    }
}

fn comment(lines: &[String], indent: &str) -> String {
    let mut text = String::new();
    for line in lines {
        for part in [indent, "///", if line.is_empty() { "" } else { " " }, line, "\n"] {
            text.push_str(part);
        }
    }
    text
}
