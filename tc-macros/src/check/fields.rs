//! Checks a struct and its fields.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Fields, Ident, ItemStruct};
use tc_spec::names;

use super::default::default;
use super::types::{field_type_of, wrapped};
use super::{derives, doc, keys, krate, remove_unsupported};
use crate::diagnostics::Diagnostics;
use crate::limit::{self, Limit};
use crate::model::{Field, FieldType, Kind, Shape, Struct};
use crate::parse::{ActionArgs, Entry, FieldArgs};
use crate::tokens::compact;

/// Returns the checked struct, or the struct itself if it cannot be a model.
pub(crate) fn model(
    args: &ActionArgs,
    attribute: &str,
    mut item: ItemStruct,
    errors: &mut Diagnostics,
) -> Result<Struct, Box<ItemStruct>> {
    remove_unsupported(&mut item.attrs, errors);
    let krate = krate(args.krate.as_ref());
    let mut possible = true;
    if !item.generics.params.is_empty() {
        let message = format!("a struct with #[{attribute}] cannot have type parameters or lifetimes; remove them");
        errors.error(&item.generics, message);
        possible = false;
    }
    if let Some(clause) = &item.generics.where_clause {
        errors.error(clause, format_args!("a struct with #[{attribute}] cannot have a where clause; remove it"));
        possible = false;
    }
    if !possible {
        return Err(strip(item));
    }
    let written = match &mut item.fields {
        Fields::Named(fields) => std::mem::take(&mut fields.named),
        Fields::Unit => syn::punctuated::Punctuated::new(),
        Fields::Unnamed(fields) => {
            let message = format!("parameters need names: write `struct {} {{ name: Type }}`", item.ident);
            errors.error(fields, message);
            return Err(strip(item));
        }
    };
    let (mut fields, mut kept) = (Vec::new(), syn::punctuated::Punctuated::new());
    for mut field in written {
        let args = FieldArgs::take(&mut field.attrs, errors);
        remove_unsupported(&mut field.attrs, errors);
        if let Some(ident) = field.ident.clone() {
            let checked = checked(ident, &field, &args, &krate, errors);
            field.ty = checked.ty.clone();
            fields.push(checked);
        }
        kept.push(field);
    }
    if let Fields::Named(fields) = &mut item.fields {
        fields.named = kept;
    }
    report_equal_names(&fields, errors);
    let sensitive = fields.iter().any(|field| field.sensitive);
    let ours: &[&str] = match (fields.iter().any(Field::is_unresolved), sensitive) {
        (true, _) => &["Debug", "Clone", "PartialEq"],
        (false, true) => &["Debug"],
        (false, false) => &[],
    };
    let derives = derives(&mut item.attrs, &["Debug", "Clone", "PartialEq"], ours, attribute, errors);
    let name = match &args.name {
        Some(name) if names::is_action(&name.value.value()) => name.value.value(),
        Some(name) => {
            let message = format!(
                "invalid name \"{}\": write letters, digits and `_` with a capital first, such as `DescribeInstances`",
                name.value.value()
            );
            errors.error(&name.value, message);
            item.ident.unraw().to_string()
        }
        None => item.ident.unraw().to_string(),
    };
    Ok(Struct {
        krate,
        derives,
        name,
        doc: doc(&item.attrs),
        fields,
        check: args.check.as_ref().map(|check| check.value.clone()),
        action: None,
        item,
    })
}

/// Removes the helper attributes from a struct that is not checked further.
fn strip(mut item: ItemStruct) -> Box<ItemStruct> {
    for field in &mut item.fields {
        field.attrs.retain(|attr| !attr.path().is_ident("tc"));
    }
    Box::new(item)
}

fn checked(ident: Ident, field: &syn::Field, args: &FieldArgs, krate: &TokenStream, errors: &mut Diagnostics) -> Field {
    let name = ident.unraw().to_string();
    if names::is_taken(&name) {
        errors.error(&ident, format_args!("`{name}` is a method of every model; rename the field to `{name}_`"));
    }
    let wire = match &args.name {
        Some(given) if names::is_param(&given.value.value()) => given.value.value(),
        Some(given) => {
            let message =
                format!("invalid parameter name \"{}\": write letters, digits, `_` and `-`", given.value.value());
            errors.error(&given.value, message);
            names::wire_name(&name)
        }
        None => names::wire_name(&name),
    };
    let binary = args.binary.is_some() || keys::means_binary(args);
    let field_type = match field_type_of(&field.ty) {
        _ if binary => Some(binary_type(field)),
        Ok(field_type) => Some(field_type),
        Err(why) => {
            let written = compact(&field.ty.to_token_stream().to_string());
            errors.error(&field.ty, format_args!("`{written}` cannot be a parameter: {why}"));
            None
        }
    };
    keys::unknown(args, field_type.as_ref(), &field.ty, errors);
    let shape = field_type.as_ref().map_or(Shape::One, |field_type| field_type.shape);
    let required = match &args.required {
        Some(required) if matches!(shape, Shape::Maybe | Shape::MaybeMany) && field_type.is_some() => {
            errors.at(required.key.span(), "a required field cannot be an `Option`; remove `Option` or `required`");
            false
        }
        Some(_) => true,
        // Of an invalid type, only the outermost name decides.
        None if field_type.is_none() => !matches!(wrapped(&field.ty), Some(("Option" | "Vec", _))),
        None => shape == Shape::One,
    };
    let limits = if binary { binary_limits(args, errors) } else { limits(args, field_type.as_ref(), errors) };
    let default = args.default.as_ref().and_then(|default| {
        if binary {
            errors.at(default.key.span(), "`default` does not apply to bytes; write it in the doc comment instead");
            return None;
        }
        if required && field_type.is_some() {
            errors.at(default.key.span(), "`default` does not apply to a required field; make its type an `Option`");
            return None;
        }
        self::default(default, field_type.as_ref(), &limits, errors)
    });
    Field {
        vis: field.vis.clone(),
        invalid_type: if field_type.is_some() { None } else { Some(field.ty.clone()) },
        ty: if field_type.is_some() { field.ty.clone() } else { syn::parse_quote!(#krate::__private::Refused) },
        wire,
        doc: doc(&field.attrs),
        shape,
        required,
        binary,
        sensitive: args.sensitive.is_some(),
        kind: field_type.as_ref().map_or(Kind::Named, |field_type| field_type.kind),
        reserved: names::is_taken(&name),
        limits,
        default,
        name,
        ident,
    }
}

fn binary_type(field: &syn::Field) -> FieldType {
    let shape = if matches!(wrapped(&field.ty), Some(("Option", _))) { Shape::Maybe } else { Shape::One };
    FieldType { shape, kind: Kind::Json }
}

type Limits = Vec<(Span, Box<dyn Limit>)>;

/// The valid limits of the field. Reports a value in `values` that another limit of the field does not accept.
fn limits(args: &FieldArgs, field_type: Option<&FieldType>, errors: &mut Diagnostics) -> Limits {
    let read = |(kind, entry): &(_, Entry)| Some((entry.span(), limit::read(*kind, entry, field_type, errors)?));
    let limits: Limits = args.limits.iter().filter_map(read).collect();
    for (value, written) in limits.iter().flat_map(|(_, limit)| limit.listed_values()) {
        if let Some(why) = limits.iter().find_map(|(_, limit)| limit.rejects(value)) {
            errors.error(written, format_args!("the value {} {why}", value.shown()));
        }
    }
    limits
}

fn binary_limits(args: &FieldArgs, errors: &mut Diagnostics) -> Limits {
    for (kind, entry) in &args.limits {
        let key = kind.key();
        errors.at(entry.span(), format_args!("`{key}` does not apply to a `binary` field; remove it"));
    }
    Limits::new()
}

fn report_equal_names(fields: &[Field], errors: &mut Diagnostics) {
    for (index, field) in fields.iter().enumerate() {
        if let Some(first) = fields[..index].iter().find(|first| first.wire == field.wire && first.name != field.name) {
            errors.error(
                &field.ident,
                format_args!(
                    "`{}` and `{}` are both `{}` on the wire; add `#[tc(name = \"…\")]` to one of them",
                    first.name, field.name, field.wire
                ),
            );
        }
    }
}
