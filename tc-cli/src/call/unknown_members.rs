//! Warnings about names in JMESPath expressions that the response does not declare.

use jpx_core::ast::Ast;
use tc_spec::{ModelSpec, Type};

use crate::actions::Target;
use crate::args::did_you_mean;
use crate::output::{Columns, Filter};

/// Warnings about each name in the query and in the columns that is not a member in the catalog.
pub(super) fn warnings(target: &Target, filter: Option<&Filter>, columns: Option<&Columns>) -> Vec<String> {
    let mut warnings = filter.map_or_else(Vec::new, |filter| of_query(target, filter, "--filter"));
    let response = target.spec.response.get();
    let models: Vec<&'static ModelSpec> = match filter {
        Some(filter) => result_of(target, filter).into_iter().collect(),
        None => rows(target).into_iter().chain([response]).collect(),
    };
    let Some(columns) = columns.filter(|_| !target.spec.streaming) else { return warnings };
    if filter.is_none() && rows(target).is_none() {
        return warnings;
    }
    for (_, column) in columns.filters() {
        let mut found = models.iter().map(|model| unknown(column, model, "--columns"));
        let Some(first) = found.next() else { break };
        if !first.is_empty() && !found.any(|other| other.is_empty()) {
            warnings.extend(first);
        }
    }
    warnings
}

/// Warnings about the names in a query on the response. The events of a stream are not declared.
pub(crate) fn of_query(target: &Target, query: &Filter, option: &str) -> Vec<String> {
    if target.spec.streaming { Vec::new() } else { unknown(query, target.spec.response.get(), option) }
}

/// The model of the objects that a query selects, if the catalog declares it.
pub(super) fn result_of(target: &Target, query: &Filter) -> Option<&'static ModelSpec> {
    let start = Shape { model: target.spec.response.get(), is_list: false };
    Walk::default().visit(query.ast(), Some(start)).map(|shape| shape.model)
}

/// The model of the rows: the items of a page, the items of the only list, or the response itself.
pub(super) fn rows(target: &Target) -> Option<&'static ModelSpec> {
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

/// The model of a member that is an object or a list of objects.
fn member(model: &'static ModelSpec, name: &str) -> Option<&'static ModelSpec> {
    match model.param(name)?.ty {
        Type::Model(nested) => Some(nested.get()),
        _ => None,
    }
}

fn unknown(query: &Filter, model: &'static ModelSpec, option: &str) -> Vec<String> {
    let mut walk = Walk::default();
    walk.visit(query.ast(), Some(Shape { model, is_list: false }));
    walk.problems.into_iter().map(|problem| format!("argument {option}: {problem}")).collect()
}

/// What an expression gives: an object of the catalog, or a list of such objects.
#[derive(Clone, Copy)]
struct Shape {
    model: &'static ModelSpec,
    is_list: bool,
}

/// Visits an expression from the outside to the inside, with the shape of the value that each part gets.
#[derive(Default)]
struct Walk {
    problems: Vec<String>,
}

impl Walk {
    /// Returns the shape of the result; `None` if it is a scalar, or if the catalog does not declare it.
    fn visit(&mut self, ast: &Ast, current: Option<Shape>) -> Option<Shape> {
        match ast {
            Ast::Identity { .. } | Ast::Slice { .. } => current,
            Ast::Field { name, .. } => self.field(name, current?),
            Ast::Index { .. } => current.map(element),
            Ast::Subexpr { lhs, rhs, .. } => {
                let left = self.visit(lhs, current);
                self.visit(rhs, left)
            }
            Ast::Flatten { node, .. } => self.visit(node, current).map(list),
            Ast::Projection { lhs, rhs, .. } => {
                let left = self.visit(lhs, current).map(element);
                self.visit(rhs, left).map(list)
            }
            Ast::Condition { predicate, then, .. } => {
                self.visit(predicate, current);
                self.visit(then, current)
            }
            Ast::Function { name, args, .. } => self.function(name, args, current),
            Ast::Comparison { lhs, rhs, .. } | Ast::And { lhs, rhs, .. } | Ast::Or { lhs, rhs, .. } => {
                self.visit(lhs, current);
                self.visit(rhs, current);
                None
            }
            Ast::Not { node, .. } | Ast::ObjectValues { node, .. } | Ast::Expref { ast: node, .. } => {
                self.visit(node, current);
                None
            }
            Ast::MultiList { elements, .. } => {
                for element in elements {
                    self.visit(element, current);
                }
                None
            }
            Ast::MultiHash { elements, .. } => {
                for element in elements {
                    self.visit(&element.value, current);
                }
                None
            }
            Ast::Literal { .. } => None,
        }
    }

    fn field(&mut self, name: &str, Shape { model, is_list }: Shape) -> Option<Shape> {
        // Every response has it.
        if name == "RequestId" {
            return None;
        }
        let Some(param) = model.param(name) else {
            let near = did_you_mean(name, model.params.iter().map(|param| param.name));
            self.problem(format!("`{name}` is not a member of {} in the catalog{near}", model.name));
            return None;
        };
        if is_list {
            self.problem(format!(
                "`{name}` is a member of each {}, but not of the list; write `[].{name}`",
                model.name
            ));
            return None;
        }
        member(model, name).map(|model| Shape { model, is_list: param.is_list() })
    }

    /// An argument such as `&Name` gets the items of the list in the other argument.
    fn function(&mut self, name: &str, args: &[Ast], current: Option<Shape>) -> Option<Shape> {
        let is_reference = |arg: &&Ast| matches!(arg, Ast::Expref { .. });
        let values: Vec<_> = args.iter().filter(|arg| !is_reference(arg)).map(|arg| self.visit(arg, current)).collect();
        let first = values.first().copied().flatten();
        for reference in args.iter().filter(is_reference) {
            self.visit(reference, first.map(element));
        }
        match name {
            "sort_by" | "reverse" => first,
            "max_by" | "min_by" => first.map(element),
            _ => None,
        }
    }

    fn problem(&mut self, problem: String) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

fn element(shape: Shape) -> Shape {
    Shape { is_list: false, ..shape }
}

fn list(shape: Shape) -> Shape {
    Shape { is_list: true, ..shape }
}

#[cfg(test)]
mod tests {
    use tc_spec::{ModelRef, ModelSpec, ParamSpec, Shape, Type};

    use super::{Filter, unknown};

    const TAG: &ModelSpec = &ModelSpec::new("Tag", &[ParamSpec::new("Key", "key", Type::String, Shape::Maybe)]);
    const DISK: &ModelSpec = &ModelSpec::new(
        "Disk",
        &[
            ParamSpec::new("Id", "id", Type::String, Shape::Maybe),
            ParamSpec::new("Size", "size", Type::INT64, Shape::Maybe),
            ParamSpec::new("Free", "free", Type::Json, Shape::Maybe),
            ParamSpec::new("Tags", "tags", Type::Model(ModelRef::of(|| TAG)), Shape::Many),
        ],
    );
    const RESPONSE: &ModelSpec = &ModelSpec::new(
        "Response",
        &[ParamSpec::new("Disks", "disks", Type::Model(ModelRef::of(|| DISK)), Shape::Many)],
    );

    #[test]
    fn every_name_of_an_expression_is_checked() {
        for good in [
            "Disks[].Id",
            "Disks[0].Tags[0].Key",
            "Disks[*].Tags[*].Key",
            "Disks[].Tags[].Key",
            "Disks[1:].Id | [0]",
            "Disks[?Size > `5` && Tags[0].Key == 'a'].{Name: Id, T: Tags[].Key}",
            "sort_by(Disks, &Size)[-1].Id",
            "max_by(Disks, &Size).Tags[0].Key",
            "length(Disks[?contains(Id, 'x')])",
            "Disks[].Free.Any.Thing",
            "Disks[].{A: Id}[].A",
            "[Disks[0].Id, RequestId]",
            "*",
            "@",
            "'Text'",
        ] {
            assert_eq!(unknown(&Filter::new(good).unwrap(), RESPONSE, "--x"), [""; 0], "{good}");
        }
        for (bad, name) in [
            ("Diskz", "Diskz"),
            ("\"Disk Set\".Id", "Disk Set"),
            ("Disks[].Idd", "Idd"),
            ("Disks[0].Tags[].Keyy", "Keyy"),
            ("Disks[?Sizee > `5`]", "Sizee"),
            ("Disks[].{Name: Idd}", "Idd"),
            ("sort_by(Disks, &Sizee)", "Sizee"),
            ("map(&Sizee, Disks)", "Sizee"),
            ("max_by(Disks, &Size).Idd", "Idd"),
            ("!Diskz", "Diskz"),
            ("Disks || Diskz", "Diskz"),
            ("[Diskz, Disks]", "Diskz"),
            ("Disks[*].Tags[*].Keyy | [0]", "Keyy"),
        ] {
            let found = unknown(&Filter::new(bad).unwrap(), RESPONSE, "--x").join(" / ");
            assert!(found.starts_with(&format!("argument --x: `{name}` is not a member of ")), "{bad}: {found}");
        }
        for bad in ["Disks.Id", "Disks[*].Tags.Key", "Disks[].Tags.Key"] {
            let found = unknown(&Filter::new(bad).unwrap(), RESPONSE, "--x").join(" / ");
            assert!(found.contains("but not of the list; write `[]."), "{bad}: {found}");
        }
    }
}
