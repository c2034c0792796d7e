//! The limits of the two actions whose documentation was read by hand, as the data file has them.

use crate::{Catalog, Limits, ScalarRef, Site};

/// The limits as one line: `items ..100`, `range ..100 default 10`.
fn line(limits: &Limits<'_>) -> String {
    fn ends<T: std::fmt::Display>(kind: &str, ends: Option<(Option<T>, Option<T>)>) -> Option<String> {
        let end = |end: Option<T>| end.map(|end| end.to_string()).unwrap_or_default();
        ends.map(|(low, high)| format!("{kind} {}..{}", end(low), end(high)))
    }
    let text = |scalar: ScalarRef<'_>| match scalar {
        ScalarRef::Bool(value) => value.to_string(),
        ScalarRef::Number(number) => number.to_string(),
        ScalarRef::Text(text) => text.to_owned(),
    };
    let default = limits.default_value().map(|default| format!("default {}", text(default)));
    let values = limits.values().map(|values| format!("values {}", values.map(text).collect::<Vec<_>>().join("|")));
    let parts = [
        ends("range", limits.range()),
        ends("items", limits.items()),
        ends("length", limits.length()),
        default,
        values,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_documented_actions_have_exactly_the_documented_limits() {
    let catalog = Catalog::embedded().unwrap();
    let person_samples = [
        ("Type", "default UserDefine values UserDefine|Default"),
        ("PersonIds", "items ..100"),
        ("Names", "items ..20"),
        ("Tags", "items ..20"),
        ("Offset", "default 0"),
        ("Limit", "range ..100 default 100"),
    ];
    let group_info = [("PersonId", ""), ("Offset", "default 0"), ("Limit", "range ..100 default 10")];
    for site in [Site::China, Site::International] {
        for (service, action, expected) in
            [("mps", "DescribePersonSamples", &person_samples[..]), ("iai", "GetPersonGroupInfo", &group_info[..])]
        {
            let request = catalog.action(site, service, None, action).unwrap().request();
            let merged: Vec<_> = request.members().map(|member| (member.name(), line(&member.limits()))).collect();
            let own: Vec<_> = request.members().map(|member| (member.name(), line(&member.own_limits()))).collect();
            let expected: Vec<_> = expected.iter().map(|(name, limits)| (*name, (*limits).to_owned())).collect();
            assert_eq!(merged, expected, "{site} {action}");
            assert_eq!(own, expected, "{site} {action}, the site's own text");
        }
    }
}
