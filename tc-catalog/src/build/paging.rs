//! Detects how an action pages, by the usual names of its parameters and of the members of its response.

use super::model::{ActionData, MemberData, ModuleData, ObjectData, PageData, PageEnds};
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

/// Sets the paging of each action.
pub(crate) fn detect(data: &mut ModuleData) {
    for position in 0..data.actions.len() {
        data.actions[position].page = page(data, &data.actions[position]);
    }
}

fn page(data: &ModuleData, action: &ActionData) -> Option<PageData> {
    let request = &data.objects[action.request];
    let response = &data.objects[action.response];
    let parameter = |name: &str| request.members.iter().find(|member| member.name == name);
    let number = |name: &&&str| parameter(name).is_some_and(is_number);
    if number(&&"Offset") && number(&&"Limit") {
        let ends = ends(data, response);
        return Some(PageData::Offset { offset: "Offset".to_owned(), limit: "Limit".to_owned(), ends });
    }
    if let (Some(page), Some(size)) = (NUMBERS.iter().find(number), SIZES.iter().find(number)) {
        let first = u8::from(!parameter(page).is_some_and(starts_at_zero));
        let (number, size) = ((*page).to_owned(), (*size).to_owned());
        return Some(PageData::Number { number, size, first, ends: ends(data, response) });
    }
    let token = TOKENS
        .iter()
        .find(|name| parameter(name).is_some_and(|member| !member.list && matches!(member.ty, Type::String)))?;
    let next = next_token(data, response, token)?;
    let is_flag = |member: &MemberData| matches!(member.ty, Type::Bool);
    let more = MORE.iter().find_map(|name| path(data, response, |member| member.name == *name && is_flag(member)));
    let size = TOKEN_SIZES.iter().find(number).map(|size| (*size).to_owned());
    let ends = ends(data, response);
    Some(PageData::Token { token: (*token).to_owned(), next, more, size, ends })
}

/// Whether the member is an integer, or a text that may contain one.
fn is_number(member: &MemberData) -> bool {
    !member.list && (member.ty.is_integer() || matches!(member.ty, Type::String))
}

fn starts_at_zero(member: &MemberData) -> bool {
    member.starts_at_zero || matches!(member.own.default, Some(Scalar::Number(number)) if number == 0.into())
}

/// Where the response has the token for the next page.
fn next_token(data: &ModuleData, response: &ObjectData, token: &str) -> Option<String> {
    let next = format!("Next{token}");
    let names = [token, &next, "NextToken", "NextPageToken", "NextCursor", "NextMarker"];
    let is_token = |member: &MemberData| matches!(member.ty, Type::String) && !member.list;
    names.iter().find_map(|name| path(data, response, |member| member.name == *name && is_token(member)))
}

/// The path to the member for which `wanted` is true: in the response itself, or in an object directly in it.
fn path(data: &ModuleData, response: &ObjectData, wanted: impl Fn(&MemberData) -> bool) -> Option<String> {
    if let Some(member) = response.members.iter().find(|member| wanted(member)) {
        return Some(member.name.clone());
    }
    nested(data, response).find_map(|(outer, object)| {
        let member = object.members.iter().find(|member| wanted(member))?;
        Some(format!("{outer}.{}", member.name))
    })
}

/// The objects directly in the response, with the names of their members.
fn nested<'a>(data: &'a ModuleData, response: &'a ObjectData) -> impl Iterator<Item = (&'a str, &'a ObjectData)> {
    response.members.iter().filter_map(|member| Some((member.name.as_str(), &data.objects[member.contained()?])))
}

/// Where the response has the items and their number.
fn ends(data: &ModuleData, response: &ObjectData) -> PageEnds {
    if let Some(items) = only_list(response) {
        return PageEnds { total: total(response, Some(&items)), items: Some(items) };
    }
    if !response.members.iter().any(|member| member.list) {
        let mut inside = nested(data, response).filter_map(|(outer, object)| Some((outer, object, only_list(object)?)));
        if let (Some((outer, object, items)), None) = (inside.next(), inside.next()) {
            let count = total(object, Some(&items)).map(|total| format!("{outer}.{total}"));
            let count = count.or_else(|| total(response, Some(&items)));
            return PageEnds { total: count, items: Some(format!("{outer}.{items}")) };
        }
    }
    PageEnds { total: total(response, None), items: None }
}

/// The list of a response that has only one list, or only one list of objects.
fn only_list(object: &ObjectData) -> Option<String> {
    let only = |of_objects: bool| {
        let is_wanted = |member: &&MemberData| member.list && (!of_objects || matches!(member.ty, Type::Object(_)));
        let mut lists = object.members.iter().filter(is_wanted);
        lists.next().filter(|_| lists.next().is_none()).map(|list| list.name.clone())
    };
    only(false).or_else(|| only(true))
}

/// The number of all items: a member with a usual name, with a name that contains `Total`, or with the name of the items.
///
/// A number that counts something else would end the pages too early, so a doubtful name is not used.
fn total(object: &ObjectData, items: Option<&str>) -> Option<String> {
    let is_count = |member: &&MemberData| is_number(member);
    let named = |names: &[&str]| {
        names.iter().find_map(|name| object.members.iter().filter(is_count).find(|member| member.name == *name))
    };
    if let Some(total) = named(TOTALS) {
        return Some(total.name.clone());
    }
    let counts_items = |member: &&MemberData| {
        let name = member.name.as_str();
        let Some(stem) = COUNTS.iter().find_map(|end| name.strip_suffix(end)) else { return false };
        member.ty.is_integer() && (stem.starts_with("Total") || stem.ends_with("Total") || is_named_after(items, stem))
    };
    let mut counts = object.members.iter().filter(is_count).filter(counts_items);
    counts.next().filter(|_| counts.next().is_none()).map(|only| only.name.clone())
}

/// Whether the name of the list contains `stem`, as `PersonGroupInfos` contains `Group`. An empty stem and `Record` match every name.
fn is_named_after(items: Option<&str>, stem: &str) -> bool {
    matches!(stem, "" | "All" | "Record") || items.is_some_and(|items| items.contains(stem))
}
