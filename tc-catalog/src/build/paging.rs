//! How an action pages, by the usual names of its parameters and of the members of its answer.

use super::model::{ActionFacts, MemberFacts, ModuleFacts, ObjectFacts, PageEnds, PageFacts};
use crate::Scalar;
use crate::types::Type;

const NUMBERS: &[&str] = &["PageNumber", "PageNum", "PageNo", "PageIndex", "Page", "CurrentPage"];
const SIZES: &[&str] = &["PageSize", "PerPage", "Limit", "Size"];
const TOKENS: &[&str] = &[
    "NextToken",
    "PageToken",
    "ScrollToken",
    "PaginationToken",
    "ContinueToken",
    "NextCursor",
    "Cursor",
    "Marker",
    "Context",
];
const TOKEN_SIZES: &[&str] = &["MaxResults", "Limit", "PageSize", "Size", "MaxItems", "Count"];
const MORE: &[&str] = &["HasMore", "HasNext", "HasNextPage", "IsTruncated"];
const TOTALS: &[&str] = &[
    "TotalCount",
    "Total",
    "TotalNum",
    "TotalCounts",
    "TotalCnt",
    "TotalNumber",
    "TotalElements",
    "TotalItems",
    "TotalRow",
];
const COUNTS: &[&str] = &["Count", "Num", "Cnt"];

/// Notes how each action pages.
pub(crate) fn detect(facts: &mut ModuleFacts) {
    for position in 0..facts.actions.len() {
        facts.actions[position].page = page(facts, &facts.actions[position]);
    }
}

fn page(facts: &ModuleFacts, action: &ActionFacts) -> Option<PageFacts> {
    let request = &facts.objects[action.request];
    let response = &facts.objects[action.response];
    let parameter = |name: &str| request.members.iter().find(|member| member.name == name);
    let number = |name: &&&str| parameter(name).is_some_and(is_number);
    if number(&&"Offset") && number(&&"Limit") {
        let ends = ends(facts, response);
        return Some(PageFacts::Offset { offset: "Offset".to_owned(), limit: "Limit".to_owned(), ends });
    }
    if let (Some(page), Some(size)) = (NUMBERS.iter().find(number), SIZES.iter().find(number)) {
        let first = u8::from(!parameter(page).is_some_and(starts_at_zero));
        let (number, size) = ((*page).to_owned(), (*size).to_owned());
        return Some(PageFacts::Number { number, size, first, ends: ends(facts, response) });
    }
    let token = TOKENS
        .iter()
        .find(|name| parameter(name).is_some_and(|member| !member.list && matches!(member.ty, Type::String)))?;
    let next = next_token(facts, response, token)?;
    let is_flag = |member: &MemberFacts| matches!(member.ty, Type::Bool);
    let more = MORE.iter().find_map(|name| path(facts, response, |member| member.name == *name && is_flag(member)));
    let size = TOKEN_SIZES.iter().find(number).map(|size| (*size).to_owned());
    let ends = ends(facts, response);
    Some(PageFacts::Token { token: (*token).to_owned(), next, more, size, ends })
}

/// A whole number, or a text that holds one.
fn is_number(member: &MemberFacts) -> bool {
    !member.list && (member.ty.is_integer() || matches!(member.ty, Type::String))
}

fn starts_at_zero(member: &MemberFacts) -> bool {
    member.starts_at_zero || matches!(member.own.default, Some(Scalar::Number(number)) if number == 0.into())
}

/// Where the answer has the token for the next page.
fn next_token(facts: &ModuleFacts, response: &ObjectFacts, token: &str) -> Option<String> {
    let next = format!("Next{token}");
    let names = [token, &next, "NextToken", "NextPageToken", "NextCursor", "NextMarker"];
    let is_token = |member: &MemberFacts| matches!(member.ty, Type::String) && !member.list;
    names.iter().find_map(|name| path(facts, response, |member| member.name == *name && is_token(member)))
}

/// The path to the member that `wanted` describes: in the answer itself, or in an object directly in it.
fn path(facts: &ModuleFacts, response: &ObjectFacts, wanted: impl Fn(&MemberFacts) -> bool) -> Option<String> {
    if let Some(member) = response.members.iter().find(|member| wanted(member)) {
        return Some(member.name.clone());
    }
    nested(facts, response).find_map(|(outer, object)| {
        let member = object.members.iter().find(|member| wanted(member))?;
        Some(format!("{outer}.{}", member.name))
    })
}

/// The objects directly in the answer, with the names of their members.
fn nested<'a>(facts: &'a ModuleFacts, response: &'a ObjectFacts) -> impl Iterator<Item = (&'a str, &'a ObjectFacts)> {
    response.members.iter().filter_map(|member| Some((member.name.as_str(), &facts.objects[member.contained()?])))
}

/// Where the answer has the items and their number.
fn ends(facts: &ModuleFacts, response: &ObjectFacts) -> PageEnds {
    if let Some(items) = only_list(response) {
        return PageEnds { total: total(response, Some(&items)), items: Some(items) };
    }
    if !response.members.iter().any(|member| member.list) {
        let mut inside =
            nested(facts, response).filter_map(|(outer, object)| Some((outer, object, only_list(object)?)));
        if let (Some((outer, object, items)), None) = (inside.next(), inside.next()) {
            let count = total(object, Some(&items)).map(|total| format!("{outer}.{total}"));
            let count = count.or_else(|| total(response, Some(&items)));
            return PageEnds { total: count, items: Some(format!("{outer}.{items}")) };
        }
    }
    PageEnds { total: total(response, None), items: None }
}

/// The list of an answer that has only one, or only one of objects.
fn only_list(object: &ObjectFacts) -> Option<String> {
    let only = |of_objects: bool| {
        let is_wanted = |member: &&MemberFacts| member.list && (!of_objects || matches!(member.ty, Type::Object(_)));
        let mut lists = object.members.iter().filter(is_wanted);
        lists.next().filter(|_| lists.next().is_none()).map(|list| list.name.clone())
    };
    only(false).or_else(|| only(true))
}

/// The number of all items: by a usual name, by one that says `Total`, or by one that names the items.
///
/// A number that counts something else would end the pages too early, so that a doubtful name is none.
fn total(object: &ObjectFacts, items: Option<&str>) -> Option<String> {
    let is_count = |member: &&MemberFacts| is_number(member);
    let named = |names: &[&str]| {
        names.iter().find_map(|name| object.members.iter().filter(is_count).find(|member| member.name == *name))
    };
    if let Some(total) = named(TOTALS) {
        return Some(total.name.clone());
    }
    let counts_items = |member: &&MemberFacts| {
        let name = member.name.as_str();
        let Some(stem) = COUNTS.iter().find_map(|end| name.strip_suffix(end)) else { return false };
        member.ty.is_integer() && (stem.starts_with("Total") || stem.ends_with("Total") || is_named_after(items, stem))
    };
    let mut counts = object.members.iter().filter(is_count).filter(counts_items);
    counts.next().filter(|_| counts.next().is_none()).map(|only| only.name.clone())
}

/// Whether the list is called after `stem`: `PersonGroupInfos` after `Group`, anything after nothing and `Record`.
fn is_named_after(items: Option<&str>, stem: &str) -> bool {
    matches!(stem, "" | "All" | "Record") || items.is_some_and(|items| items.contains(stem))
}
