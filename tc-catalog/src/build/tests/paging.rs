//! The form of paging is found by the names of members.

use serde_json::{Value, json};

use super::{api, directory, member};
use crate::Site;

/// How an action with these parameters and this response pages; `x` is an integer, `x?` a flag, `x$` text, `x[]` a list.
fn paged(parameters: &[&str], response: &[&str]) -> Option<String> {
    let directory = directory(
        &format!("paged-{}-{}", parameters.join(""), response.join("")).replace(['?', '$', '[', ']', '.'], "_"),
    );
    let declare = |members: &[&str]| -> Value {
        let declared = members.iter().filter(|name| !name.contains('.')).map(|name| match name {
            name if name.ends_with("[]") => member(name.trim_end_matches("[]"), "list", "Animal", ""),
            name if name.ends_with('?') => member(name.trim_end_matches('?'), "bool", "bool", ""),
            name if name.ends_with('$') => member(name.trim_end_matches('$'), "string", "string", ""),
            name if name.ends_with('0') => member(name.trim_end_matches('0'), "int", "int64", "页码，从0开始。"),
            name if name.ends_with('{') => member(name.trim_end_matches('{'), "object", "Inner", ""),
            name => member(name, "int", "int64", ""),
        });
        declared.collect()
    };
    let inner: Vec<&str> = response.iter().filter_map(|name| name.strip_prefix("Inner.")).collect();
    let mut api = api();
    api["objects"]["ListAnimalsRequest"]["members"] = declare(parameters);
    api["objects"]["ListAnimalsResponse"]["members"] = declare(response);
    api["objects"]["Inner"] = json!({"members": declare(&inner)});
    directory.site("cn", &api, &json!({"actions": {}}));
    let catalog = directory.built().unwrap();
    let page = catalog.action(Site::China, "zoo", None, "ListAnimals").unwrap().page()?;
    Some(format!("{:?} total {:?} items {:?}", page.form, page.total, page.items))
}

#[test]
fn every_form_of_paging_is_found_by_the_names_of_its_members() {
    let offset = "Offset { offset: \"Offset\", limit: \"Limit\" }";
    for (parameters, response, expected) in [
        (&["Offset", "Limit"][..], &["Total", "Animals[]"][..], format!("{offset} total Some(\"Total\") items Some(\"Animals\")")),
        (&["Offset$", "Limit$"], &["GroupNum", "PersonGroupInfos[]"], format!("{offset} total Some(\"GroupNum\") items Some(\"PersonGroupInfos\")")),
        (&["Offset", "Limit"], &["WordCount", "Animals[]"], format!("{offset} total None items Some(\"Animals\")")),
        (&["Offset", "Limit"], &["Total", "Animals[]", "Plants[]"], format!("{offset} total Some(\"Total\") items None")),
        (
            &["Offset", "Limit"],
            &["Result{", "Inner.TotalCount", "Inner.Animals[]"],
            format!("{offset} total Some(\"Result.TotalCount\") items Some(\"Result.Animals\")"),
        ),
        (
            &["PageNumber", "PageSize"],
            &["Animals[]"],
            "Number { number: \"PageNumber\", size: \"PageSize\", first: 1 } total None items Some(\"Animals\")".to_owned(),
        ),
        (
            &["Page0", "PerPage"],
            &["Animals[]"],
            "Number { number: \"Page\", size: \"PerPage\", first: 0 } total None items Some(\"Animals\")".to_owned(),
        ),
        (
            &["NextToken$", "MaxResults"],
            &["NextToken$", "IsTruncated?", "Animals[]"],
            "Token { token: \"NextToken\", next: \"NextToken\", more: Some(\"IsTruncated\"), size: Some(\"MaxResults\") } \
             total None items Some(\"Animals\")"
                .to_owned(),
        ),
        (
            &["PageToken$"],
            &["Data{", "Inner.NextPageToken$", "Inner.Animals[]"],
            "Token { token: \"PageToken\", next: \"Data.NextPageToken\", more: None, size: None } \
             total None items Some(\"Data.Animals\")"
                .to_owned(),
        ),
    ] {
        assert_eq!(paged(parameters, response), Some(expected), "{parameters:?}");
    }
    for (parameters, response) in [
        (&["Context$"][..], &["Animals[]"][..]),
        (&["Offset"], &["Animals[]"]),
        (&["Limit"], &["Animals[]"]),
        (&["Offset?", "Limit"], &["Animals[]"]),
    ] {
        assert_eq!(paged(parameters, response), None, "{parameters:?}");
    }
}
