//! The functions of JMESPath: checks their names and how many arguments they get, before a query is evaluated.

use jpx_core::ast::Ast;

use crate::args::did_you_mean;

/// Each function, with the least and the largest number of its arguments.
pub(super) const FUNCTIONS: [(&str, usize, usize); 26] = [
    ("abs", 1, 1),
    ("avg", 1, 1),
    ("ceil", 1, 1),
    ("contains", 2, 2),
    ("ends_with", 2, 2),
    ("floor", 1, 1),
    ("join", 2, 2),
    ("keys", 1, 1),
    ("length", 1, 1),
    ("map", 2, 2),
    ("max", 1, 1),
    ("max_by", 2, 2),
    ("merge", 1, usize::MAX),
    ("min", 1, 1),
    ("min_by", 2, 2),
    ("not_null", 1, usize::MAX),
    ("reverse", 1, 1),
    ("sort", 1, 1),
    ("sort_by", 2, 2),
    ("starts_with", 2, 2),
    ("sum", 1, 1),
    ("to_array", 1, 1),
    ("to_number", 1, 1),
    ("to_string", 1, 1),
    ("type", 1, 1),
    ("values", 1, 1),
];

/// Checks every part of an expression.
///
/// # Errors
/// A function does not exist or gets another number of arguments, or the step of a slice is 0.
pub(super) fn check(ast: &Ast) -> Result<(), String> {
    match ast {
        Ast::Slice { step: 0, .. } => Err("the step of a slice is 0; it must be another number".to_owned()),
        Ast::Identity { .. } | Ast::Field { .. } | Ast::Index { .. } | Ast::Literal { .. } | Ast::Slice { .. } => {
            Ok(())
        }
        Ast::Function { name, args, .. } => {
            check_call(name, args.len())?;
            args.iter().try_for_each(check)
        }
        Ast::Condition { predicate: lhs, then: rhs, .. }
        | Ast::Subexpr { lhs, rhs, .. }
        | Ast::Projection { lhs, rhs, .. }
        | Ast::Comparison { lhs, rhs, .. }
        | Ast::And { lhs, rhs, .. }
        | Ast::Or { lhs, rhs, .. } => check(lhs).and_then(|()| check(rhs)),
        Ast::Flatten { node, .. }
        | Ast::Not { node, .. }
        | Ast::ObjectValues { node, .. }
        | Ast::Expref { ast: node, .. } => check(node),
        Ast::MultiList { elements, .. } => elements.iter().try_for_each(check),
        Ast::MultiHash { elements, .. } => elements.iter().try_for_each(|element| check(&element.value)),
    }
}

fn check_call(name: &str, count: usize) -> Result<(), String> {
    let Some(&(_, least, most)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
        let near = did_you_mean(name, FUNCTIONS.iter().map(|(known, ..)| *known));
        return Err(format!("JMESPath has no function `{name}`{near}"));
    };
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let at_least = if least == most { "" } else { "at least " };
    let plural = if least == 1 { "" } else { "s" };
    Err(format!("the function `{name}` accepts {at_least}{least} argument{plural}; the query gives {count}"))
}
