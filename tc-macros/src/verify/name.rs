//! Messages about fields without a member, and about members without a field.

use tc_catalog::{Member, Type};
use tc_spec::names::{field_name, wire_name};
use tc_spec::suggest::nearest;

use super::find::CatalogObject;
use crate::diagnostics::Diagnostics;
use crate::model::{Field, Struct};
use crate::parse::plain;

/// Reports a field that has no member in the object. Returns the member that is probably meant.
pub(super) fn unknown(
    field: &Field,
    model: &Struct,
    known: &CatalogObject,
    errors: &mut Diagnostics,
) -> Option<&'static str> {
    let taken = |name: &str| model.fields.iter().any(|field| field.wire == name);
    let free: Vec<&'static str> = known.object.members().map(Member::name).filter(|name| !taken(name)).collect();
    let same = free.iter().find(|name| plain(name) == plain(&field.wire)).copied();
    let meant = same.or_else(|| nearest(&field.wire, free.iter().copied()));
    let CatalogObject { name, noun, .. } = known;
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

/// The source text of a field for the member: `#[tc(required)] pub ids: Vec<String>`.
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

/// The source text of the type of a field for a required member.
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
