//! Names: members that are not there, and what a field for one looks like.

use tc_catalog::{Member, Type};
use tc_spec::names::{field_name, wire_name};
use tc_spec::suggest::nearest;

use super::find::Known;
use crate::diagnostics::Diagnostics;
use crate::model::{Field, Struct};
use crate::parse::plain;

/// Reports a field that is no member of the object; returns the member that it probably stands for.
pub(super) fn unknown(field: &Field, model: &Struct, known: &Known, errors: &mut Diagnostics) -> Option<&'static str> {
    let taken = |name: &str| model.fields.iter().any(|field| field.wire == name);
    let free: Vec<&'static str> = known.object.members().map(Member::name).filter(|name| !taken(name)).collect();
    let same = free.iter().find(|name| plain(name) == plain(&field.wire)).copied();
    let meant = same.or_else(|| nearest(&field.wire, free.iter().copied()));
    let Known { name, noun, .. } = known;
    let hint = meant.map_or(String::new(), |meant| {
        let regular = field_name(meant);
        let is_named = wire_name(&field.name) != field.wire;
        if is_named || wire_name(&regular) != meant {
            format!("; did you mean `{meant}`? add `#[tc(name = \"{meant}\")]`")
        } else {
            format!("; did you mean `{meant}`? rename the field to `{regular}`")
        }
    });
    errors.error(&field.ident, format_args!("{name} has no {noun} `{}`{hint}", field.wire));
    meant
}

/// A field for the member, as one would write it: `#[tc(required)] pub ids: Vec<String>`.
pub(super) fn field_of(member: Member<'_>) -> String {
    let field = field_name(member.name());
    let mut keys = Vec::new();
    if wire_name(&field) != member.name() {
        keys.push(format!("name = \"{}\"", member.name()));
    }
    if member.is_list() && member.is_required() {
        keys.push("required".to_owned());
    }
    let keys = if keys.is_empty() { String::new() } else { format!("#[tc({})] ", keys.join(", ")) };
    format!("{keys}pub {field}: {}", type_of(member))
}

/// The type of a field for a member that a request must have.
pub(super) fn type_of(member: Member<'_>) -> String {
    let one = match member.ty() {
        Type::String | Type::Date | Type::DateTime => "String",
        Type::Int64 => "i64",
        Type::Uint64 => "u64",
        Type::Float => "f64",
        Type::Bool => "bool",
        Type::DateTimeIso => "DateTime<Utc>",
        Type::Binary => "Vec<u8>",
        Type::Object(object) => object.name(),
    };
    if member.is_list() { format!("Vec<{one}>") } else { one.to_owned() }
}
