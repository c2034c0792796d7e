//! Text: values separated by tabs, members sorted by name, each section named in upper case.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::python;

pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    item(out, value, None, None)
}

fn item(out: &mut dyn Write, value: &Value, section: Option<&str>, columns: Option<&[&str]>) -> io::Result<()> {
    match value {
        Value::Object(members) => object(out, members, section, columns),
        Value::Array(items) => list(out, items, section),
        scalar => writeln!(out, "{}", python::text(scalar)),
    }
}

fn list(out: &mut dyn Write, items: &[Value], section: Option<&str>) -> io::Result<()> {
    if items.iter().any(Value::is_object) {
        let mut columns: Vec<&str> = items
            .iter()
            .filter_map(Value::as_object)
            .flat_map(|members| members.iter().filter(|(_, value)| is_scalar(value)).map(|(name, _)| name.as_str()))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        return items.iter().try_for_each(|element| item(out, element, section, Some(&columns)));
    }
    if items.iter().any(Value::is_array) {
        let (scalars, others): (Vec<_>, Vec<_>) = items.iter().partition(|element| is_scalar(element));
        scalar_list(out, &scalars, section)?;
        return others.into_iter().try_for_each(|other| item(out, other, section, None));
    }
    scalar_list(out, &items.iter().collect::<Vec<_>>(), section)
}

fn scalar_list(out: &mut dyn Write, items: &[&Value], section: Option<&str>) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    match section {
        Some(section) => {
            let section = section.to_uppercase();
            items.iter().try_for_each(|item| writeln!(out, "{section}\t{}", python::text(item)))
        }
        None => writeln!(out, "{}", items.iter().map(|item| python::text(item)).collect::<Vec<_>>().join("\t")),
    }
}

fn object(
    out: &mut dyn Write,
    members: &Map<String, Value>,
    section: Option<&str>,
    columns: Option<&[&str]>,
) -> io::Result<()> {
    let mut names: Vec<&String> = members.keys().collect();
    names.sort_unstable();
    let mut line: Vec<String> = Vec::new();
    let mut nested: Vec<(&str, &Value)> = Vec::new();
    match columns {
        // The elements of a list have the same columns, whatever each of them lacks.
        Some(columns) => {
            line.extend(columns.iter().map(|name| members.get(*name).map_or_else(String::new, python::text)));
            nested.extend(
                names
                    .iter()
                    .filter(|name| !columns.contains(&name.as_str()))
                    .map(|name| (name.as_str(), &members[*name])),
            );
        }
        None => {
            for name in names {
                match &members[name] {
                    scalar if is_scalar(scalar) => line.push(python::text(scalar)),
                    other => nested.push((name, other)),
                }
            }
        }
    }
    if !line.is_empty() {
        if let Some(section) = section {
            line.insert(0, section.to_uppercase());
        }
        writeln!(out, "{}", line.join("\t"))?;
    }
    nested.into_iter().try_for_each(|(name, value)| item(out, value, Some(name), None))
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
