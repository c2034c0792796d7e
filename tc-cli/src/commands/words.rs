//! Types and limits in words.

use tc_spec::{ParamSpec, Type};

/// The type of one value.
pub(crate) fn type_name(param: &ParamSpec) -> String {
    match param.ty {
        Type::String | Type::Enum(_) => "text".to_owned(),
        Type::Integer { min, .. } if min >= 0 => "integer ≥ 0".to_owned(),
        Type::Integer { .. } => "integer".to_owned(),
        Type::Float => "number".to_owned(),
        Type::Boolean => "true|false".to_owned(),
        Type::Date => "date".to_owned(),
        Type::DateTime | Type::Time => "time".to_owned(),
        Type::Binary => "bytes".to_owned(),
        Type::Model(model) => model.get().name.to_owned(),
        Type::Json => "JSON".to_owned(),
    }
}

/// The limits and the default, a phrase for each.
pub(crate) fn limits(_: &ParamSpec) -> Vec<String> {
    Vec::new()
}
