//! Merges the limits of both sites.

use super::model::{LimitData, MemberData, ModuleData};
use crate::{Ends, Scalar};

/// Drops the limits of members that no request reaches, because nothing checks them.
pub(crate) fn keep_requests(data: &mut ModuleData) {
    for object in data.objects.iter_mut().filter(|object| !object.in_request) {
        for member in &mut object.members {
            member.own = LimitData::default();
            member.stated = LimitData::default();
        }
    }
}

/// Sets the merged limits of `data`, from its own and those of the other site.
pub(crate) fn merge(data: &mut ModuleData, other: Option<&ModuleData>) {
    for object in &mut data.objects {
        let same = other.and_then(|other| {
            let position = other.objects.binary_search_by(|candidate| candidate.name.cmp(&object.name)).ok()?;
            Some(&other.objects[position])
        });
        for member in &mut object.members {
            let twin = same.and_then(|same| same.members.iter().find(|twin| twin.name == member.name));
            let twin = twin.filter(|twin| type_name(member) == type_name(twin));
            member.clears |= twin.is_some_and(|twin| twin.clears);
            member.merged = match twin {
                Some(twin) if object.in_request => merged(&member.own, &twin.own),
                _ => member.own.clone(),
            };
        }
    }
}

/// The type without its object, because the position of the object differs between the sites.
fn type_name(member: &MemberData) -> (bool, crate::Type<()>) {
    (member.list, member.ty.map(|_| ()))
}

/// Of two limits that differ, the wider one. The default is that of this site, if it has one.
fn merged(own: &LimitData, other: &LimitData) -> LimitData {
    LimitData {
        range: wider(own.range, other.range),
        items: wider(own.items, other.items),
        length: wider(own.length, other.length),
        default: own.default.clone().or_else(|| other.default.clone()),
        values: all(own.values.as_ref(), other.values.as_ref()),
    }
}

/// If only one site states an end, that one; otherwise the one that accepts more.
fn wider<T: Ord>(own: Option<Ends<T>>, other: Option<Ends<T>>) -> Option<Ends<T>> {
    let ((own_min, own_max), (min, max)) = match (own, other) {
        (Some(own), Some(other)) => (own, other),
        (own, other) => return own.or(other),
    };
    let pick = |a: Option<T>, b: Option<T>, which: fn(T, T) -> T| match (a, b) {
        (Some(a), Some(b)) => Some(which(a, b)),
        (a, b) => a.or(b),
    };
    Some((pick(own_min, min, T::min), pick(own_max, max, T::max)))
}

fn all(own: Option<&Vec<Scalar>>, other: Option<&Vec<Scalar>>) -> Option<Vec<Scalar>> {
    let (Some(own), Some(other)) = (own, other) else { return own.or(other).cloned() };
    let mut values = own.clone();
    values.extend(other.iter().filter(|value| !own.contains(value)).cloned());
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wider_limit_is_used_and_a_missing_one_is_ignored() {
        for (own, other, expected) in [
            (Some((Some(1), Some(10))), Some((Some(0), Some(5))), Some((Some(0), Some(10)))),
            (Some((None, Some(10))), Some((Some(1), Some(20))), Some((Some(1), Some(20)))),
            (None, Some((Some(1), None)), Some((Some(1), None))),
            (Some((Some(1), None)), None, Some((Some(1), None))),
            (None, None, None),
        ] {
            assert_eq!(wider::<i32>(own, other), expected);
        }
    }

    #[test]
    fn values_of_both_sites_are_accepted_and_the_own_default_is_kept() {
        let text = |text: &str| Scalar::Text(text.to_owned());
        let data = |values: &[&str], default: Option<&str>| LimitData {
            values: Some(values.iter().map(|value| text(value)).collect()),
            default: default.map(text),
            ..LimitData::default()
        };
        let merged = merged(&data(&["a", "b"], Some("a")), &data(&["b", "c"], Some("c")));
        assert_eq!(merged, data(&["a", "b", "c"], Some("a")));
    }
}
