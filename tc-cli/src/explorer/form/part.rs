//! Parts of a form that are loaded when they are opened: the fields of an object, or a new item of a list.

use maud::Markup;
use serde_json::Value;
use tc_spec::Type;

use super::field::{Form, Place};
use crate::actions::Target;
use crate::docs::Texts;
use crate::explorer::input::Refused;

/// The deepest path that is read.
const DEPTH: usize = 64;

/// The part of the form at a path: `Placement` is the fields of an object, `Filters.0` an item of a list.
///
/// # Errors
/// The path leads to no object and no item.
pub(in crate::explorer) fn part(target: &Target, path: &str) -> Result<Markup, Refused> {
    let refused = || Refused::bad(format!("{} has no object and no list at `{path}`", target.spec.name));
    let texts = Texts::load(target.folder, target.spec.version);
    let form = Form::new(target, texts.as_ref());
    let steps: Vec<&str> = path.split('.').collect();
    if steps.len() > DEPTH {
        return Err(refused());
    }
    let (mut model, mut at) = (target.spec.request, 0);
    loop {
        let param = steps.get(at).and_then(|name| model.param(name)).ok_or_else(refused)?;
        at += 1;
        if param.is_list() {
            let index: usize = steps.get(at).and_then(|index| index.parse().ok()).ok_or_else(refused)?;
            at += 1;
            if at == steps.len() {
                return Ok(form.item(param, &steps[..at - 1].join("."), index, &Value::Null));
            }
        }
        let Type::Model(nested) = param.ty else { return Err(refused()) };
        model = nested.get();
        if at == steps.len() {
            let place = Place { path: path.to_owned(), object: model.name.to_owned(), depth: at };
            return Ok(form.fields(model, &place, &Value::Null));
        }
    }
}
