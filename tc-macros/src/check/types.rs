//! Reads the type of a field from its tokens. Generated code checks later that the type is what its tokens show.

use syn::{GenericArgument, PathArguments, Type, TypePath};

use crate::model::{FieldType, Kind, Shape};

/// Reads a type. The error is why it cannot be a parameter.
pub(crate) fn field_type_of(ty: &Type) -> Result<FieldType, String> {
    match wrapped(ty) {
        Some(("Box", inner)) => field_type_of(inner),
        Some(("Option", inner)) => {
            let inner = field_type_of(inner)?;
            let shape = if inner.shape.is_list() { Shape::MaybeMany } else { Shape::Maybe };
            Ok(FieldType { shape, ..inner })
        }
        Some((_, inner)) => {
            let inner = field_type_of(inner)?;
            if inner.shape.is_list() {
                return Err(
                    "a list of lists is not supported; put the inner list in a struct with #[tc_model]".to_owned()
                );
            }
            Ok(FieldType { shape: Shape::Many, ..inner })
        }
        None => Ok(FieldType { shape: Shape::One, kind: kind(ty)? }),
    }
}

/// The wrapper (`Option`, `Vec` or `Box`) that the last segment of the path names, and the type inside it.
pub(crate) fn wrapped(ty: &Type) -> Option<(&'static str, &Type)> {
    let Type::Path(TypePath { qself: None, path, .. }) = plain(ty) else { return None };
    let segment = path.segments.last()?;
    let name = ["Option", "Vec", "Box"].into_iter().find(|name| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if arguments.args.len() == 1 => Some((name, inner)),
        _ => None,
    }
}

/// The type without the invisible groups that `macro_rules!` adds.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        other => other,
    }
}

fn kind(ty: &Type) -> Result<Kind, String> {
    let path = match plain(ty) {
        Type::Path(path) => &path.path,
        Type::Reference(_) => {
            return Err("references are not supported; write the type without `&`, such as `String` for text".into());
        }
        Type::Array(_) | Type::Slice(_) => return Err("write `Vec` for a list".into()),
        Type::Tuple(_) => return Err("a tuple has no names for its members; write a struct with #[tc_model]".into()),
        _ => return Err("such a type has no JSON form; write a struct with #[tc_model]".into()),
    };
    let Some(segment) = path.segments.last() else { return Ok(Kind::Named) };
    let alone = path.segments.len() == 1;
    Ok(match segment.ident.to_string().as_str() {
        "String" => Kind::Text,
        "i32" | "i64" | "u32" | "u64" if alone => Kind::Integer,
        "f32" | "f64" if alone => Kind::Float,
        "bool" if alone => Kind::Bool,
        "DateTime" => Kind::Time,
        "Value" if path.segments.len() == 2 && path.segments[0].ident == "serde_json" => Kind::Json,
        "i8" | "i16" | "u16" | "isize" | "i128" if alone => {
            return Err("write `i64`, `u64`, `i32` or `u32` for an integer".into());
        }
        "usize" | "u128" if alone => return Err("write `u64`, `i64`, `u32` or `i32` for an integer".into()),
        "u8" if alone => {
            return Err("add `#[tc(binary)]` for bytes, or write `u32`, `u64`, `i32` or `i64` for an integer".into());
        }
        "str" | "char" if alone => return Err("write `String` for text".into()),
        "HashMap" | "BTreeMap" => {
            return Err("a map is not supported; write a struct with #[tc_model], or `serde_json::Value`".into());
        }
        "HashSet" | "BTreeSet" | "VecDeque" => return Err("write `Vec` for a list".into()),
        "Rc" | "Arc" | "Cow" => return Err("a shared or borrowed value is not supported; write the type inside".into()),
        _ => Kind::Named,
    })
}
