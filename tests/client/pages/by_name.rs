//! Pages of actions without a struct, and of actions with a spec made at run time.

use serde_json::json;
use tc_core::{AnyAction, Paging};

use super::{any, ids, numbers, objects, run};
use crate::client::caller::both;

#[test]
fn an_action_without_a_struct_uses_the_default_page_size_and_reads_numbers_sent_as_text() {
    both(async |kind| {
        let outcome = run(kind, &any().page("Data.List"), 4, |request| {
            assert!(request.get("Limit").is_none());
            let offset = request["Offset"].as_u64().unwrap();
            json!({"Data": {"TotalNum": "70", "List": objects(offset, 70.min(offset + 20))}})
        })
        .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(0, 70), 4));
        let call =
            any().params(json!({"Offset": "10", "Limit": "30", "Name": "x"})).page(Paging::new("List").total("Count"));
        let outcome = run(kind, &call, 1, |request| {
        assert_eq!(request["Name"], "x");
        let number = |name: &str| request[name].as_str().unwrap().parse::<u64>().unwrap();
        json!({"Count": 70, "Total": 10, "List": objects(number("Offset"), 70.min(number("Offset") + number("Limit")))})
    })
    .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(10, 70), 2));
        let outcome = run(kind, &any().page(Paging::new("List").offset("Start", "Count")), 1, |request| {
            let offset = request["Start"].as_u64().unwrap();
            json!({"List": objects(offset, 50.min(offset + 20))})
        })
        .await;
        assert_eq!((ids(&outcome.items), outcome.calls), (numbers(0, 50), 4), "an empty page is the end");
    });
}

mod spec {
    use tc_core::spec::{ActionSpec, Limit, ModelRef, ModelSpec, PageForm, PageSpec, ParamSpec, Range, Shape, Type};

    const REQUEST: &ModelSpec = &ModelSpec::new(
        "ListNumbers",
        &[
            ParamSpec::new("Number", "number", Type::String, Shape::Maybe),
            ParamSpec::new("Size", "size", Type::UINT64, Shape::Maybe)
                .limits(&[Limit::Range(Range::Int { min: Some(1), max: Some(30) })]),
        ],
    );

    fn data() -> &'static ModelSpec {
        const DATA: &ModelSpec = &ModelSpec::new(
            "Data",
            &[
                ParamSpec::new("Sum", "sum", Type::UINT64, Shape::One),
                ParamSpec::new("IDList", "id_list", Type::UINT64, Shape::Many),
            ],
        );
        DATA
    }

    fn response() -> &'static ModelSpec {
        const RESPONSE: &ModelSpec = &ModelSpec::new(
            "ListNumbersResponse",
            &[ParamSpec::new("Data", "data", Type::Model(ModelRef::of(data)), Shape::Maybe)],
        );
        RESPONSE
    }

    pub(super) const SPEC: &ActionSpec = &ActionSpec::new("demo", "2020-01-01", "ListNumbers", REQUEST)
        .response(ModelRef::of(response))
        .rate(1000)
        .page(PageSpec {
            form: PageForm::Number { number: "Number", size: "Size", first: 0 },
            total: Some(&["data", "sum"]),
            items: &["data", "id_list"],
        });
}

#[test]
fn an_action_with_a_spec_pages_by_its_spec() {
    both(async |kind| {
        for read_ahead in [1, 4] {
            let outcome = run(kind, &AnyAction::from_spec(spec::SPEC), read_ahead, |request| {
                let from = request["Number"].as_str().unwrap().parse::<u64>().unwrap() * 30;
                assert_eq!(request["Size"], 30);
                json!({"Data": {"Sum": 100, "IDList": numbers(from, 100.min(from + 30))}})
            })
            .await;
            let found: Vec<u64> = outcome.items.iter().map(|item| item.as_u64().unwrap()).collect();
            assert_eq!((found, outcome.calls, outcome.error.is_none()), (numbers(0, 100), 4, true));
        }
    });
}
