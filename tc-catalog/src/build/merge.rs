//! The limits of both sites together.

use super::model::{LimitFacts, MemberFacts, ModuleFacts};
use crate::{Ends, Scalar};

/// Drops the limits of members that no request reaches: nothing checks them.
pub(crate) fn keep_requests(facts: &mut ModuleFacts) {
    for object in facts.objects.iter_mut().filter(|object| !object.in_request) {
        for member in &mut object.members {
            member.own = LimitFacts::default();
            member.stated = LimitFacts::default();
        }
    }
}

/// Notes the merged limits of `facts`, from its own and those of the other site.
pub(crate) fn merge(facts: &mut ModuleFacts, other: Option<&ModuleFacts>) {
    for object in &mut facts.objects {
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

/// The type without its object, whose position differs between the sites.
fn type_name(member: &MemberFacts) -> (bool, crate::Type<()>) {
    (member.list, member.ty.map(|_| ()))
}

/// Where both state a limit and differ, the wider one; a default is this site's own, if it states one.
fn merged(own: &LimitFacts, other: &LimitFacts) -> LimitFacts {
    LimitFacts {
        range: wider(own.range, other.range),
        items: wider(own.items, other.items),
        length: wider(own.length, other.length),
        default: own.default.clone().or_else(|| other.default.clone()),
        values: all(own.values.as_ref(), other.values.as_ref()),
    }
}

/// An end that only one site states is that one; of two, the one that accepts more.
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
    fn the_wider_limit_counts_and_silence_is_no_disagreement() {
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
    fn values_of_both_sites_are_accepted_and_the_own_default_counts() {
        let text = |text: &str| Scalar::Text(text.to_owned());
        let facts = |values: &[&str], default: Option<&str>| LimitFacts {
            values: Some(values.iter().map(|value| text(value)).collect()),
            default: default.map(text),
            ..LimitFacts::default()
        };
        let merged = merged(&facts(&["a", "b"], Some("a")), &facts(&["b", "c"], Some("c")));
        assert_eq!(merged, facts(&["a", "b", "c"], Some("a")));
    }
}
