//! The warning about columns that are null because there are no rows with such members.

use serde_json::Value;

use super::unknown_members;
use crate::actions::Target;
use crate::args::did_you_mean;
use crate::output::{Columns, Filter};

/// The warning about columns of `rows`, whose values are `cells`. Names that [`unknown_members`] reports are left out.
pub(super) fn warning(
    target: &Target,
    filter: Option<&Filter>,
    columns: &Columns,
    rows: &Value,
    cells: &Value,
) -> Option<String> {
    // The events of a stream differ from each other.
    if target.spec.streaming {
        return None;
    }
    let cells = if let Value::Array(cells) = cells { cells.as_slice() } else { std::slice::from_ref(cells) };
    let is_null = |column: &str| cells.iter().all(|row| row[column].is_null());
    // The name of the column, and the member that it begins with.
    let null: Vec<(&str, &str)> = columns
        .filters()
        .filter(|(column, _)| is_null(column))
        .filter_map(|(column, filter)| Some((column, filter.first_name()?)))
        .collect();
    let names = |null: Vec<(&str, &str)>| {
        let verb = if null.len() == 1 { "is" } else { "are" };
        let names: Vec<String> = null.into_iter().map(|(column, _)| format!("`{column}`")).collect();
        (!names.is_empty()).then(|| format!("{} {verb} null", names.join(", ")))
    };
    if filter.is_none() {
        if rows.is_array() {
            return None;
        }
        let (response, row) = (target.spec.response.get(), unknown_members::rows(target));
        let of_rows = |name: &str| response.param(name).is_none() && row.is_none_or(|row| row.param(name).is_some());
        let absent = |name: &str| rows.get(name).is_none() && of_rows(name);
        let names = names(null.into_iter().filter(|(_, name)| absent(name)).collect())?;
        return Some(format!("the response has no list; {names}"));
    }
    match rows {
        Value::Array(rows) if rows.is_empty() => None,
        Value::Array(rows) if !rows.iter().any(Value::is_object) => {
            Some(format!("the items of the result of --filter have no members; {}", names(null)?))
        }
        Value::Array(_) | Value::Object(_) => {
            if filter.and_then(|filter| unknown_members::result_of(target, filter)).is_some() {
                return None;
            }
            let (rows, what) = match rows {
                Value::Array(rows) => (rows.as_slice(), "no row of the result of --filter has"),
                row => (std::slice::from_ref(row), "the result of --filter does not have"),
            };
            let (_, name) = null.into_iter().find(|(_, name)| rows.iter().all(|row| row.get(name).is_none()))?;
            let first = rows.iter().find_map(Value::as_object)?;
            let near = did_you_mean(name, first.keys().map(String::as_str));
            let members: Vec<String> = first.keys().take(8).map(|member| format!("`{member}`")).collect();
            let members = if near.is_empty() { format!("; the members are {}", members.join(", ")) } else { near };
            Some(format!("{what} a member `{name}`{members}"))
        }
        scalar => {
            let scalar = crate::output::short(scalar, 80);
            Some(format!("the result of --filter is {scalar}, which has no members; {}", names(null)?))
        }
    }
}
