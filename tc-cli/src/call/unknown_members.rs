//! Warnings about names in `--filter` and `--columns` that the response does not declare.

use tc_spec::{ModelSpec, Type};

use crate::actions::Target;
use crate::args::did_you_mean;

/// Warnings for the first name of the query and of each column that is not a member of the response in the catalog.
pub(super) fn warnings(target: &Target, filter: Option<&str>, columns: &[&str]) -> Vec<String> {
    // The events of a stream are not declared.
    if target.spec.streaming {
        return Vec::new();
    }
    let response = target.spec.response.get();
    let mut warnings: Vec<String> =
        filter.and_then(|filter| unknown(filter, &[response], "--filter")).into_iter().collect();
    let models: Option<Vec<&'static ModelSpec>> = match filter {
        Some(filter) => selected(response, filter).map(|model| vec![model]),
        None => rows(target).map(|rows| vec![rows, response]),
    };
    if let Some(models) = models {
        warnings.extend(columns.iter().filter_map(|column| unknown(column, &models, "--columns")));
    }
    warnings
}

/// The warning about an expression, if its first name is a member of none of the models.
fn unknown(expression: &str, models: &[&'static ModelSpec], option: &str) -> Option<String> {
    let name = first_name(expression)?;
    let response = models.first()?;
    if name == "RequestId" || models.iter().any(|model| model.param(name).is_some()) {
        return None;
    }
    let near = did_you_mean(name, response.params.iter().map(|param| param.name));
    Some(format!("argument {option}: `{name}` is not a member of {} in the catalog{near}", response.name))
}

/// The name that a JMESPath expression begins with; `None` if it begins with something else.
fn first_name(expression: &str) -> Option<&str> {
    let text = expression.trim_start();
    if let Some(rest) = text.strip_prefix('"') {
        return rest.split_once('"').map(|(name, _)| name).filter(|name| !name.contains('\\'));
    }
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let is_keyword = name == "let" && rest.trim_start().starts_with('$');
    (is_name && !rest.trim_start().starts_with('(') && !is_keyword).then_some(name)
}

/// The model of the rows: the items of a page, the items of the only list, or the response itself.
fn rows(target: &Target) -> Option<&'static ModelSpec> {
    let response = target.spec.response.get();
    if let Some(path) = target.items() {
        return path.iter().try_fold(response, |model, name| member(model, name));
    }
    let mut lists = response.params.iter().filter(|param| param.is_list());
    match (lists.next(), lists.next()) {
        (None, _) => Some(response),
        (Some(only), None) => member(response, only.name),
        _ => None,
    }
}

/// The model that a query such as `DiskSet[].Placement` selects; `None` for any other query.
fn selected(response: &'static ModelSpec, filter: &str) -> Option<&'static ModelSpec> {
    filter.trim().split('.').try_fold(response, |model, piece| {
        let (name, index) = piece.split_once('[').unwrap_or((piece, "]"));
        let index = index.strip_suffix(']')?;
        let is_index = index == "*" || index.bytes().all(|byte| byte.is_ascii_digit());
        if is_index { member(model, name) } else { None }
    })
}

/// The model of a member that is an object or a list of objects.
fn member(model: &'static ModelSpec, name: &str) -> Option<&'static ModelSpec> {
    match model.param(name)?.ty {
        Type::Model(nested) => Some(nested.get()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn an_expression_begins_with_a_name_or_with_something_else() {
        for (expression, name) in [
            ("DiskSt[].DiskId", Some("DiskSt")),
            (" State ", Some("State")),
            ("\"Disk Set\".Id", Some("Disk Set")),
            ("length(DiskSet)", None),
            ("[0].State", None),
            ("@", None),
            ("{a: State}", None),
            ("'text'", None),
            ("let $x = State in $x", None),
        ] {
            assert_eq!(first_name(expression), name, "{expression}");
        }
    }
}
