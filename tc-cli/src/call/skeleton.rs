//! `--generate-cli-skeleton`: a request to be filled in, with the name of its type in place of each value.

use serde_json::{Map, Value};
use tc_spec::{ModelSpec, ParamSpec, Type};

/// The skeleton of a request, as tccli prints it.
pub fn skeleton(model: &'static ModelSpec) -> Value {
    object(model, &mut Vec::new())
}

fn object(model: &'static ModelSpec, within: &mut Vec<&'static str>) -> Value {
    let members = model.params.iter().map(|param| (param.name.to_owned(), member(param, within)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn member(param: &ParamSpec, within: &mut Vec<&'static str>) -> Value {
    let value = match param.ty {
        Type::Model(nested) => {
            let nested = nested.get();
            if within.contains(&nested.name) {
                Value::String(format!(
                    "<recursive: fill '{}' with a JSON object of type {} (self-referenced)>",
                    param.name, nested.name
                ))
            } else {
                within.push(nested.name);
                let value = object(nested, within);
                within.pop();
                value
            }
        }
        other => Value::from(type_name(other)),
    };
    if param.is_list() { Value::Array(vec![value]) } else { value }
}

/// tccli's name of a type.
fn type_name(ty: Type) -> &'static str {
    match ty {
        Type::String | Type::Enum(_) => "String",
        Type::Integer { .. } => "Integer",
        Type::Float | Type::Float32 => "Float",
        Type::Boolean => "Boolean",
        Type::Date | Type::DateTime | Type::Time => "Timestamp",
        Type::Binary => "Binary",
        Type::Model(_) | Type::Json => "Object",
    }
}
