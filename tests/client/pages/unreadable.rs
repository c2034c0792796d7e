//! Lists and items that are missing or cannot be read.

use serde_json::{Value, json};

use super::{any, numbers, run};
use crate::client::actions::ListNumbers;
use crate::client::caller::both;

#[test]
fn a_missing_list_is_an_error_with_its_path() {
    both(async |kind| {
        let outcome = run(kind, &any().page("Zones"), 1, |_| json!({"TotalCount": 2, "ZoneSet": [1, 2]})).await;
        let error = outcome.error.unwrap();
        assert_eq!(error.to_string(), "ListNumbers: the response has no list `Zones`; it has `TotalCount`, `ZoneSet`");
        let outcome = run(kind, &any().page("ZoneSet"), 1, |_| json!({"TotalCount": 2, "ZoneSet": {}})).await;
        assert_eq!(outcome.error.unwrap().to_string(), "ListNumbers: `ZoneSet` of the response is not a list");
        for empty in [json!({"TotalCount": 0}), json!({"TotalCount": 0, "ZoneSet": null}), json!({"ZoneSet": null})] {
            let outcome = run(kind, &any().page("ZoneSet"), 1, move |_| empty.clone()).await;
            assert!(outcome.error.is_none() && outcome.items.is_empty());
        }
        let outcome = run(kind, &any(), 1, |_| json!({})).await;
        let error = outcome.error.unwrap();
        assert!(error.to_string().contains("page(\"…\")") && error.is_unsent() && outcome.calls == 0, "{error}");
    });
}

#[test]
fn a_list_that_cannot_be_read_does_not_end_the_pages_silently() {
    both(async |kind| {
        let numbers_then = |then: &'static str| {
            move |request: &Value| {
                let offset = request["Offset"].as_u64().unwrap();
                if offset < 200 {
                    return json!({"TotalCount": 500, "NumberSet": numbers(offset, offset + 100)});
                }
                serde_json::from_str(&format!(r#"{{"TotalCount": 500{then}}}"#)).unwrap()
            }
        };
        for (then, typed, by_name) in [
            (r#", "NumberSet": "N/A""#, r#"is documented as a list, but is "N/A""#, "is not a list"),
            (r#", "NumberSet": {}"#, "is documented as a list, but is {}", "is not a list"),
            (r#", "NUMBERSET": [1]"#, "the response has `NUMBERSET`", "the response has no list `NumberSet`"),
            (
                r#", "Other": [1]"#,
                "no list `NumberSet`; it has these members, which the struct does not have: `Other`",
                "the response has no list `NumberSet`",
            ),
            ("", "the response has no list `NumberSet`; the total is 500", "the response has no list `NumberSet`"),
        ] {
            let named = any().params(json!({"Limit": 100})).page("NumberSet");
            for (error, items, expected) in [
                run(kind, &ListNumbers::new(), 1, numbers_then(then)).await.into_error(typed),
                run(kind, &named, 1, numbers_then(then)).await.into_error(by_name),
            ] {
                assert!(error.starts_with("ListNumbers: ") && error.contains(expected), "{then}: {error}");
                assert!(!error.contains("ignore the parameter"), "{error}");
                assert_eq!(items, 200, "{then}");
            }
        }
        // The end, without items: the total has changed.
        for then in [r#", "NumberSet": []"#, r#", "NumberSet": null"#] {
            let outcome = run(kind, &ListNumbers::new(), 1, numbers_then(then)).await;
            assert_eq!((outcome.items.len(), outcome.error.map(|error| error.to_string())), (200, None), "{then}");
        }
        // An empty list in another form.
        for empty in ["{}", r#""""#, r#""-""#, r#""N/A""#] {
            for total in ["", r#""TotalCount": 0, "#] {
                let body: Value = serde_json::from_str(&format!(r#"{{{total}"NumberSet": {empty}}}"#)).unwrap();
                let (first, second) = (body.clone(), body);
                let typed = run(kind, &ListNumbers::new(), 1, move |_| first.clone()).await;
                let named = run(kind, &any().page("NumberSet"), 1, move |_| second.clone()).await;
                assert!(typed.items.is_empty() && typed.error.is_none(), "{empty}: {:?}", typed.error);
                assert!(named.items.is_empty() && named.error.is_none(), "{empty}: {:?}", named.error);
            }
        }
    });
}

#[test]
fn items_that_cannot_be_read_do_not_shift_the_pages() {
    both(async |kind| {
        for read_ahead in [1, 4] {
            for total in [true, false] {
                let outcome = run(kind, &ListNumbers::new().limit(100_u64), read_ahead, move |request| {
                    let offset = request["Offset"].as_u64().unwrap();
                    let page = numbers(offset, 350.min(offset + 100));
                    // Every 50th item is not a number.
                    let page: Vec<Value> =
                        page.iter().map(|id| if id % 50 == 7 { json!("-") } else { json!(id) }).collect();
                    if total { json!({"TotalCount": 350, "NumberSet": page}) } else { json!({"NumberSet": page}) }
                })
                .await;
                let expected: Vec<u64> = numbers(0, 350).into_iter().filter(|id| id % 50 != 7).collect();
                assert_eq!((outcome.items, outcome.calls), (expected, 4), "{:?}", outcome.error);
            }
        }
    });
}
