//! Drops limits that contradict the default of the same member.

use super::examples::{LimitKind, drop_limit};
use super::model::{LimitData, ModuleData, accepts};
use crate::Scalar;

/// Drops each limit that the default of its member breaks. One of the two is wrong, and a wrong limit rejects valid calls.
///
/// A default that is not one of the values is dropped too. A default outside a range is kept: it is a special value, such
/// as 0 for "no limit". Returns object, member, kind and default of each dropped limit.
pub(crate) fn drop_contradicted(data: &mut ModuleData) -> Vec<(String, String, LimitKind, String)> {
    let mut dropped = Vec::new();
    for object in &mut data.objects {
        for member in &mut object.members {
            for limits in [&mut member.merged, &mut member.own] {
                let broken = contradicted(limits);
                for kind in &broken {
                    let default = limits.default.as_ref().map_or_else(String::new, Scalar::to_string);
                    let entry = (object.name.clone(), member.name.clone(), *kind, default);
                    if !dropped.contains(&entry) {
                        dropped.push(entry);
                    }
                    drop_limit(limits, *kind);
                }
                if broken.contains(&LimitKind::Values) {
                    limits.default = None;
                }
            }
        }
    }
    dropped
}

fn contradicted(limits: &LimitData) -> Vec<LimitKind> {
    let Some(default) = &limits.default else { return Vec::new() };
    let is_out = match default {
        Scalar::Number(number) => limits.range.is_some_and(|ends| !accepts(ends, *number)).then_some(LimitKind::Range),
        Scalar::Text(text) => {
            limits.length.is_some_and(|ends| !accepts(ends, text.chars().count() as u64)).then_some(LimitKind::Length)
        }
        Scalar::Bool(_) => None,
    };
    let is_no_value = limits.values.as_ref().is_some_and(|values| !values.contains(default));
    is_out.into_iter().chain(is_no_value.then_some(LimitKind::Values)).collect()
}
